#include "tests/daemon/sweep_fake.hpp"

#include "autotask/api_date.hpp"

#include <array>
#include <catch2/catch.hpp>

// Sweeps that read in part, on bad days: the questions that only save others fail, or their answers lie.

namespace {

using namespace std::chrono_literals;
using namespace sweep_tests;
using test_support::reply;
using test_support::sent_request;

/// Three companies with four devices and four contacts each, in which everybody believes the dates.
struct remembering_world : sweep_world {
    remembering_world() {
        subject().memory = std::make_unique<contactd::row_memory>(24h);
        for (std::int64_t company = 1; company <= 3; ++company) {
            server().add_company(company, "Company " + std::to_string(company));
            for (std::int64_t i = 1; i <= 4; ++i) {
                server().add_contact(company * 100 + i, company, name(i) + "@c.example");
                server().add_device(company * 1000 + i, company, "C\\" + name(i), company * 100 + i);
                touch("Contacts", company * 100 + i);
                touch("ConfigurationItems", company * 1000 + i);
            }
        }
        sweep();
        pass();
        for (std::int64_t i = 1; i <= 3; ++i) {
            log_in(1000 + i, name(i + 1));
            rename(100 + i);
        }
        sweep();
        pass();
    }

    static std::string name(std::int64_t i) { return "person" + std::to_string(i); }

    void pass() { loop.run_for(30min); }

    void touch(const std::string& table, std::int64_t id) {
        const auto* field = table == "Contacts" ? "lastModifiedDate" : "lastModifiedTime";
        server().rows.at(table).at(id)[field] = autotask::write_api_date(loop.time().wall());
    }

    void log_in(std::int64_t device, const std::string& user) {
        server().rows.at("ConfigurationItems").at(device)["rmmDeviceAuditLastUser"] = "C\\" + user;
        touch("ConfigurationItems", device);
    }

    void rename(std::int64_t contact) {
        server().rows.at("Contacts").at(contact)["lastName"] = "Renamed";
        touch("Contacts", contact);
    }

    const contactd::finished_instance& end() const { return heard.instances.front(); }

    int asked_for_dates() const {
        int count = 0;
        for (const auto& one : network().requests)
            count += one.body.find("lastModifiedTime\",\"value") != std::string::npos;
        return count;
    }
};

/// Every answer to a question with this text in it is lost, however often it is asked.
auto silence(const std::string& text) {
    return [text](const sent_request& request) -> std::optional<reply> {
        if (request.body.find(text) == std::string::npos)
            return std::nullopt;
        return reply{test_support::network_failure(), 10ms};
    };
}

} // namespace

TEST_CASE("a sweep in part asks for what was modified and writes what follows from it, confirmed") {
    remembering_world world;
    world.log_in(2001, "person3");
    world.sweep();
    CHECK(world.end().devices_in_part);
    CHECK(world.end().contacts_in_part);
    CHECK(world.heard.of(2001) == "reassigned");
    CHECK(world.server().contact_of(2001) == 203);
    CHECK(world.end().companies_not_reached == 0);
    CHECK(world.heard.companies.size() == 3);
}

TEST_CASE("when nobody answers what was modified, everything is read instead, and in the next sweep at once") {
    remembering_world world;
    world.log_in(2001, "person3");
    world.server().disturb = silence("\"op\":\"gte\",\"field\":\"lastModifiedTime\"");
    world.sweep();
    CHECK(world.asked_for_dates() == 3);
    CHECK(world.heard.troubles.empty());
    CHECK(world.end().companies_not_reached == 0);
    CHECK(world.server().contact_of(2001) == 203);
    world.pass();
    world.log_in(2002, "person3");
    world.sweep();
    CHECK(world.asked_for_dates() == 0);
    CHECK_FALSE(world.end().devices_in_part);
    CHECK(world.heard.troubles.empty());
    CHECK(world.end().companies_not_reached == 0);
    CHECK(world.server().contact_of(2002) == 203);
}

