#include "tests/daemon/sweep_fake.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace sweep_tests;
using namespace std::chrono_literals;
using test_support::reply;
using test_support::sent_request;
using lines = std::vector<std::string>;

/// A company of three devices that all belong to its contact 1000. Nobody is assigned.
void fill(fake_autotask& server) {
    server.add_company(1, "Acme");
    server.add_contact(1000, 1, "user@acme.test");
    for (int i = 0; i < 3; ++i)
        server.add_device(1001 + i, 1, "ACME\\user");
}

/// The lines of the audit log that speak of the device.
lines lines_of(const sweep_world& world, std::int64_t device) {
    lines found;
    for (const auto& one : world.log.lines)
        if (one.find("\"device_id\":" + std::to_string(device) + ',') != std::string::npos)
            found.push_back(one);
    return found;
}

std::string error_of(const sweep_world& world, std::int64_t device) {
    for (const auto& one : world.heard.devices)
        if (one.device_id.value == device)
            return one.error;
    return "nothing was said of it";
}

const std::string refusal =
    "assigning contact 1000 to configuration item 1002 at webservices3.autotask.net failed: HTTP "
    "500, \"Reference value on field: contactID of type: Contact does not exist.\"";

} // namespace

TEST_CASE("a device that is refused is tried in the sweeps 1, 3, 7 and 15, and its company goes on") {
    sweep_world world;
    fill(world.server());
    world.subject().settings.policy.manual.value = contactd::manual_changes::never;
    world.server().write_fate = [](std::int64_t device) { return device == 1002 ? fate::refused : fate::stored; };
    std::vector<int> tried;
    for (int sweep = 1; sweep <= 20; ++sweep) {
        INFO(sweep);
        world.server().rows["ConfigurationItems"][1003]["contactID"] = nullptr; // Always something to do.
        world.sweep();
        CHECK(world.heard.of(1001) == (sweep == 1 ? "assigned" : "in_sync"));
        CHECK(world.heard.of(1003) == "assigned");
        const bool was_tried = world.heard.of(1002) == "failed api_error";
        CHECK((was_tried || world.heard.of(1002) == "skipped parked"));
        CHECK(world.writes().size() == (sweep == 1 ? 3u : was_tried ? 2u : 1u));
        if (was_tried)
            tried.push_back(sweep);
    }
    CHECK(tried == std::vector<int>{1, 3, 7, 15});
}

TEST_CASE("a parked device is in the audit log once, with the server's words and when it is tried again") {
    sweep_world world;
    fill(world.server());
    world.server().write_fate = [](std::int64_t device) { return device == 1002 ? fate::refused : fate::stored; };
    for (int sweep = 1; sweep <= 5; ++sweep)
        world.sweep();
    const auto said = lines_of(world, 1002);
    REQUIRE(said.size() == 4); // Sweeps 1 and 3 failed, 2 and 4 parked it; 5 has nothing new.
    const std::string device = R"("sweep":"SWEEP","instance":"main","company_id":1,"company":"Acme","device_id":1002,)"
                               R"("device":"PC-1002","last_user":"ACME\\user","account":"user","rule":"local_part",)"
                               R"("contact_id":1000,"contact_email":"user@acme.test",)";
    const std::string words = R"("error":"assigning contact 1000 to configuration item 1002 at )"
                              R"(webservices3.autotask.net failed: HTTP 500, \"Reference value on field: contactID of )"
                              R"(type: Contact does not exist.\")";
    CHECK(said[0] == R"({"ts":"2026-11-21T00:00:00.050Z","event":"failed",)" + device + R"("reason":"api_error",)" +
                         words + "\"}");
    CHECK(said[1] == R"({"ts":"2026-11-21T00:00:00.070Z","event":"skipped",)" + device + R"("reason":"parked",)" +
                         words + R"(; tried again in the next sweep"})");
    CHECK(said[3] == R"({"ts":"2026-11-21T00:00:00.130Z","event":"skipped",)" + device + R"("reason":"parked",)" +
                         words + R"(; tried again in 3 sweeps, at the latest at 2026-11-22T00:00:00.110Z"})");
}

TEST_CASE("another contact releases a parked device at once, and a success forgets it") {
    sweep_world world;
    fill(world.server());
    auto& devices = world.server().rows["ConfigurationItems"];
    world.server().write_fate = [](std::int64_t device) { return device == 1002 ? fate::refused : fate::stored; };
    world.sweep();
    world.server().add_contact(1009, 1, "other@acme.test");
    devices[1002]["rmmDeviceAuditLastUser"] = "ACME\\other";
    world.server().write_fate = nullptr;
    world.sweep();
    CHECK(world.writes() == lines{R"({"id":1002,"contactID":1009})"});
    CHECK(world.heard.of(1002) == "assigned");

    devices[1002]["rmmDeviceAuditLastUser"] = "ACME\\user";
    world.sweep();
    CHECK(world.heard.of(1002) == "reassigned");
}

