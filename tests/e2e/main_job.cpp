#include "tests/e2e/house.hpp"
#include "tests/e2e/rows.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>
#include <map>

using namespace e2e;

namespace {

/// device id -> "event" or "event reason" of an array of the JSON report.
std::map<std::int64_t, std::string> outcomes(const boost::json::object& report, const char* list) {
    std::map<std::int64_t, std::string> found;
    for (const auto& one : report.at(list).as_array()) {
        const auto& device = one.as_object();
        std::string text(device.at("event").as_string());
        if (const auto* reason = device.if_contains("reason"))
            text += ' ' + std::string(reason->as_string());
        found[device.at("device_id").as_int64()] = text;
    }
    return found;
}

std::int64_t event_count(const boost::json::object& report, const char* event) {
    return report.at("summary").as_object().at("events").as_object().at(event).as_int64();
}

} // namespace

TEST_CASE("a sweep assigns what is clear, leaves the rest alone and says why, device by device") {
    house home(world_of(known_rows));
    const auto swept = home.run({"sweep", "--format", "json"});
    INFO(swept.err);
    CHECK(swept.status == 0);
    CHECK(swept.err.empty());
    const auto report = parsed(swept.out);

    CHECK(outcomes(report, "changes") ==
          std::map<std::int64_t, std::string>{{1001, "assigned"}, {1002, "reassigned"}, {2003, "assigned"}});
    CHECK(outcomes(report, "skipped") == std::map<std::int64_t, std::string>{{1004, "skipped no_match"},
                                                                             {1005, "skipped system_account"},
                                                                             {2001, "skipped ambiguous"},
                                                                             {2002, "skipped no_match"}});
    CHECK(report.at("failed").as_array().empty());
    CHECK(report.at("held").as_array().empty());
    CHECK(event_count(report, "in_sync") == 1);
    CHECK(event_count(report, "assigned") == 2);
    CHECK(report.at("summary").at("reasons").at("no_last_user").as_int64() == 1);
    CHECK(report.at("summary").at("requests").as_int64() == home.requests());

    CHECK(home.contact_of(1001) == 101);
    CHECK(home.contact_of(1002) == 102);
    CHECK(home.contact_of(1003) == 102);
    CHECK(home.contact_of(1004) == 103);
    CHECK(home.contact_of(1008) == 0);
    CHECK(home.contact_of(2001) == 0);
    CHECK(home.contact_of(2003) == 202);
    CHECK(home.contact_of(1) == 0);
    CHECK(home.count("patch") == 3);
}

TEST_CASE("a second sweep over unchanged data writes nothing") {
    house home(world_of(known_rows));
    REQUIRE(home.run({"sweep"}).status == 0);
    const auto patches = home.count("patch");
    const auto again = home.run({"sweep", "--format", "json"});
    CHECK(again.status == 0);
    CHECK(home.count("patch") == patches);
    CHECK(parsed(again.out).at("changes").as_array().empty());
    CHECK(home.run({"plan"}).status == 0);
}

TEST_CASE("a plan shows what a sweep would do, writes nothing and ends with 2 while changes are pending") {
    house home(world_of(known_rows));
    const auto planned = home.run({"plan", "--format", "json"});
    CHECK(planned.status == 2);
    const auto report = parsed(planned.out);
    CHECK(outcomes(report, "changes") == std::map<std::int64_t, std::string>{
                                             {1001, "would_assign"}, {1002, "would_reassign"}, {2003, "would_assign"}});
    CHECK(home.count("patch") == 0);
    CHECK(home.contact_of(1001) == 0);
    CHECK(support::read_file(home.audit_file()).empty());
}

TEST_CASE("a dry run goes the whole way to the write and stops there") {
    house home(world_of(known_rows));
    const auto swept = home.run({"sweep", "--dry-run"});
    CHECK(swept.status == 0);
    CHECK(home.count("patch") == 0);
    bool logged = false;
    for (const auto& line : home.audit())
        logged = logged || line.at("event").as_string() == "would_assign";
    CHECK(logged);
}

