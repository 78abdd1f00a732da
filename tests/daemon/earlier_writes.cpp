#include "tests/daemon/sweep_fake.hpp"

#include <catch2/catch.hpp>

// What becomes of writes that a sweep began and another finds open in the journal.

namespace {

using namespace sweep_tests;
using namespace std::chrono_literals;
using contactd::write_id;

/// A write of contact 1000 to device 1001 is open, sent so long ago.
void leave_open(sweep_world& world, std::chrono::seconds ago, bool told = false) {
    contactd::open_write one;
    one.id = write_id{7};
    one.sweep = "EARLIER";
    one.sent = world.loop.time().wall() - ago;
    one.told = told;
    one.planned.instance = "main";
    one.planned.company_id.value = 1;
    one.planned.company = "Acme";
    one.planned.device_id.value = 1001;
    one.planned.device = "PC-1001";
    one.planned.what = core::event::would_assign;
    one.planned.contact_id = core::contact_id{1000};
    one.planned.write = one.id;
    world.journal.open[7] = one;
}

void add_acme(sweep_world& world, std::optional<std::int64_t> contact) {
    auto& server = world.server();
    server.add_company(1, "Acme");
    server.add_contact(1000, 1, "user@acme.test");
    server.add_contact(1001, 1, "other@acme.test");
    server.add_device(1001, 1, "ACME\\user", contact);
}

std::vector<std::string> recovered_lines(const sweep_world& world) {
    std::vector<std::string> found;
    for (const auto& line : world.log.lines)
        if (line.find("\"recovered\":true") != std::string::npos)
            found.push_back(line);
    return found;
}

} // namespace

TEST_CASE("a write that turns out to be stored is told as what it was, under the sweep that made it, and is closed") {
    sweep_world world;
    add_acme(world, 1000);
    leave_open(world, 1s);
    world.sweep();
    const auto lines = recovered_lines(world);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0] == R"({"ts":"2026-11-21T00:00:00.030Z","event":"assigned","sweep":"EARLIER","instance":"main",)"
                      R"("company_id":1,"company":"Acme","device_id":1001,"device":"PC-1001","contact_id":1000,)"
                      R"("recovered":true})");
    CHECK(world.journal.open.empty());
    CHECK(world.writes().empty());
    CHECK(world.heard.of(1001) == "in_sync");
}

TEST_CASE("a write that is not stored and cannot arrive any more is told as failed, and the sweep decides anew") {
    sweep_world world;
    add_acme(world, std::nullopt);
    leave_open(world, 10min);
    world.sweep();
    const auto lines = recovered_lines(world);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0] == R"({"ts":"2026-11-21T00:00:00.030Z","event":"failed","sweep":"EARLIER","instance":"main",)"
                      R"("company_id":1,"company":"Acme","device_id":1001,"device":"PC-1001","contact_id":1000,)"
                      R"("reason":"not_stored","error":"the sweep ended before it knew what became of the write; )"
                      R"(the read-back shows no contact","recovered":true})");
    CHECK(world.writes().size() == 1);
    CHECK(world.journal.open.empty());
}

TEST_CASE("a write that may still arrive is waited for, and nothing is decided on top of it") {
    sweep_world world;
    add_acme(world, std::nullopt);
    leave_open(world, 30s);
    // It arrives late, and in the meantime somebody else is logged in.
    world.server().rows["ConfigurationItems"][1001]["rmmDeviceAuditLastUser"] = "ACME\\other";
    const auto arrive = [](sweep_world& late) -> boost::asio::awaitable<void> {
        autotask::stop_signal never;
        co_await late.loop.time().sleep_for(40s, never);
        late.server().rows["ConfigurationItems"][1001]["contactID"] = 1000;
    };
    world.loop.start(arrive(world));
    world.sweep();
    CHECK(world.loop.time().elapsed() > 60s);
    REQUIRE(world.heard.warnings.size() == 1);
    CHECK(world.heard.warnings[0].message == "1 write of an earlier sweep may still arrive; waiting 60 s");
    REQUIRE(world.heard.found_out.size() == 1);
    CHECK(world.heard.found_out[0].outcome.what == core::event::assigned);
    CHECK(world.server().contact_of(1001) == 1001); // The last word is that of the sweep.
}

