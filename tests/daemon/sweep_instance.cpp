#include "tests/daemon/sweep_fake.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <catch2/catch.hpp>

namespace {

using namespace sweep_tests;
using namespace std::chrono_literals;
using test_support::reply;
using test_support::sent_request;
using lines = std::vector<std::string>;

/// One company with a contact and a device for each of the first numbers; nobody is assigned.
void fill(fake_autotask& server, int companies, int devices_each = 1) {
    for (int company = 1; company <= companies; ++company) {
        server.add_company(company, "Company " + std::to_string(company));
        server.add_contact(company * 1000, company, "user@c" + std::to_string(company) + ".test");
        for (int i = 0; i < devices_each; ++i)
            server.add_device(company * 1000 + i, company, "ACME\\user");
    }
}

bool is_devices_query(const sent_request& request) {
    return request.path() == "ConfigurationItems/query" &&
           request.body.find("\"companyID\",\"value\"") != std::string::npos;
}

bool is_read_back(const sent_request& request) {
    return request.path() == "ConfigurationItems/query" && !is_devices_query(request);
}

} // namespace

TEST_CASE("a sweep assigns, reassigns, leaves what is right and skips with a reason") {
    sweep_world world;
    auto& server = world.server();
    server.add_company(0, "We");
    server.add_contact(10, 0, "jane@we.test");
    server.add_contact(11, 0, "john@we.test");
    server.add_device(1, 0, "WE\\jane");
    server.add_device(2, 0, "WE\\JANE", 11);
    server.add_device(3, 0, "WE\\john", 11);
    server.add_device(4, 0, "WE\\nobody", 11);
    server.add_device(5, 0, "jane@we.test");
    server.add_device(6, 0, "NT AUTHORITY\\SYSTEM");
    server.add_device(7, 0, "");
    world.sweep();
    CHECK(world.heard.of(1) == "assigned");
    CHECK(world.heard.of(2) == "reassigned");
    CHECK(world.heard.of(3) == "in_sync");
    CHECK(world.heard.of(4) == "skipped no_match");
    CHECK(world.heard.of(5) == "assigned");
    CHECK(world.heard.of(6) == "skipped system_account");
    CHECK(world.heard.of(7).empty());
    CHECK(server.contact_of(1) == 10);
    CHECK(server.contact_of(2) == 10);
    CHECK(server.contact_of(3) == 11);
    CHECK(server.contact_of(4) == 11);
    CHECK(world.writes() ==
          lines{R"({"id":1,"contactID":10})", R"({"id":2,"contactID":10})", R"({"id":5,"contactID":10})"});
    REQUIRE(world.heard.instances.size() == 1);
    const auto& end = world.heard.instances.front();
    CHECK(end.counts.of(core::event::assigned) == 2);
    CHECK(end.counts.of(core::event::reassigned) == 1);
    CHECK(end.counts.of(core::event::in_sync) == 1);
    CHECK(end.counts.of(core::event::skipped) == 3);
    CHECK(end.counts.of(core::reason::no_last_user) == 1);
    CHECK(end.final.companies == 1);
    CHECK(end.final.companies_done == 1);
    CHECK(end.final.changes == 3);
    CHECK(end.companies_not_reached == 0);
    CHECK_FALSE(end.interrupted);
    CHECK(world.heard.troubles.empty());
    CHECK(world.heard.warnings.empty());

    world.sweep();
    CHECK(world.writes().empty());
    CHECK(world.heard.of(1) == "in_sync");
    CHECK(world.heard.of(2) == "in_sync");
}

TEST_CASE(
    "a sweep of a small instance asks for the use, the companies, the count, the devices, the contacts and one proof") {
    sweep_world world;
    fill(world.server(), 3);
    world.sweep();
    lines sent;
    for (const auto& one : world.network().requests)
        sent.push_back(one.path());
    CHECK(sent == lines{"ThresholdInformation", "Companies/query", "ConfigurationItems/query/count",
                        "ConfigurationItems/query", "Contacts/query", "ConfigurationItems", "ConfigurationItems",
                        "ConfigurationItems", "ConfigurationItems/query"});
    CHECK(world.heard.instances.front().final.requests == 9);
    CHECK(world.heard.instances.front().time == world.loop.time().elapsed());
}

