#include "tests/e2e/house.hpp"
#include "tests/e2e/rows.hpp"

#include "tests/sandbox/model/admin.hpp"

#include <catch2/catch.hpp>
#include <csignal>
#include <map>

using namespace e2e;

namespace {

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

/// The fields that a decision comes to, of whoever tells it.
std::string decision_of(const boost::json::object& from) {
    std::string text(from.at("event").as_string());
    for (const auto* key : {"reason", "rule"})
        if (const auto* found = from.if_contains(key))
            text += " " + std::string(found->as_string());
    if (const auto* contact = from.if_contains("contact_id"))
        text += " " + std::to_string(contact->to_number<std::int64_t>());
    return text;
}

} // namespace

TEST_CASE("explain tells of every device what a plan tells, and writes nothing") {
    house home(world_of(known_rows));
    const auto plan = parsed(home.run({"plan", "--format", "json"}).out);
    std::map<std::int64_t, std::string> planned;
    for (const auto* list : {"changes", "skipped"})
        for (const auto& one : plan.at(list).as_array())
            planned[one.at("device_id").to_number<std::int64_t>()] = decision_of(one.as_object());
    planned[1003] = "in_sync email 102"; // A plan counts it and says no more.
    CHECK(planned.size() == 8);
    for (const auto& [device, expected] : planned) {
        const auto explained = home.run({"explain", std::to_string(device), "--format", "json"});
        INFO(explained.err);
        CHECK(explained.status == 0);
        CHECK(decision_of(parsed(explained.out).at("decision").as_object()) == expected);
    }
    CHECK(home.count("patch") == 0);
}

TEST_CASE("explain shows what a technician needs in plain text") {
    house home(world_of(known_rows));
    const auto explained = home.run({"explain", "pc-left"});
    CHECK(explained.status == 0);
    CHECK(explained.err.empty());
    CHECK(contains(explained.out, "PC-LEFT (configuration item 1004)\nAcme (company 10), instance main\n"));
    CHECK(contains(explained.out, "left alone: no contact matches"));
    CHECK(contains(explained.out, "Carla Gone (contact 103) <carla@acme.example>: has this account, but is inactive"));
    CHECK(contains(explained.out, "contact now         Carla Gone (contact 103) <carla@acme.example>, inactive"));
    CHECK(contains(explained.out, "set the contact active"));
    CHECK_FALSE(contains(explained.out, "\x1b"));
    CHECK(contains(home.run({"explain", "2002"}).out,
                   "Anna Berg (contact 101) <anna@acme.example>: belongs to another company (10)"));
}

TEST_CASE("explain spends a handful of requests") {
    house home(world_of(known_rows));
    const auto before = home.requests();
    const auto explained = home.run({"explain", "1004", "--format", "json"});
    const auto said = parsed(explained.out).at("requests").to_number<std::int64_t>();
    CHECK(home.requests() - before == said);
    CHECK(said == 8);
}

TEST_CASE("explain says why a device is not looked at") {
    house home(world_of(known_rows));
    struct row {
        std::string device;
        std::string standing;
        std::string out_of_scope;
        std::string text;
    };
    for (const auto& [device, standing, out_of_scope, text] : std::initializer_list<row>{
             {"1006", "swept", "no_last_user", "no last user is reported"},
             {"1007", "swept", "inactive_device", "the configuration item is inactive"},
             {"1008", "swept", "device_type", "its type is not wanted"},
         }) {
        const auto explained = parsed(home.run({"explain", device, "--format", "json"}).out);
        CHECK(explained.at("company").at("standing").as_string() == standing);
        CHECK(explained.at("out_of_scope").as_string() == out_of_scope);
        CHECK(explained.contains("decision_if_looked_at"));
        CHECK_FALSE(explained.contains("decision"));
        CHECK(contains(home.run({"explain", device}).out, "Not looked at: " + text));
    }
    home.configure("company_filter = [{ field = \"companyType\", op = \"eq\", value = 1 }]\nexclude_companies = "
                   "[20]\n");
    CHECK(parsed(home.run({"explain", "OWN", "--format", "json"}).out).at("company").at("standing").as_string() ==
          "filtered");
    const auto left_out = parsed(home.run({"explain", "BR-1", "--format", "json"}).out);
    CHECK(left_out.at("company").at("standing").as_string() == "left_out");
    CHECK(left_out.at("company").at("why_not_swept").as_string() == "exclude_companies names it");
}