TEST_CASE("when nobody answers who could be meant, the companies with changes are read in full, and nothing is lost") {
    remembering_world world;
    world.log_in(2001, "person3");
    world.server().disturb = [answered = 0](const sent_request& request) mutable -> std::optional<reply> {
        if (request.body.find("contains") == std::string::npos || answered++ > 0)
            return std::nullopt;
        return reply{test_support::errors_answer("Execution of the query was refused."), 10ms};
    };
    world.sweep();
    CHECK(world.heard.warnings.size() == 1);
    CHECK(world.heard.troubles.empty());
    CHECK(world.heard.of(2001) == "reassigned");
    CHECK(world.server().contact_of(2001) == 203);
    CHECK(world.end().companies_not_reached == 0);
}

TEST_CASE("changes of companies whose chunk was asked for again in halves are decided and written like the others") {
    remembering_world world;
    // The RMM ceases to leave dates for a while: devices are read in full, contacts are not.
    world.subject().memory->devices.read_all_next();
    for (const std::int64_t device : {1001, 2001, 3001})
        world.log_in(device, "person4");
    world.server().disturb = [](const sent_request& request) -> std::optional<reply> {
        if (request.body.find("[1,2,3]") == std::string::npos || !request.target.ends_with("ConfigurationItems/query"))
            return std::nullopt;
        return reply{test_support::errors_answer("too much at a time"), 10ms};
    };
    world.sweep();
    CHECK_FALSE(world.end().devices_in_part);
    CHECK(world.end().contacts_in_part);
    for (const std::int64_t company : {1, 2, 3})
        CHECK(world.server().contact_of(company * 1000 + 1) == company * 100 + 4);
    CHECK(world.end().companies_not_reached == 0);
}

TEST_CASE("what a change replaces is told as it is, not as it was remembered") {
    remembering_world world;
    // Somebody sets the contact by hand, and no date tells of it; then a colleague of theirs leaves.
    world.server().rows.at("ConfigurationItems").at(3002)["contactID"] = 304;
    world.server().rows.at("Contacts").at(302)["emailAddress"] = "gone@c.example";
    world.touch("Contacts", 302);
    world.server().rows.at("Contacts").at(303)["emailAddress"] = "person2@c.example";
    world.touch("Contacts", 303);
    world.sweep();
    CHECK(world.end().devices_in_part);
    REQUIRE(world.heard.of(3002) == "reassigned");
    for (const auto& one : world.heard.devices)
        if (one.device_id.value == 3002)
            CHECK(one.previous_contact_id == core::contact_id{304});
    CHECK(world.server().contact_of(3002) == 303);
}

TEST_CASE("a device that went to another company without a date is not written for the old one") {
    remembering_world world;
    world.server().rows.at("ConfigurationItems").at(3002)["companyID"] = 2;
    world.server().rows.at("Contacts").at(302)["isActive"] = 0;
    world.touch("Contacts", 302);
    world.server().rows.at("Contacts").at(303)["emailAddress"] = "person2@c.example";
    world.touch("Contacts", 303);
    world.sweep();
    CHECK(world.server().contact_of(3002) != 303);
}

TEST_CASE("a new translation of the device types makes the devices unknown") {
    remembering_world world;
    world.subject().settings.match.device_types.value = {"*"};
    world.subject().labels.reset();
    world.sweep();
    CHECK_FALSE(world.end().devices_in_part);
    CHECK(world.heard.troubles.empty());
}

TEST_CASE("a zone without companies may be one that was moved away from: the next sweep asks where it is") {
    remembering_world world;
    world.sweep();
    CHECK(world.subject().zone.has_value());
    world.pass();
    world.server().rows.at("Companies").clear();
    world.sweep();
    CHECK_FALSE(world.subject().zone.has_value());
}

TEST_CASE("a reload keeps the rows of an instance that asks the same place") {
    remembering_world world;
    world.add_instance("main");
    CHECK(contactd::reads_the_same(world.subject(0), world.subject(1)));
    world.subject(1).settings.policy.brake_percent.value = 77;
    CHECK(contactd::reads_the_same(world.subject(0), world.subject(1)));
    world.subject(1).settings.zone.value = "https://webservices4.autotask.net/ATServicesRest/";
    CHECK_FALSE(contactd::reads_the_same(world.subject(0), world.subject(1)));
}