TEST_CASE("the policy dry_run holds for every sweep of the instance") {
    house home(world_of(known_rows));
    home.configure("[instance.policy]\ndry_run = true\n");
    CHECK(home.run({"sweep"}).status == 0);
    CHECK(home.count("patch") == 0);
}

TEST_CASE("fill-empty never replaces a contact that is set") {
    house home(world_of(known_rows));
    home.configure({}, "[policy]\nwrite = \"fill-empty\"\n");
    const auto report = parsed(home.run({"sweep", "--format", "json"}).out);
    CHECK(outcomes(report, "skipped").at(1002) == "skipped policy_keeps_existing");
    CHECK(home.contact_of(1001) == 101);
    CHECK(home.contact_of(1002) == 101);
}

TEST_CASE("selectors limit a sweep to a company, a device or a number of changes") {
    house home(world_of(known_rows));
    SECTION("a company by its name, whatever the case") {
        CHECK(home.run({"sweep", "--company", "acme branch"}).status == 0);
        CHECK(home.count("patch") == 1);
        CHECK(home.contact_of(2003) == 202);
    }
    SECTION("a company by its id") {
        CHECK(home.run({"sweep", "--company", "10"}).status == 0);
        CHECK(home.count("patch") == 2);
    }
    SECTION("a company that is none") {
        const auto swept = home.run({"sweep", "--company", "Nobody Ltd"});
        CHECK(swept.status == 1);
        CHECK(swept.err.find("--company Nobody Ltd: no company of this id or name passes the filter") !=
              std::string::npos);
    }
    SECTION("a device") {
        CHECK(home.run({"sweep", "--device", "1002"}).status == 0);
        CHECK(home.count("patch") == 1);
        CHECK(home.contact_of(1002) == 102);
    }
    SECTION("a device that is out of scope") {
        CHECK(home.run({"sweep", "--device", "1007"}).status == 1);
    }
    SECTION("a limit, in the order of companies and devices") {
        const auto swept = home.run({"sweep", "--limit", "1", "--format", "json"});
        CHECK(swept.status == 0);
        CHECK(outcomes(parsed(swept.out), "changes") == std::map<std::int64_t, std::string>{{1001, "assigned"}});
        CHECK(outcomes(parsed(swept.out), "skipped").at(1002) == "skipped limit_reached");
        CHECK(home.count("patch") == 1);
    }
    SECTION("an instance that is none is wrong usage") {
        CHECK(home.run({"sweep", "--instance", "other"}).status == 64);
    }
}

TEST_CASE("company filter and device types are given by label as well as by number") {
    house home(world_of(known_rows));
    home.configure("company_filter = [ { field = \"companyType\", op = \"in\", value = [\"Lead\", \"Customer\"] } ]\n");
    const auto report = parsed(home.run({"plan", "--format", "json"}).out);
    CHECK(report.at("summary").at("companies").as_int64() == 3);

    home.configure("company_filter = [ { field = \"companyType\", op = \"eq\", value = \"Kunde\" } ]\n");
    const auto refused = home.run({"plan"});
    CHECK(refused.status == 1);
    CHECK(refused.err.find("\"Kunde\" is no label of companyType; there are \"Customer\"") != std::string::npos);
}

