#include "tests/e2e/house.hpp"
#include "tests/e2e/rows.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>
#include <cstdlib>
#include <filesystem>

using namespace e2e;

namespace {

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

/// Plays a fault; the keys are those of the control interface.
void add_fault(house& home, const std::string& fault) {
    home.server().with_model([&fault](sandbox::autotask& world) {
        auto rule = sandbox::parse_fault(parsed(fault));
        REQUIRE(rule);
        world.faults().add(std::move(*rule));
    });
}

} // namespace

TEST_CASE("a wrong secret is one sentence with instance and user, after two requests at the most") {
    house home(world_of(known_rows));
    home.set_secret("not the secret");
    const auto swept = home.run({"sweep"});
    CHECK(swept.status == 1);
    CHECK(home.requests() <= 2);
    CHECK(contains(swept.err, "instance main: Autotask refuses user api-user@sandbox.example (HTTP 401)"));
    CHECK_FALSE(contains(swept.err + swept.out, "not the secret"));
    CHECK(std::count(swept.err.begin(), swept.err.end(), '\n') == 1);
}

TEST_CASE(
    "in both generations of the API an unknown user and a wrong tracking identifier are told like a wrong secret") {
    const bool legacy = GENERATE(false, true);
    house home(world_of(known_rows));
    home.server().with_model([legacy](sandbox::autotask& world) { world.options().legacy_auth_errors = legacy; });
    SECTION("the user") {
        home.server().with_model(
            [](sandbox::autotask& world) { world.users().front().name = "somebody@else.example"; });
    }
    SECTION("the tracking identifier") {
        home.server().with_model(
            [](sandbox::autotask& world) { world.users().front().tracking_identifier = "ANOTHER"; });
    }
    const auto swept = home.run({"sweep"});
    CHECK(swept.status == 1);
    CHECK(home.requests() <= 2);
    CHECK(contains(swept.err, "Autotask refuses user api-user@sandbox.example"));
}

TEST_CASE("without permission on an entity the message names it, and nothing is written") {
    const bool as_403 = GENERATE(false, true);
    house home(world_of(known_rows));
    home.server().with_model([as_403](sandbox::autotask& world) {
        world.options().permission_status_403 = as_403;
        world.users().front().access[sandbox::entity::contacts].query = false;
    });
    const auto swept = home.run({"sweep"});
    CHECK(swept.status == 1);
    CHECK(contains(swept.err, "reading the contacts of 2 companies at 127.0.0.1 failed"));
    CHECK(home.count("patch") == 0);
}

TEST_CASE("without permission to write every change fails with permission_denied, and few are tried") {
    sandbox::world_options options;
    options.data.devices = 600;
    house home(sandbox::make_world(options));
    home.server().with_model([](sandbox::autotask& world) {
        world.users().front().access[sandbox::entity::configuration_items].write = false;
    });
    const auto swept = home.run({"sweep", "--format", "json"});
    CHECK(swept.status == 1);
    const auto report = parsed(swept.out);
    REQUIRE(report.at("failed").as_array().size() > 10);
    for (const auto& one : report.at("failed").as_array())
        CHECK(one.at("reason").as_string() == "permission_denied");
    CHECK(home.count("patch") < 10);
}

TEST_CASE("a zone that answers HTML is said to be a maintenance page") {
    house home(world_of(known_rows));
    add_fault(home, R"({"kind":"maintenance","path":"*zoneInformation*"})");
    const auto checked = home.run({"check", "--online"});
    CHECK(checked.status == 1);
    CHECK(contains(checked.out, "instead of JSON: a maintenance page"));
    CHECK(home.requests() == 1);
}

TEST_CASE("a body that is not JSON is asked for again, and not taken for an empty answer") {
    house home(world_of(known_rows));
    add_fault(home, R"({"kind":"malformed","path":"*/ConfigurationItems/query","count":2})");
    const auto swept = home.run({"sweep", "--format", "json"});
    CHECK(swept.status == 0);
    CHECK(contains(swept.err, "is no complete JSON document; asking again in"));
    CHECK(home.contact_of(1001) == 101);
}