TEST_CASE("what would be asked for in another way now is forgotten, and nothing else") {
    const core::company_id acme{1};
    const core::company_id bell{2};
    const auto known = [&](const std::function<void(autotask::wanted_rows&)>& change) {
        contactd::row_memory memory(std::chrono::hours{24});
        autotask::wanted_rows wanted;
        wanted.every_contact = {bell};
        memory.want(wanted);
        const std::array both{acme, bell};
        memory.devices.learn(both, {});
        memory.contacts.learn(both, {});
        change(wanted);
        memory.want(wanted);
        return std::pair(memory.devices.companies().size(), memory.contacts.companies().size());
    };
    CHECK(known([](autotask::wanted_rows&) {}) == std::pair<std::size_t, std::size_t>(2, 2));
    CHECK(known([](autotask::wanted_rows& rows) { rows.types.every = true; }) ==
          std::pair<std::size_t, std::size_t>(0, 2));
    CHECK(known([](autotask::wanted_rows& rows) { rows.categories = true; }) ==
          std::pair<std::size_t, std::size_t>(0, 2));
    CHECK(known([](autotask::wanted_rows& rows) { rows.address_fields = {"emailAddress2"}; }) ==
          std::pair<std::size_t, std::size_t>(2, 0));
    CHECK(known([](autotask::wanted_rows& rows) { rows.login_fields = {"Login name"}; }) ==
          std::pair<std::size_t, std::size_t>(2, 0));
    CHECK(known([&](autotask::wanted_rows& rows) { rows.every_type = {acme}; }) ==
          std::pair<std::size_t, std::size_t>(1, 2));
    CHECK(known([&](autotask::wanted_rows& rows) { rows.every_contact = {acme}; }) ==
          std::pair<std::size_t, std::size_t>(2, 0));
    CHECK(known([&](autotask::wanted_rows& rows) { rows.former_contacts = {acme}; }) ==
          std::pair<std::size_t, std::size_t>(2, 1));
}

TEST_CASE("a zone that lists no company any more is no reason to tell that they have gone, until its place is known") {
    remembering_world world;
    REQUIRE(world.subject().zone.has_value());
    const auto told = [&world] { return world.journal.noted<contactd::seen_companies>().size(); };
    REQUIRE(told() == 1);
    const auto kept = std::exchange(world.server().rows.at("Companies"), {});
    world.sweep();
    REQUIRE_FALSE(world.subject().zone.has_value());
    CHECK(told() == 1);
    world.server().rows.at("Companies") = kept;
    world.pass();
    world.sweep();
    CHECK(told() == 1);
    world.server().rows.at("Companies").clear();
    world.subject().zone.reset(); // This time it is asked for, and they have gone indeed.
    world.sweep();
    CHECK(told() == 2);
    world.sweep();
    CHECK(told() == 2);
}

TEST_CASE("a device that is of a kind that is not looked at by now, without a date, is not written from memory") {
    remembering_world world;
    world.subject().settings.match.device_categories.value = {"7"};
    world.subject().labels.reset();
    for (std::int64_t company = 1; company <= 3; ++company)
        for (std::int64_t i = 1; i <= 4; ++i)
            world.server().rows.at("ConfigurationItems").at(company * 1000 + i)["configurationItemCategoryID"] = 7;
    // In part, in full, in part ...: the next one is in part.
    bool was_in_part = false;
    for (int i = 0; i < 12 && (i < 2 || !was_in_part || world.end().devices_in_part); ++i) {
        was_in_part = world.end().devices_in_part;
        world.sweep();
        world.pass();
    }
    // It became a device of another category and nobody dated that; then a colleague got the address of its contact.
    world.server().rows.at("ConfigurationItems").at(3002)["configurationItemCategoryID"] = 8;
    world.server().rows.at("Contacts").at(302)["emailAddress"] = "gone@c.example";
    world.touch("Contacts", 302);
    world.server().rows.at("Contacts").at(303)["emailAddress"] = "person2@c.example";
    world.touch("Contacts", 303);
    world.sweep();
    CHECK(world.end().devices_in_part);
    CHECK(world.server().contact_of(3002) == 302);
    CHECK(world.heard.of(3002).empty());
}