TEST_CASE("a dry run and a policy of dry_run send no write") {
    for (const bool by_policy : {false, true}) {
        sweep_world world;
        fill(world.server(), 2);
        world.subject().settings.policy.dry_run.value = by_policy;
        world.sweep(!by_policy);
        CHECK(world.writes().empty());
        CHECK(world.heard.of(1000) == "would_assign");
        CHECK(world.heard.of(2000) == "would_assign");
        CHECK(world.heard.instances.front().final.changes == 2);
    }
}

TEST_CASE("rows of companies that were not asked for are ignored and told") {
    sweep_world world;
    fill(world.server(), 1);
    world.server().ignores_the_company = true;
    world.server().add_contact(77, 9, "user@other.test"); // Would make the match ambiguous, or worse.
    world.server().add_device(88, 9, "ACME\\user");
    world.sweep();
    CHECK(world.heard.of(1000) == "assigned");
    CHECK(world.heard.of(88).empty());
    CHECK(world.server().contact_of(88) == 0);
    REQUIRE(world.heard.warnings.size() == 2);
    CHECK(world.heard.warnings[0].message ==
          "the reply holds configuration item 88 of company 9, which was not asked for");
    CHECK(world.heard.warnings[1].message == "the reply holds contact 77 of company 9, which was not asked for");
    CHECK(world.heard.troubles.empty());
}

TEST_CASE("a contact that cannot be read leaves its company alone and no other") {
    sweep_world world;
    fill(world.server(), 3);
    world.server().add_contact(2001, 2, "other@c2.test");
    world.server().rows["Contacts"][2001]["id"] = nullptr;
    world.sweep();
    CHECK(world.heard.of(1000) == "assigned");
    CHECK(world.heard.of(2000).empty());
    CHECK(world.heard.of(3000) == "assigned");
    REQUIRE(world.heard.troubles.size() == 1);
    CHECK(world.heard.troubles[0].message ==
          "the reply holds a contact without an id, so that a match could not be trusted");
    REQUIRE(world.heard.troubles[0].companies.size() == 1);
    CHECK(world.heard.troubles[0].companies[0].id.value == 2);
    CHECK(world.heard.instances.front().companies_not_reached == 1);
    CHECK(world.heard.instances.front().final.companies_done == 2);
}

TEST_CASE("a device that cannot be read leaves only itself out") {
    sweep_world world;
    fill(world.server(), 1, 2);
    world.server().rows["ConfigurationItems"][1000]["rmmDeviceAuditHostname"] = 5;
    world.sweep();
    CHECK(world.heard.of(1000).empty());
    CHECK(world.heard.of(1001) == "assigned");
    REQUIRE(world.heard.troubles.size() == 1);
    CHECK(world.heard.troubles[0].message ==
          "the reply holds a configuration item (id 1000) whose rmmDeviceAuditHostname is not a text");
}

TEST_CASE("a write whose answer is lost is read back, and sent again only when it was not stored") {
    sweep_world world;
    fill(world.server(), 1, 2);
    int losses = 2;
    world.server().write_fate = [&losses](std::int64_t device) {
        if (device == 1000)
            return fate::lost_but_stored;
        return losses-- > 0 ? fate::lost : fate::stored;
    };
    world.sweep();
    CHECK(world.heard.of(1000) == "assigned");
    CHECK(world.heard.of(1001) == "assigned");
    CHECK(world.writes().size() == 1 + 3);
}