TEST_CASE("a redirect is not followed") {
    house home(world_of(known_rows));
    add_fault(home, R"({"kind":"redirect","path":"*/Companies/query","location":"https://elsewhere.example/"})");
    const auto swept = home.run({"sweep"});
    CHECK(swept.status == 1);
    CHECK(contains(swept.err,
                   "the server redirects to https://elsewhere.example/, and credentials are not sent after a "
                   "redirect"));
}

TEST_CASE("a write that the server swallows is found out by the read-back") {
    house home(world_of(known_rows));
    add_fault(home, R"({"kind":"not_stored","path":"*/ConfigurationItems","method":"PATCH"})");
    const auto swept = home.run({"sweep", "--format", "json"});
    CHECK(swept.status == 1);
    const auto report = parsed(swept.out);
    REQUIRE(report.at("failed").as_array().size() == 3);
    for (const auto& one : report.at("failed").as_array())
        CHECK(one.at("reason").as_string() == "not_stored");
}

TEST_CASE("a write whose answer is lost is read back, and sent again only when it was not stored") {
    const bool applied = GENERATE(true, false);
    house home(world_of(known_rows));
    add_fault(home, std::string(R"({"path":"*/ConfigurationItems","method":"PATCH","count":1,"kind":)") +
                        (applied ? "\"reset_after\"}" : "\"reset_before\"}"));
    const auto swept = home.run({"sweep", "--company", "20", "--format", "json"});
    CHECK(swept.status == 0);
    CHECK(home.server().with_model([](sandbox::autotask& world) { return world.counts().writes_stored; }) == 1);
    CHECK(parsed(swept.out).at("changes").as_array().size() == 1);
    CHECK(home.contact_of(2003) == 202);
}

TEST_CASE("a device that the server refuses does not stop the others") {
    house home(world_of(known_rows));
    add_fault(home, R"({"kind":"error","path":"*/ConfigurationItems","method":"PATCH","count":1,
                        "text":"Value does not exist for the required field X"})");
    const auto swept = home.run({"sweep", "--format", "json"});
    CHECK(swept.status == 1);
    const auto report = parsed(swept.out);
    REQUIRE(report.at("failed").as_array().size() == 1);
    CHECK(report.at("failed").at(0).at("reason").as_string() == "api_error");
    CHECK(contains(std::string(report.at("failed").at(0).at("error").as_string()),
                   "Value does not exist for the required field X"));
    CHECK(report.at("changes").as_array().size() == 2);
}

TEST_CASE("a broken configuration ends with 78 and names all of its errors at once") {
    house home(world_of(known_rows));
    home.configure("zoned = \"x\"\n", "[schedule]\nevery = 30\n[polcy]\n");
    const auto swept = home.run({"sweep"});
    CHECK(swept.status == 78);
    CHECK(contains(swept.err, "schedule.every"));
    CHECK(contains(swept.err, "Did you mean [policy]?"));
    CHECK(contains(swept.err, "instance.zoned"));
    CHECK(home.requests() == 0);
}

TEST_CASE("a certificate that does not verify is refused with its reason, and no header is sent") {
    using sandbox::certificate_flaw;
    const auto flaw = GENERATE(certificate_flaw::wrong_host, certificate_flaw::expired, certificate_flaw::untrusted_ca);
    sandbox::server_options options;
    options.flaw = flaw;
    house home(world_of(known_rows), options);
    const auto swept = home.run({"sweep"});
    CHECK(swept.status == 1);
    CHECK(contains(swept.err, flaw == certificate_flaw::wrong_host ? "the server's certificate is not for 127.0.0.1"
                              : flaw == certificate_flaw::expired  ? "certificate has expired"
                                                                   : "the server's certificate is refused: "));
    CHECK(home.requests() == 0);
}

TEST_CASE("where the audit log cannot be opened nothing is asked and nothing is written") {
    house home(world_of(known_rows));
    ::setenv("LANG", "C", 1);
    std::filesystem::create_directory(home.audit_file());
    const auto swept = home.run({"sweep"});
    CHECK(swept.status == 1);
    CHECK(contains(swept.err, "opening the audit log " + home.audit_file() + ": Is a directory"));
    CHECK(home.requests() == 0);
}