TEST_CASE("the brake holds a company whose devices would nearly all change hands, and the others go on") {
    std::string rows = R"({"Companies":[{"id":10,"companyName":"Acme","companyType":1,"isActive":true},
        {"id":20,"companyName":"Other","companyType":1,"isActive":true}],"Contacts":[
        {"id":101,"companyID":10,"firstName":"A","lastName":"A","emailAddress":"old@acme.example","isActive":1},
        {"id":102,"companyID":10,"firstName":"B","lastName":"B","emailAddress":"new@acme.example","isActive":1},
        {"id":201,"companyID":20,"firstName":"C","lastName":"C","emailAddress":"c@other.example","isActive":1}],
        "ConfigurationItems":[{"id":5000,"companyID":20,"configurationItemType":1,"isActive":true,"rmmDeviceAuditLastUser":"c"},
        {"id":5001,"companyID":10,"configurationItemType":1,"isActive":true,"rmmDeviceAuditLastUser":"new"})";
    for (int i = 0; i < 12; ++i)
        rows +=
            ",{\"id\":" + std::to_string(1000 + i) +
            R"(,"companyID":10,"configurationItemType":1,"isActive":true,"rmmDeviceAuditLastUser":"ACME\\new","contactID":101})";
    house home(world_of(rows + "]}"));

    const auto swept = home.run({"sweep", "--format", "json"});
    CHECK(swept.status == 3);
    const auto report = parsed(swept.out);
    REQUIRE(report.at("held").as_array().size() == 1);
    CHECK(boost::json::serialize(report.at("held").as_array().front()) ==
          R"({"instance":"main","company_id":10,"company":"Acme","would_reassign":12,"assigned_devices":12})");
    CHECK(outcomes(report, "skipped").at(1000) == "skipped held");
    CHECK(outcomes(report, "skipped").at(5001) == "skipped held");
    CHECK(home.contact_of(5000) == 201);
    CHECK(home.count("patch") == 1);
    CHECK(home.run({"plan"}).status == 3);
}

TEST_CASE("every line of the audit log is a JSON object with time, event, sweep and instance") {
    house home(world_of(known_rows));
    REQUIRE(home.run({"sweep"}).status == 0);
    const auto lines = home.audit();
    REQUIRE(lines.size() > 5);
    CHECK(lines.front().at("event").as_string() == "sweep_started");
    CHECK(lines.back().at("event").as_string() == "sweep_finished");
    std::map<std::string, int> events;
    for (const auto& line : lines) {
        ++events[std::string(line.at("event").as_string())];
        CHECK(line.at("ts").as_string().size() == std::string_view("2026-11-21T18:45:12.123Z").size());
        CHECK(line.at("sweep") == lines.front().at("sweep"));
        CHECK(line.at("instance").as_string() == "main");
    }
    CHECK(events == std::map<std::string, int>{{"assigned", 2},
                                               {"company_finished", 2},
                                               {"reassigned", 1},
                                               {"skipped", 4},
                                               {"sweep_finished", 1},
                                               {"sweep_started", 1}});
}

TEST_CASE("over a believable provider a sweep makes the server agree with every change it reports") {
    sandbox::world_options options;
    options.data.companies = 60;
    options.data.devices = 3000;
    house home(sandbox::make_world(options));
    const auto planned = parsed(home.run({"plan", "--format", "json"}).out);
    const auto swept = home.run({"sweep", "--format", "json"});
    INFO(swept.err);
    const auto report = parsed(swept.out);
    CHECK(report.at("failed").as_array().empty());
    REQUIRE(report.at("changes").as_array().size() > 100);
    CHECK(report.at("changes").as_array().size() == planned.at("changes").as_array().size());
    for (const auto& one : report.at("changes").as_array())
        CHECK(home.contact_of(one.at("device_id").as_int64()) == one.at("contact_id").as_int64());
    CHECK(home.count("patch") >= static_cast<std::int64_t>(report.at("changes").as_array().size()));

    const auto patches = home.count("patch");
    CHECK(parsed(home.run({"sweep", "--format", "json"}).out).at("changes").as_array().empty());
    CHECK(home.count("patch") == patches);
}

TEST_CASE("a server that frees its threads late is met three at a time, and after a few refusals with none") {
    sandbox::world_options options;
    options.data.companies = 30;
    options.data.devices = 900;
    house home(sandbox::make_world(options));
    home.server().with_model(
        [](sandbox::autotask& world) { world.options().slot_release_delay = std::chrono::milliseconds{50}; });
    const auto swept = home.run({"sweep", "--format", "json"});
    CHECK(parsed(swept.out).at("failed").as_array().empty());
    REQUIRE(home.count("patch") > 50);
    home.server().with_model([](sandbox::autotask& world) {
        CHECK(world.counts().thread_limit_refusals <= 8);
        for (const auto& [whose, highest] : world.counts().highest)
            CHECK(highest <= 3);
    });
}