TEST_CASE("writes that are answered in a way nobody knows are proved like the others, and stop nothing") {
    sweep_world world;
    fill(world.server(), 1, 40);
    world.server().disturb = [&world](const sent_request& request) -> std::optional<reply> {
        if (request.method != autotask::http_method::patch)
            return std::nullopt;
        const auto body = boost::json::parse(request.body).as_object();
        world.server().rows["ConfigurationItems"][body.at("id").as_int64()]["contactID"] = body.at("contactID");
        autotask::http_response accepted;
        accepted.status = 204;
        return reply(accepted);
    };
    world.sweep();
    CHECK(world.writes().size() == 40);
    for (const auto& one : world.heard.devices)
        CHECK(one.what == core::event::assigned);
}

TEST_CASE("a write whose answer is always lost fails after a few times, and the others are made") {
    sweep_world world;
    fill(world.server(), 1, 40);
    world.server().write_fate = [](std::int64_t device) { return device == 1001 ? fate::lost : fate::stored; };
    world.sweep();
    CHECK(world.heard.of(1001) == "failed api_error");
    CHECK(world.heard.of(1039) == "assigned");
    CHECK(world.writes().size() == 39 + 6);
    for (const auto& one : world.heard.devices)
        if (one.device_id.value == 1001)
            CHECK(one.error == "assigning contact 1000 to configuration item 1001 at webservices3.autotask.net failed: "
                               "connection reset by peer");
}

TEST_CASE("a write that the server accepts and does not keep is not stored") {
    sweep_world world;
    fill(world.server(), 1);
    world.server().add_contact(1001, 1, "other@c1.test");
    world.server().add_device(1002, 1, "ACME\\user", 1001);
    world.server().write_fate = [](std::int64_t) { return fate::pretended; };
    world.sweep();
    CHECK(world.heard.of(1000) == "failed not_stored");
    CHECK(world.heard.of(1002) == "failed not_stored");
    for (const auto& one : world.heard.devices)
        CHECK(one.error == (one.device_id.value == 1000 ? "written, but the read-back shows no contact"
                                                        : "written, but the read-back shows contact 1001"));
}

TEST_CASE("a device that is gone at the read-back is not stored") {
    sweep_world world;
    fill(world.server(), 1);
    world.server().disturb = [&world](const sent_request& request) -> std::optional<reply> {
        if (is_read_back(request))
            world.server().rows["ConfigurationItems"].erase(1000);
        return std::nullopt;
    };
    world.sweep();
    CHECK(world.heard.of(1000) == "failed not_stored");
    CHECK(world.heard.devices[0].error == "written, but the read-back does not find the configuration item");
}

TEST_CASE("a read-back that fails leaves its writes unproved, with both stories") {
    sweep_world world;
    fill(world.server(), 1, 2);
    world.server().write_fate = [](std::int64_t device) { return device == 1000 ? fate::stored : fate::lost; };
    world.server().disturb = [](const sent_request& request) -> std::optional<reply> {
        if (is_read_back(request))
            return reply(test_support::errors_answer("Down."));
        return std::nullopt;
    };
    world.sweep();
    CHECK(world.heard.of(1000) == "failed api_error");
    CHECK(world.heard.of(1001) == "failed api_error");
    for (const auto& one : world.heard.devices)
        CHECK(one.error == (one.device_id.value == 1000
                                ? "written, but not proved: reading back 1 configuration item at "
                                  "webservices3.autotask.net failed: HTTP 500, \"Down.\""
                                : "assigning contact 1000 to configuration item 1001 at webservices3.autotask.net "
                                  "failed: connection reset by peer; then reading back 1 configuration item at "
                                  "webservices3.autotask.net failed: HTTP 500, \"Down.\""));
}

TEST_CASE("a refused write says nothing about the next one") {
    sweep_world world;
    fill(world.server(), 1, 10);
    world.server().write_fate = [](std::int64_t device) { return device < 1008 ? fate::refused : fate::stored; };
    world.sweep();
    CHECK(world.writes().size() == 10);
    CHECK(world.heard.of(1007) == "failed api_error");
    CHECK(world.heard.of(1009) == "assigned");
}