TEST_CASE("the secret is in no message, no report and no audit line") {
    house home(world_of(known_rows));
    const auto secret = sandbox::credentials{}.secret;
    const auto swept = home.run({"--log-level", "trace", "sweep"});
    CHECK_FALSE(contains(swept.out + swept.err + support::read_file(home.audit_file()), secret));
    const auto shown = home.run({"config", "show"});
    CHECK(shown.status == 0);
    CHECK(contains(shown.out, "env:CONTACTD_TEST_SECRET"));
    CHECK_FALSE(contains(shown.out, secret));
}

TEST_CASE("a short outage of the writes is waited out, and every change is made once it is over") {
    sandbox::world_options options;
    options.data.companies = 10;
    options.data.devices = 300;
    house home(sandbox::make_world(options));
    add_fault(home, R"({"kind":"html","status":503,"path":"*/ConfigurationItems","method":"PATCH","count":2})");
    const auto swept = home.run({"sweep", "--format", "json"});
    INFO(swept.err);
    CHECK(swept.status == 0);
    const auto report = parsed(swept.out);
    CHECK(report.at("failed").as_array().empty());
    const auto stored = home.server().with_model([](sandbox::autotask& world) { return world.counts().writes_stored; });
    CHECK(static_cast<std::int64_t>(report.at("changes").as_array().size()) == stored);
}

TEST_CASE("credentials that are revoked in the middle of the writes are told once, with instance and user") {
    house home(sandbox::make_world({}));
    home.server().with_model([](sandbox::autotask& world) { world.options().latency = std::chrono::milliseconds{20}; });
    auto sweep = home.start({"sweep", "--format", "json"});
    REQUIRE(support::eventually([&] { return home.count("patch") > 5; }));
    home.server().with_model([](sandbox::autotask& world) { world.users().front().revoked = true; });
    const auto ended = sweep->wait();
    CHECK(ended.status == 1);
    const std::string told = "instance main: Autotask refuses user api-user@sandbox.example";
    REQUIRE(contains(ended.err, told));
    CHECK(ended.err.find(told, ended.err.find(told) + 1) == std::string::npos);
    CHECK(parsed(ended.out).at("errors").as_array().size() == 1);
}

TEST_CASE("two instances of one API user share its threads") {
    house home(sandbox::make_world({}));
    const sandbox::credentials login;
    home.configure("[[instance]]\nname = \"again\"\nusername = \"" + login.username + "\"\ntracking_identifier = \"" +
                   login.tracking_identifier + "\"\nsecret = \"env:CONTACTD_TEST_SECRET\"\nzone_discovery_url = \"" +
                   home.server().base_url() + "\"\nca_file = \"" + home.server().ca_file() +
                   "\"\ncompanies = \"all\"\n");
    const auto planned = home.run({"plan"});
    CHECK(planned.status == 2);
    CHECK(contains(planned.err, "have the same API user"));
    home.server().with_model([](sandbox::autotask& world) {
        for (const auto& [whose, highest] : world.counts().highest)
            CHECK(highest <= 3);
        CHECK(world.counts().thread_limit_refusals == 0);
    });
}

TEST_CASE("an hour that is used up by others is waited for, which costs next to nothing, is said, and can be stopped") {
    struct row {
        std::int64_t foreign;
        const char* why;
    };
    for (const auto& one : {row{200, "because the database's hourly limit is reached"},
                            row{60, "61 of the 100 requests that the database may get in an hour are used, and "
                                    "hourly_share = 0.5 allows a sweep up to 50"}}) {
        house home(world_of(known_rows));
        home.server().with_model([&one](sandbox::autotask& world) {
            world.options().request_threshold = 100;
            world.options().threshold_latency = false;
            world.tenant().window.add(std::chrono::system_clock::now(), one.foreign);
        });
        auto sweep = home.start({"sweep"});
        INFO(sweep->err_so_far());
        CHECK(support::eventually([&] { return contains(sweep->err_so_far(), one.why); }));
        CHECK(sweep->running());
        CHECK(home.requests() <= 3);
        sweep->send_signal(SIGINT);
        const auto ended = sweep->wait();
        CHECK(ended.status == 1);
        CHECK(contains(ended.err, "stopped before its end"));
        CHECK(home.requests() <= 3);
    }
}
