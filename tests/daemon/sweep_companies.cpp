#include "tests/daemon/sweep_fake.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <set>

namespace {

using namespace sweep_tests;
using namespace std::chrono_literals;
using test_support::reply;
using test_support::sent_request;

/// Companies 1 to `companies`, each with a contact and a device that is to be assigned to it.
void fill(fake_autotask& server, int companies) {
    for (int company = 1; company <= companies; ++company) {
        server.add_company(company, "Company " + std::to_string(company));
        server.add_contact(company * 1000, company, "user@c" + std::to_string(company) + ".test");
        server.add_device(company * 1000, company, "ACME\\user");
    }
}

/// The companies that a request asks for.
std::set<std::int64_t> asked_for(const sent_request& request) {
    std::set<std::int64_t> ids;
    if (!request.target.ends_with("/query"))
        return ids;
    const auto body = boost::json::parse(request.body); // g++ 12 would not keep it alive in the loop.
    for (const auto& one : body.at("Filter").as_array()) {
        const auto& condition = one.as_object();
        if (!condition.contains("field") || condition.at("field").as_string() != "companyID")
            continue;
        const auto& value = condition.at("value");
        if (value.is_array())
            for (const auto& id : value.as_array())
                ids.insert(id.as_int64());
        else
            ids.insert(value.as_int64());
    }
    return ids;
}

/// Refuses every question for contacts of one of these companies.
auto refuses(std::set<std::int64_t> bad, reply with = reply(test_support::errors_answer("Broken."), 10ms)) {
    return [bad, with](const sent_request& request) -> std::optional<reply> {
        if (request.entity() != "Contacts")
            return std::nullopt;
        for (const auto id : asked_for(request))
            if (bad.contains(id))
                return with;
        return std::nullopt;
    };
}

std::size_t contact_queries(const sweep_world& world) {
    return world.requests_with("Contacts/query");
}

} // namespace

TEST_CASE("a company that the server cannot answer for costs itself and a few requests") {
    sweep_world world;
    fill(world.server(), 40);
    world.server().disturb = refuses({17});
    world.sweep();
    for (int company = 1; company <= 40; ++company)
        CHECK(world.heard.of(company * 1000) == (company == 17 ? "" : "assigned"));
    CHECK(contact_queries(world) == 2 + 2 * 5); // Of 25 companies: 13, 6, 3, 2, 1, and as many other halves.
    REQUIRE(world.heard.troubles.size() == 1);
    const auto& told = world.heard.troubles.front();
    CHECK(told.kind == autotask::error_kind::business);
    CHECK(told.message ==
          "reading the contacts of a company at webservices3.autotask.net failed: HTTP 500, \"Broken.\"");
    REQUIRE(told.companies.size() == 1);
    CHECK(told.companies.front().id.value == 17);
    CHECK(world.heard.instances.front().companies_not_reached == 1);
    CHECK(world.heard.instances.front().final.companies_done == 39);
}

TEST_CASE("a company that the server cannot answer for is left out of sweeps, said to be, and then asked for alone") {
    sweep_world world;
    fill(world.server(), 40);
    world.server().disturb = refuses({17});
    std::vector<int> asked;
    for (int sweep = 1; sweep <= 16; ++sweep) {
        INFO(sweep);
        world.sweep();
        CHECK(world.heard.instances.front().companies_not_reached == 1);
        CHECK(world.heard.instances.front().final.companies == 40);
        REQUIRE(world.heard.troubles.size() == 1);
        REQUIRE(world.heard.troubles.front().companies.size() == 1);
        CHECK(world.heard.troubles.front().companies.front().name == "Company 17");
        bool is_asked = false;
        for (const auto& one : world.network().requests)
            is_asked = is_asked || asked_for(one).contains(17);
        CHECK(world.heard.troubles.front().message.starts_with("parked: ") != is_asked);
        if (is_asked)
            asked.push_back(sweep);
        if (sweep > 1)
            CHECK(contact_queries(world) == (is_asked ? 2 : 1));
        if (sweep == 4)
            CHECK(world.heard.troubles.front().message.starts_with(
                "parked: reading the contacts of a company at webservices3.autotask.net failed: HTTP 500, \"Broken.\"; "
                "tried again in 3 sweeps, at the latest at 2026-11-22T00:00:00."));
    }
    CHECK(asked == std::vector<int>{1, 3, 7, 15});
}

TEST_CASE("a company that can be read again is swept, and its next failure is a first one") {
    sweep_world world;
    fill(world.server(), 40);
    world.server().disturb = refuses({17});
    for (int sweep = 1; sweep <= 6; ++sweep)
        world.sweep();
    world.server().disturb = nullptr;
    world.sweep();
    CHECK(world.heard.of(17000) == "assigned");
    CHECK(world.heard.troubles.empty());
    CHECK(world.subject().parked_companies.size() == 0);
    world.server().disturb = refuses({17});
    std::vector<bool> parked;
    for (int sweep = 8; sweep <= 11; ++sweep) {
        world.sweep();
        parked.push_back(world.heard.troubles.front().message.starts_with("parked: "));
    }
    CHECK(parked == std::vector<bool>{false, true, false, true});
}

TEST_CASE("an interface that answers no question is not asked for every company, and parks none") {
    sweep_world world;
    fill(world.server(), 40);
    std::set<std::int64_t> all;
    for (int company = 1; company <= 40; ++company)
        all.insert(company);
    world.server().disturb = refuses(all);
    for (int sweep = 1; sweep <= 5; ++sweep) {
        INFO(sweep);
        world.sweep();
        CHECK(contact_queries(world) <= 2 + static_cast<std::size_t>(contactd::failures_that_settle_it));
        CHECK(world.heard.instances.front().companies_not_reached == 40);
        CHECK(world.subject().parked_companies.size() == 0);
        REQUIRE(world.heard.troubles.size() == 2);
        CHECK(world.heard.troubles[0].companies.size() + world.heard.troubles[1].companies.size() == 40);
        for (const auto& one : world.heard.troubles)
            CHECK(one.message == "reading the contacts of " + std::to_string(one.companies.size()) +
                                     " companies at webservices3.autotask.net failed: HTTP 500, \"Broken.\"");
    }
}