TEST_CASE("when writes are forbidden, a few are asked and the others not") {
    sweep_world world;
    fill(world.server(), 1, 30);
    world.server().write_fate = [](std::int64_t) { return fate::forbidden; };
    world.sweep();
    CHECK(world.writes().size() <= 5);
    for (int i = 0; i < 30; ++i)
        CHECK(world.heard.of(1000 + i) == "failed permission_denied");
    CHECK(world.heard.instances.front().counts.of(core::reason::permission_denied) == 30);
}

TEST_CASE("when nothing can be recorded nothing is written") {
    sweep_world world;
    fill(world.server(), 1, 30);
    world.log.fails_from = 0;
    world.sweep();
    CHECK(world.writes().empty());
    CHECK(world.heard.of(1000) == "failed cancelled");
    CHECK(world.complaints == lines{"writing the audit log: No space left on device; nothing more is assigned"});
}

TEST_CASE("when the audit log fails on the way the writing stops") {
    sweep_world world;
    fill(world.server(), 3, 400);
    world.log.fails_from = 50;
    world.sweep();
    CHECK(world.log.lines.size() == 50);
    CHECK(world.complaints.size() == 1);
    CHECK(world.writes().size() < 250);
    int stored = 0;
    int said = 0;
    for (const auto& one : world.heard.devices) {
        stored += world.server().contact_of(one.device_id.value) != 0 ? 1 : 0;
        said += one.what == core::event::assigned ? 1 : 0;
    }
    CHECK(world.heard.devices.size() == 1200);
    CHECK(stored == said);
    CHECK(static_cast<std::size_t>(stored) == world.writes().size());
}

TEST_CASE("a stop at any moment sends nothing new, proves what was sent and cancels the rest") {
    // Every 7 ms, so that every kind of request is met in every state.
    for (auto at = 0ms; at < 530ms; at += 7ms) {
        INFO(at.count());
        sweep_world world;
        fill(world.server(), 3, 50);
        world.server().time = 10ms;
        world.meanwhile = [&world, at] {
            world.loop.run_for(at);
            world.stop.request();
        };
        const auto begun = world.loop.time().elapsed();
        world.sweep();
        int stored = 0;
        for (const auto& [id, row] : world.server().rows["ConfigurationItems"])
            stored += world.server().contact_of(id) != 0 ? 1 : 0;
        int assigned = 0;
        for (const auto& one : world.heard.devices) {
            const bool proved = one.what == core::event::assigned;
            assigned += proved ? 1 : 0;
            CHECK((proved || one.why == core::reason::cancelled));
            CHECK(world.heard.of(one.device_id.value) != "twice");
        }
        CHECK(assigned == stored);
        for (const auto& request : world.network().requests)
            if (request.at > begun + at)
                CHECK(is_read_back(request));
        CHECK(world.heard.troubles.empty());
        CHECK(world.heard.warnings.empty());
        CHECK(world.heard.instances.front().interrupted);
        const auto& end = world.heard.instances.front();
        if (end.final.companies > 0)
            CHECK(end.final.companies_done + end.companies_not_reached == end.final.companies);
    }
}

TEST_CASE("a stop in a large instance leaves every company either swept or counted as not reached") {
    for (auto at = 0ms; at < 300ms; at += 9ms) {
        INFO(at.count());
        sweep_world world;
        fill(world.server(), 450);
        world.meanwhile = [&world, at] {
            world.loop.run_for(at);
            world.stop.request();
        };
        world.sweep();
        const auto& end = world.heard.instances.front();
        CHECK(end.final.companies_done + end.companies_not_reached == end.final.companies);
        CHECK(end.final.companies_done == static_cast<std::int64_t>(world.heard.companies.size()));
        CHECK(world.heard.troubles.empty());
        CHECK(world.heard.warnings.empty());
    }
}

