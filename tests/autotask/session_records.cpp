#include "tests/autotask/session_world.hpp"

#include <catch2/catch.hpp>

using namespace autotask_tests;
using namespace std::chrono_literals;
using autotask::error_kind;

namespace {

constexpr auto zone_url = "https://webservices3.autotask.net/ATServicesRest/";

struct recorded_world : session_world {
    recorded_world() : session_world(with_zone(zone_url)) {
        (void)open();
        session->on_request = [this](const autotask::request_record& one) { records.push_back(one); };
    }

    std::chrono::nanoseconds since_start(std::chrono::steady_clock::time_point when) const { return when - began; }

    std::chrono::steady_clock::time_point began = loop.time().now();
    std::vector<autotask::request_record> records;
};

} // namespace

TEST_CASE("a request is told with what it was for, when it was sent and answered, and what came back") {
    recorded_world world;
    auto answer = test_support::json_answer("{\"items\":[]}");
    answer.times.handshake = 30ms;
    answer.times.first_byte = 20ms;
    world.network.script.push_back({answer, 70ms});
    REQUIRE(world.ask_now(a_read()));

    REQUIRE(world.records.size() == 1);
    const auto& one = world.records.front();
    CHECK(one.entity == "Contacts");
    CHECK(one.method == autotask::http_method::post);
    CHECK(one.doing == "reading");
    CHECK(world.since_start(one.asked) == 0ms);
    CHECK(world.since_start(one.sent) == 0ms);
    CHECK(world.since_start(one.ended) == 70ms);
    CHECK(one.status == 200);
    CHECK(one.received == 12);
    CHECK(one.times.handshake == 30ms);
    CHECK(one.times.first_byte == 20ms);
    CHECK_FALSE(one.failed);
}

TEST_CASE("a request that had to wait for its turn says so") {
    recorded_world world;
    for (int i = 0; i < 4; ++i)
        world.network.script.push_back({test_support::json_answer("{}"), 50ms});
    for (int i = 0; i < 3; ++i)
        world.start(a_read());
    REQUIRE(world.ask_now(a_read()));

    REQUIRE(world.records.size() == 4);
    const auto& last = world.records.back();
    CHECK(world.since_start(last.asked) == 0ms);
    CHECK(world.since_start(last.sent) == 50ms);
    CHECK(world.since_start(last.ended) == 100ms);
}

TEST_CASE("every attempt is told on its own, with its failure") {
    recorded_world world;
    world.network.script.push_back({test_support::errors_answer("thread threshold exceeded", 429), 10ms});
    world.network.script.push_back({test_support::network_failure(), 10ms});
    world.network.script.push_back({test_support::json_answer("{}"), 10ms});
    REQUIRE(world.ask_now(a_read()));

    REQUIRE(world.records.size() == 3);
    CHECK(world.records[0].status == 429);
    REQUIRE(world.records[0].failed);
    CHECK(world.records[0].failed->kind == error_kind::throttled);
    CHECK(world.records[1].status == 0);
    REQUIRE(world.records[1].failed);
    CHECK(world.records[1].failed->said == "connection reset by peer");
    CHECK_FALSE(world.records[2].failed);
    CHECK(static_cast<std::int64_t>(world.records.size()) == world.session->requests());
    CHECK(world.records[1].asked >= world.records[0].ended);
}

TEST_CASE("a request that a stop gave up is told, one that was never sent is not") {
    recorded_world world;
    for (int i = 0; i < 3; ++i)
        world.network.script.push_back({test_support::json_answer("{}"), 50ms});
    for (int i = 0; i < 4; ++i)
        world.start(a_read());
    world.loop.run_for(20ms);
    world.stop.request();
    REQUIRE(world.loop.finish());

    REQUIRE(world.records.size() == 3);
    for (const auto& one : world.records) {
        CHECK(world.since_start(one.ended) == 20ms);
        REQUIRE(one.failed);
        CHECK(one.failed->kind == error_kind::cancelled);
    }
}