TEST_CASE("several devices of one name are listed, and one has to be named by its id") {
    house home(world_of(known_rows));
    home.server().with_model([](sandbox::autotask& world) {
        boost::json::object twin;
        twin["id"] = 2009;
        twin["companyID"] = 20;
        twin["configurationItemType"] = 1;
        twin["isActive"] = false;
        twin["referenceTitle"] = "PC-LEFT";
        REQUIRE(sandbox::put_row(world.tenant(), sandbox::entity::configuration_items, twin,
                                 std::chrono::system_clock::now()));
    });
    const auto several = home.run({"explain", "PC-LEFT"});
    CHECK(several.status == 1);
    CHECK(several.err == "contactd: error: 2 configuration items are called PC-LEFT; name one by its id\n");
    CHECK(contains(several.out, "  1004"));
    CHECK(contains(several.out, "  2009"));
    CHECK(contains(several.out, "company 20, instance main, inactive\n"));
    CHECK(home.run({"explain", "2009"}).status == 0);

    const auto unknown = home.run({"explain", "PC-NOWHERE"});
    CHECK(unknown.status == 1);
    CHECK(unknown.err == "contactd: error: no configuration item has the id, hostname or title PC-NOWHERE\n");
    CHECK(home.run({"explain"}).status == 64);
}

TEST_CASE("explain --offline tells what was written and decided, without a server and without a secret") {
    house home(world_of(known_rows));
    CHECK(home.run({"explain", "1002", "--offline"}).status == 1); // There is no journal yet.
    CHECK(home.run({"sweep"}).status == 0);
    const auto before = home.requests();
    home.set_secret("");
    const auto text = home.run({"explain", "pc-wrong", "--offline"});
    INFO(text.err);
    CHECK(text.status == 0);
    CHECK(contains(text.out, "PC-WRONG (configuration item 1002)\nAcme (company 10), instance main\n"));
    CHECK(contains(text.out, "reassigned since "));
    CHECK(contains(text.out, "Ben Cole (contact 102) in place of Anna Berg (contact 101): reassigned"));
    const auto object = parsed(home.run({"explain", "1004", "--offline", "--format", "json"}).out);
    CHECK(object.at("offline").as_bool());
    CHECK(object.at("history").at("last_decision").at("reason").as_string() == "no_match");
    CHECK(object.at("history").at("writes").as_array().empty());
    CHECK(home.run({"explain", "4711", "--offline"}).status == 1);
    CHECK(home.requests() == before);
}

TEST_CASE("when the server cannot be reached explain says so, gives what the journal has, and ends with 1") {
    house home(world_of(known_rows));
    CHECK(home.run({"sweep"}).status == 0);
    home.configure("zone = \"https://127.0.0.1:1/ATServicesRest/\"\n");
    const auto text = home.run({"explain", "1002"});
    CHECK(text.status == 1);
    CHECK(contains(text.err, "contactd: error: instance main: "));
    CHECK(contains(text.out, "Autotask cannot be asked now"));
    CHECK(contains(text.out, "Ben Cole (contact 102) in place of Anna Berg (contact 101): reassigned"));
    const auto object = parsed(home.run({"explain", "1002", "--format", "json"}).out);
    CHECK(contains(std::string(object.at("error").as_string()), "instance main: "));
}

TEST_CASE("explain works beside a running daemon, and knows what it has written") {
    house home(world_of(known_rows));
    auto daemon = home.start({"run"});
    REQUIRE(support::eventually([&] {
        for (const auto& line : home.audit())
            if (line.at("event").as_string() == "sweep_finished")
                return true;
        return false;
    }));
    CHECK(support::eventually([&] {
        return contains(home.run({"explain", "1002"}).out,
                        "Ben Cole (contact 102) in place of Anna Berg (contact 101): reassigned");
    }));
    daemon->send_signal(SIGTERM);
    CHECK(daemon->wait().status == 0);
}