TEST_CASE("a stop proves what was sent also when the server frees its slots late") {
    for (auto at = 25ms; at < 700ms; at += 13ms) {
        INFO(at.count());
        sweep_world world;
        fill(world.server(), 1, 60);
        std::vector<std::chrono::milliseconds> busy_until;
        world.server().disturb = [&world, &busy_until](const sent_request& request) -> std::optional<reply> {
            if (request.entity() != "ConfigurationItems")
                return std::nullopt;
            std::erase_if(busy_until, [&request](auto end) { return end <= request.at; });
            if (busy_until.size() >= 3)
                return reply(test_support::errors_answer("The thread threshold of 3 threads has been exceeded.", 429),
                             1ms);
            busy_until.push_back(request.at + world.server().time + 50ms);
            return std::nullopt;
        };
        world.meanwhile = [&world, at] {
            world.loop.run_for(at);
            world.stop.request();
        };
        world.sweep();
        for (const auto& one : world.heard.devices) {
            const bool stored = world.server().contact_of(one.device_id.value) != 0;
            CHECK((one.what == core::event::assigned) == stored);
        }
    }
}

TEST_CASE("a limit is used up in the order of the companies, whatever the order of the replies") {
    sweep_world world;
    fill(world.server(), 100);
    world.chosen.most_changes = 30;
    int asked = 0;
    world.server().time_of = [&asked](const sent_request& request) {
        return is_devices_query(request) ? 5000ms - 1000ms * asked++ : 1ms;
    };
    world.sweep();
    for (int company = 1; company <= 100; ++company)
        CHECK(world.heard.of(company * 1000) == (company <= 30 ? "assigned" : "skipped limit_reached"));
    CHECK(world.writes().size() == 30);

    world.chosen.most_changes = 0;
    world.sweep();
    CHECK(world.writes().empty());
}

TEST_CASE("a limit of the policy is one of each instance, that of the command one of all") {
    sweep_world world;
    world.add_instance("second");
    fill(world.server(0), 10);
    fill(world.server(1), 10);
    world.subject(0).settings.policy.max_changes.value = 3;
    world.sweep(true);
    CHECK(world.heard.instances.size() == 2);
    for (const auto& one : world.heard.instances)
        CHECK(one.counts.of(core::event::would_assign) == (one.instance == "main" ? 3 : 10));
    world.chosen.most_changes = 5;
    world.sweep(true);
    std::int64_t all = 0;
    for (const auto& one : world.heard.instances)
        all += one.counts.of(core::event::would_assign);
    CHECK(all == 5);
}

TEST_CASE("what would change in a dry run takes nothing from the limit of the command, but is limited like it") {
    sweep_world world;
    world.add_instance("second");
    fill(world.server(0), 10);
    fill(world.server(1), 10);
    world.subject(0).settings.policy.dry_run.value = true;
    world.chosen.most_changes = 4;
    world.sweep();
    for (const auto& one : world.heard.instances) {
        CHECK(one.counts.of(core::event::would_assign) == (one.instance == "main" ? 4 : 0));
        CHECK(one.counts.of(core::event::assigned) == (one.instance == "main" ? 0 : 4));
    }
}

TEST_CASE("a sweep of one device reads its company and touches nothing else") {
    sweep_world world;
    fill(world.server(), 30, 3);
    world.chosen.device = core::device_id{17001};
    world.sweep();
    CHECK(world.found.device);
    CHECK(world.writes() == lines{R"({"id":17001,"contactID":17000})"});
    CHECK(world.heard.devices.size() == 1);
    CHECK(world.requests_with("ConfigurationItems/query/count") == 0);
    CHECK(world.heard.instances.front().final.companies == 1);

    world.chosen.device = core::device_id{999999};
    world.sweep();
    CHECK_FALSE(world.found.device);
    CHECK(world.writes().empty());
    CHECK(world.heard.troubles.empty());
}