TEST_CASE("a device that was in sync for a while is remembered: the next refusal counts on") {
    sweep_world world;
    fill(world.server());
    auto& device = world.server().rows["ConfigurationItems"][1002];
    world.server().write_fate = [](std::int64_t one) { return one == 1002 ? fate::refused : fate::stored; };
    world.sweep();
    device["contactID"] = 1000; // By a person.
    for (int i = 0; i < 5; ++i) {
        world.sweep();
        CHECK(world.heard.of(1002) == "in_sync");
    }
    device["contactID"] = nullptr;
    lines told;
    for (int i = 0; i < 5; ++i) {
        world.sweep();
        told.push_back(world.heard.of(1002));
    }
    CHECK(told == lines{"failed api_error", "skipped parked", "skipped parked", "skipped parked", "failed api_error"});
}

TEST_CASE("a device is tried again after a day, however many sweeps its pause still has") {
    sweep_world world;
    fill(world.server());
    world.server().write_fate = [](std::int64_t device) { return device == 1002 ? fate::refused : fate::stored; };
    while (world.subject().sweeps < 31) // The fifth refusal: 32 sweeps from now.
        world.sweep();
    CHECK(world.heard.of(1002) == "failed api_error");
    world.sweep();
    CHECK(world.heard.of(1002) == "skipped parked");
    world.loop.run_for(24h);
    world.sweep();
    CHECK(world.heard.of(1002) == "failed api_error");
    world.sweep();
    CHECK(world.heard.of(1002) == "skipped parked");
}

TEST_CASE("a value that a rule of the server puts back is not fought in every sweep") {
    sweep_world world;
    fill(world.server());
    world.server().write_fate = [](std::int64_t device) { return device == 1002 ? fate::pretended : fate::stored; };
    std::size_t writes = 0;
    for (int i = 0; i < 16; ++i) {
        world.sweep();
        writes += world.writes().size();
    }
    CHECK(writes == 2 + 4);
    CHECK(error_of(world, 1002).starts_with("written, but the read-back shows no contact; tried again in 15 sweeps, "));
}

TEST_CASE("a write with an odd answer that is not there when read back is not repeated in every sweep either") {
    sweep_world world;
    fill(world.server());
    world.server().disturb = [](const sent_request& request) -> std::optional<reply> {
        autotask::http_response accepted;
        accepted.status = 204;
        return request.method == autotask::http_method::patch ? std::optional<reply>(accepted) : std::nullopt;
    };
    world.sweep();
    CHECK(world.heard.of(1002) == "failed api_error");
    world.sweep();
    CHECK(world.heard.of(1002) == "skipped parked");
}

TEST_CASE("what is not the device's fault parks no device") {
    struct row {
        const char* what;
        std::function<void(sweep_world&)> happens;
        std::string told;
    } const rows[] = {
        {"the answers get lost",
         [](sweep_world& world) { world.server().write_fate = [](std::int64_t) { return fate::lost; }; },
         "failed api_error"},
        {"the user may not write",
         [](sweep_world& world) { world.server().write_fate = [](std::int64_t) { return fate::forbidden; }; },
         "failed permission_denied"},
        {"the audit log is full", [](sweep_world& world) { world.log.fails_from = 0; }, "failed cancelled"},
        {"a server that throttles writes",
         [](sweep_world& world) {
             world.server().disturb = [](const sent_request& request) -> std::optional<reply> {
                 if (request.method != autotask::http_method::patch)
                     return std::nullopt;
                 return reply(test_support::errors_answer("Too much.", 429));
             };
         },
         "failed api_error"},
        {"a server in between has no such page",
         [](sweep_world& world) {
             world.server().disturb = [](const sent_request& request) -> std::optional<reply> {
                 if (request.method != autotask::http_method::patch)
                     return std::nullopt;
                 return reply(test_support::html_answer(404));
             };
         },
         "failed api_error"},
    };
    for (const auto& one : rows) {
        INFO(one.what);
        sweep_world world;
        fill(world.server());
        one.happens(world);
        world.sweep();
        CHECK(world.heard.of(1002) == one.told);
        CHECK(world.subject().parked_devices.size() == 0);
    }
}

TEST_CASE("a parked device takes nothing from a limit") {
    sweep_world world;
    fill(world.server());
    world.subject().settings.policy.max_changes.value = 1;
    world.server().write_fate = [](std::int64_t device) { return device == 1001 ? fate::refused : fate::stored; };
    world.sweep();
    CHECK(world.writes().size() == 1);
    world.sweep();
    CHECK(world.heard.of(1001) == "skipped parked");
    CHECK(world.heard.of(1002) == "assigned");
    CHECK(world.heard.of(1003) == "skipped limit_reached");
}

TEST_CASE("a dry run shows what is parked, and neither parks nor releases") {
    sweep_world world;
    fill(world.server());
    world.server().write_fate = [](std::int64_t device) { return device == 1002 ? fate::refused : fate::stored; };
    world.sweep();
    world.sweep(true);
    CHECK(world.heard.of(1002) == "skipped parked");
    CHECK(error_of(world, 1002) == refusal + "; tried again in the next sweep");
    world.sweep(true);
    CHECK(world.heard.of(1002) == "would_assign");
    CHECK(world.subject().parked_devices.find(core::device_id{1002})->pause.refusals() == 1);
}