TEST_CASE("a change whose line was written before the crash is not told again") {
    sweep_world world;
    add_acme(world, 1000);
    leave_open(world, 1s);
    world.log.lines.emplace_back(
        R"({"ts":"2026-11-20T00:00:00.000Z","event":"assigned","sweep":"EARLIER","instance":"main","device_id":1001})");
    world.sweep();
    CHECK(recovered_lines(world).empty());
    CHECK(world.journal.open.empty());
}

TEST_CASE("a failure that was told is told again only when the write turns out to be stored after all") {
    for (const bool stored : {false, true}) {
        sweep_world world;
        add_acme(world, stored ? std::optional<std::int64_t>(1000) : std::nullopt);
        leave_open(world, 10min, true);
        world.sweep();
        CHECK(recovered_lines(world).size() == (stored ? 1 : 0));
        CHECK(world.journal.open.empty());
    }
}

TEST_CASE("a device that cannot be read back is left alone, and nobody else is") {
    sweep_world world;
    add_acme(world, std::nullopt);
    world.server().add_device(1002, 1, "ACME\\other");
    leave_open(world, 10min);
    world.server().disturb = [](const test_support::sent_request& request) -> std::optional<test_support::reply> {
        const bool is_read_back =
            request.body.find("1001") != std::string::npos && request.method != autotask::http_method::patch;
        if (!is_read_back || request.entity() != "ConfigurationItems")
            return std::nullopt;
        return test_support::reply(test_support::errors_answer("An error occurred.", 500));
    };
    world.sweep();
    CHECK(world.heard.of(1001) == "failed cancelled");
    CHECK(world.heard.of(1002) == "assigned");
    CHECK(world.journal.open.size() == 1);
    REQUIRE(world.heard.troubles.size() == 1);
    CHECK(world.heard.troubles[0].message.starts_with("it is not known what became of an earlier write: reading back"));
}

TEST_CASE("while the server cannot be asked what became of a write, nothing is decided") {
    sweep_world world;
    add_acme(world, std::nullopt);
    leave_open(world, 10min);
    world.server().disturb = [](const test_support::sent_request& request) -> std::optional<test_support::reply> {
        if (request.body.find("1001") == std::string::npos)
            return std::nullopt;
        return test_support::reply(test_support::html_answer(503));
    };
    world.sweep();
    CHECK(world.writes().empty());
    CHECK(world.journal.open.size() == 1);
    CHECK_FALSE(world.heard.troubles.empty());
    CHECK_FALSE(world.heard.instances.front().error.empty());
}

TEST_CASE("a dry run finds out as well, and writes nothing") {
    sweep_world world;
    add_acme(world, 1000);
    leave_open(world, 1s);
    world.sweep(true);
    CHECK(recovered_lines(world).size() == 1);
    CHECK(world.writes().empty());
}

TEST_CASE("nothing is sent that could not be recorded first, and everything else goes on") {
    sweep_world world;
    add_acme(world, std::nullopt);
    world.server().add_device(1002, 1, "ACME\\nobody");
    world.journal.fails_from = 0;
    world.sweep();
    CHECK(world.writes().empty());
    REQUIRE(world.heard.of(1001) == "failed cancelled");
    const auto failed =
        std::ranges::find(world.heard.devices, core::device_id{1001}, &contactd::device_outcome::device_id);
    CHECK(failed->error == "assigning contact 1000 to configuration item 1001 failed: writing the journal: database or "
                           "disk is full");
    CHECK(world.heard.of(1002) == "skipped no_match");
    CHECK(world.heard.instances.size() == 1);
}

TEST_CASE("a write whose answer was lost is not sent again once somebody else has changed the device") {
    struct row {
        const char* field;
        boost::json::value to;
        const char* words;
    };
    const row table[] = {
        {"contactID", 1001, "meanwhile the device has contact 1001 and the same last user"},
        {"rmmDeviceAuditLastUser", "ACME\\other", "meanwhile the device has no contact and another last user"},
    };
    for (const auto& one : table) {
        sweep_world world;
        add_acme(world, std::nullopt);
        world.server().write_fate = [&](std::int64_t device) {
            world.server().rows["ConfigurationItems"][device][one.field] = one.to;
            return fate::lost;
        };
        world.sweep();
        CHECK(world.writes().size() == 1);
        CHECK(world.heard.of(1001) == "failed not_stored");
        CHECK(world.heard.devices.back().error.find(one.words) != std::string::npos);
    }
}