TEST_CASE("a sweep of some companies finds them by id and by name") {
    sweep_world world;
    fill(world.server(), 10);
    world.chosen.companies = {"3", "COMPANY 7", "Company 99"};
    world.sweep();
    CHECK(world.writes() == lines{R"({"id":3000,"contactID":3000})", R"({"id":7000,"contactID":7000})"});
    CHECK(world.found.companies == std::set<std::string>{"3", "COMPANY 7"});
}

TEST_CASE("a company that is named twice is found by both names") {
    sweep_world world;
    fill(world.server(), 3);
    world.chosen.companies = {"2", "company 2", "Company 2"};
    world.sweep();
    CHECK(world.found.companies == std::set<std::string>{"2", "company 2", "Company 2"});
    CHECK(world.writes().size() == 1);
}

TEST_CASE("excluded and inactive companies are not swept") {
    sweep_world world;
    fill(world.server(), 4);
    world.server().rows["Companies"][4]["companyType"] = 2;
    world.server().rows["Companies"][3]["isActive"] = false;
    world.subject().settings.exclude_companies.value = {"company 2"};
    world.sweep();
    CHECK(world.writes() == lines{R"({"id":1000,"contactID":1000})"});
}

TEST_CASE("a company of which too much would be replaced is held, and the others are not") {
    sweep_world world;
    auto& server = world.server();
    fill(server, 2);
    server.add_contact(1001, 1, "wrong@c1.test");
    for (int i = 0; i < 12; ++i)
        server.add_device(1100 + i, 1, "ACME\\user", 1001);
    server.add_device(1200, 1, "ACME\\nobody", 1001);
    world.sweep();
    CHECK(world.heard.of(1100) == "skipped held");
    CHECK(world.heard.of(1000) == "skipped held");
    CHECK(world.heard.of(1200) == "skipped no_match");
    CHECK(world.heard.of(2000) == "assigned");
    CHECK(world.writes().size() == 1);
    REQUIRE(world.heard.held.size() == 1);
    CHECK(world.heard.held[0].instance == "main");
    CHECK(world.heard.held[0].company == "Company 1");
    CHECK(world.heard.held[0].counts.would_reassign == 12);
    CHECK(world.heard.held[0].counts.assigned_devices == 13);
}

TEST_CASE("devices without a last user are counted in lists of 200 companies") {
    sweep_world world;
    fill(world.server(), 450);
    for (int i = 1; i <= 450; ++i)
        world.server().add_device(i * 1000 + 1, i, "");
    world.sweep(true);
    CHECK(world.requests_with("ConfigurationItems/query/count") == 3);
    CHECK(world.heard.instances.front().counts.of(core::reason::no_last_user) == 450);
    CHECK(world.heard.instances.front().counts.of(core::event::would_assign) == 450);
}

TEST_CASE("a count that fails is a warning and the sweep goes on") {
    sweep_world world;
    fill(world.server(), 2);
    world.server().disturb = [](const sent_request& request) -> std::optional<reply> {
        if (request.target.ends_with("/count"))
            return reply(test_support::errors_answer("No."));
        return std::nullopt;
    };
    world.sweep();
    CHECK(world.writes().size() == 2);
    CHECK(world.heard.warnings.size() == 1);
    CHECK(world.heard.troubles.empty());
}

TEST_CASE("an instance that is refused or down leaves the others alone") {
    sweep_world world;
    world.add_instance("second");
    world.add_instance("third");
    for (std::size_t i = 0; i < 3; ++i)
        fill(world.server(i), 2);
    world.server(0).disturb = [](const sent_request&) { return reply(test_support::unauthorized()); };
    world.server(1).disturb = [](const sent_request&) { return reply(test_support::html_answer(503)); };
    world.sweep();
    CHECK(world.network(0).requests.size() == 1);
    const auto now = world.loop.time().wall();
    CHECK_FALSE(world.subject(0).pause.next_sweep(now).is_swept);
    CHECK(world.subject(1).pause.next_sweep(now).is_swept);
    REQUIRE(world.heard.troubles.size() == 2);
    CHECK(world.heard.troubles[0].instance == "main");
    CHECK(world.heard.troubles[0].kind == autotask::error_kind::auth);
    CHECK(world.heard.troubles[0].message ==
          "Autotask refuses user api@example.com (HTTP 401): the user name, the secret or the tracking identifier is "
          "wrong, or the account is locked; nothing more was sent, so that it does not get locked");
    CHECK(world.heard.troubles[1].instance == "second");
    CHECK(world.heard.troubles[1].kind == autotask::error_kind::network);
    for (const auto& one : world.heard.instances)
        CHECK(one.counts.of(core::event::assigned) == (one.instance == "third" ? 2 : 0));
    CHECK(world.heard.instances.size() == 3);
}