TEST_CASE("however many companies are bad, a sweep stays within its requests and every good one is swept before long") {
    for (const int every : {2, 7, 50}) {
        INFO(every);
        sweep_world world;
        fill(world.server(), 300);
        std::set<std::int64_t> bad;
        for (int company = 3; company <= 300; company += every)
            bad.insert(company);
        world.server().disturb = refuses(bad);
        std::set<std::int64_t> swept;
        int sweeps = 0;
        while (swept.size() + bad.size() < 300 && sweeps < 30) {
            ++sweeps;
            world.sweep();
            const auto returning = std::ranges::count_if(
                world.network().requests, [](const sent_request& one) { return asked_for(one).size() == 1; });
            CHECK(contact_queries(world) <= 12 + static_cast<std::size_t>(contactd::most_extra_queries + returning));
            for (const auto& one : world.heard.companies)
                swept.insert(one.company_id.value);
        }
        CHECK(swept.size() + bad.size() == 300);
        CHECK(sweeps <= (every == 2 ? 12 : every == 7 ? 6 : 2));
    }
}

TEST_CASE("a question that gets no answer while others do costs its companies and not the sweep") {
    sweep_world world;
    fill(world.server(), 100);
    world.subject().reached.retry.patience =
        5s; // Shorter than one attempt takes, so that the session does not give up.
    world.server().disturb = refuses({30}, reply(test_support::network_failure(), 6s));
    world.sweep();
    CHECK(world.heard.instances.front().companies_not_reached == 1);
    CHECK(world.writes().size() == 99);
    REQUIRE(world.heard.troubles.size() == 1);
    CHECK(world.heard.troubles.front().kind == autotask::error_kind::network);
    CHECK(world.heard.troubles.front().companies.size() == 1);
    CHECK(world.loop.time().elapsed() < 1min);
    world.sweep();
    CHECK(world.heard.troubles.front().message.starts_with("parked: "));
}

TEST_CASE("what ends everything is told, not what one question met on the side, and nothing is split") {
    sweep_world world;
    fill(world.server(), 100);
    world.server().disturb = [](const sent_request& request) -> std::optional<reply> {
        if (request.entity() == "Contacts")
            return reply(test_support::html_answer(503));
        if (request.entity() == "ConfigurationItems")
            return reply(test_support::errors_answer("Broken."), 10ms);
        return std::nullopt;
    };
    world.sweep();
    REQUIRE(world.heard.troubles.size() == 1);
    CHECK(world.heard.troubles.front().kind == autotask::error_kind::network);
    CHECK(world.heard.troubles.front().companies.empty());
    CHECK(world.requests_with("ConfigurationItems/query") == 4);
    CHECK(world.heard.instances.front().companies_not_reached == 100);
    CHECK(world.subject().parked_companies.size() == 0);
}

TEST_CASE("a permission that is missing ends the search for bad companies, and is what is told") {
    sweep_world world;
    fill(world.server(), 40);
    world.server().disturb = [](const sent_request& request) -> std::optional<reply> {
        if (request.entity() != "Contacts")
            return std::nullopt;
        return asked_for(request).size() > 4 ? reply(test_support::errors_answer("Broken."), 10ms)
                                             : reply(test_support::html_answer(403), 10ms);
    };
    world.sweep();
    REQUIRE(world.heard.troubles.size() == 1);
    CHECK(world.heard.troubles.front().kind == autotask::error_kind::permission);
    CHECK(contact_queries(world) == 2 + 3); // Of 25 companies: 12, 6 and 3.
    CHECK_FALSE(world.subject().pause.next_sweep(world.loop.time().wall()).is_swept);
}

TEST_CASE("companies that an outage kept from being swept come first the next time") {
    sweep_world world;
    fill(world.server(), 60);
    bool down = false; // From the second question for contacts on.
    world.server().disturb = [&down](const sent_request& request) -> std::optional<reply> {
        down = down || asked_for(request).contains(26);
        return down ? std::optional<reply>(test_support::html_answer(503)) : std::nullopt;
    };
    world.sweep(true);
    CHECK(world.heard.instances.front().companies_not_reached == 35);
    CHECK(world.subject().parked_companies.size() == 0);
    world.server().disturb = nullptr;
    world.subject().settings.policy.max_changes.value = 35;
    world.sweep();
    for (int company = 1; company <= 60; ++company)
        CHECK(world.heard.of(company * 1000) == (company > 25 ? "assigned" : "skipped limit_reached"));
    CHECK(world.subject().unreached.empty());
    world.sweep(); // All were reached: it is the order of the ids again.
    CHECK(world.heard.of(1000) == "assigned");
}

TEST_CASE("companies that were not reached stay first after a sweep that does not even begin") {
    sweep_world world;
    fill(world.server(), 60);
    world.server().disturb = [](const sent_request& request) -> std::optional<reply> {
        return request.entity() == "Contacts" ? std::optional<reply>(test_support::html_answer(503)) : std::nullopt;
    };
    world.sweep();
    CHECK(world.subject().unreached.size() == 60);
    world.subject().unreached.erase(core::company_id{5}); // So that it shows whether the next sweep touches it.
    world.server().disturb = [](const sent_request&) { return reply(test_support::html_answer(503)); };
    world.sweep();
    CHECK(world.subject().unreached.size() == 59);
}