TEST_CASE("a failure that concerns everything ends the instance and is told once") {
    struct {
        reply answer;
        autotask::error_kind kind;
    } const rows[] = {
        {reply(test_support::html_answer(503)), autotask::error_kind::network},
        {reply(test_support::html_answer(403)), autotask::error_kind::permission},
        {reply(test_support::unauthorized()), autotask::error_kind::auth},
        {reply(test_support::errors_answer("limit", 429)), autotask::error_kind::throttled},
    };
    for (const auto& one : rows) {
        sweep_world world;
        fill(world.server(), 300);
        world.server().disturb = [&one](const sent_request& request) -> std::optional<reply> {
            if (request.entity() == "Contacts")
                return one.answer;
            return std::nullopt;
        };
        world.sweep();
        INFO(autotask::to_string(one.kind));
        REQUIRE(world.heard.troubles.size() == 1);
        CHECK(world.heard.troubles[0].kind == one.kind);
        CHECK(world.heard.troubles[0].companies.empty());
        CHECK(world.heard.instances.front().companies_not_reached == 300);
        CHECK(world.writes().empty());
        CHECK(world.loop.time().elapsed() < 8min);
    }
}

TEST_CASE("labels of the configuration are resolved by the instance itself, once") {
    sweep_world world;
    fill(world.server(), 2);
    world.subject().settings.company_filter.value = {autotask::equals("companyType", std::string("customer"))};
    world.subject().settings.match.device_types.value = {"workstation"};
    world.sweep();
    CHECK(world.requests_with("Companies/entityInformation/fields") == 1);
    CHECK(world.requests_with("ConfigurationItems/entityInformation/fields") == 1);
    CHECK(world.writes().size() == 2);

    world.subject().settings.match.device_types.value = {"Toaster"};
    world.sweep();
    REQUIRE(world.heard.troubles.size() == 1);
    CHECK(world.heard.troubles[0].message ==
          "device_types: \"Toaster\" is no label of configurationItemType; there are \"Workstation\"");
    CHECK(world.writes().empty());
}

TEST_CASE("a company that cannot be read is told") {
    sweep_world world;
    fill(world.server(), 2);
    world.server().rows["Companies"][2]["companyName"] = 5;
    world.sweep();
    REQUIRE(world.heard.troubles.size() == 1);
    CHECK(world.heard.troubles[0].message ==
          "the list of companies holds a company (id 2) whose companyName is not a text");
    CHECK(world.writes().size() == 1);
}

TEST_CASE("more than 500 changes of a company and pages of devices are all done") {
    sweep_world world;
    fill(world.server(), 1, 0);
    for (int i = 0; i < 1300; ++i)
        world.server().add_device(5000 + i, 1, "ACME\\user");
    world.sweep();
    CHECK(world.writes().size() == 1300);
    CHECK(world.heard.instances.front().counts.of(core::event::assigned) == 1300);
    CHECK(world.network().most_under_way["ConfigurationItems"] == 3);
}

TEST_CASE("an audit line is there for every change, and the log is synchronised once for each changed company") {
    sweep_world world;
    fill(world.server(), 2, 3);
    world.server().add_company(3, "Quiet");
    world.sweep();
    CHECK(world.log.lines.size() == 1 + 6 + 3 + 1);
    CHECK(world.journal.audit_syncs == 2);
}
