#include "tests/autotask/slot_server.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace autotask_tests;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

/// Enough to keep three slots busy.
constexpr int callers = 8;

double seconds(milliseconds time) {
    return static_cast<double>(time.count()) / 1000;
}

/// How long so many requests need at least, when a slot is taken for so long by each.
double ideal(std::size_t requests, milliseconds slot_time) {
    return static_cast<double>(requests) / 3 * seconds(slot_time);
}

} // namespace

TEST_CASE("a long run of requests takes hardly longer than the server's slots allow") {
    for (const int delay : {0, 5, 10, 50, 150, 400})
        for (const int latency : {5, 20, 50, 100, 200}) {
            CAPTURE(delay, latency);
            busy_callers world;
            world.server.latency = [latency] { return milliseconds(latency); };
            world.server.release = [delay] { return milliseconds(delay); };
            world.start("Contacts", callers, 400);
            REQUIRE(world.loop.finish());
            CHECK(world.refused.size() <= 8);
            CHECK((delay > 0 || world.refused.empty()));
            CHECK(world.refused_after(world.answered[199]) == 0);
            const auto second_half = world.answered[399] - world.answered[199];
            CHECK(seconds(second_half) <= 1.05 * ideal(200, milliseconds(latency + delay)));
        }
}

TEST_CASE("what is learned with one entity is known for all of them") {
    busy_callers world;
    for (const auto* entity : {"Contacts", "Companies", "ConfigurationItems"})
        world.start(entity, callers, 300);
    REQUIRE(world.loop.finish());
    CHECK(world.refused.size() <= 12); // Of each entity some were under way before the first lesson.
    CHECK(seconds(world.answered[899] - world.answered[449]) <= 1.05 * ideal(450, 100ms) / 3);
}

TEST_CASE("answers that take different times teach the same") {
    busy_callers world;
    world.server.latency = [&world] { return milliseconds(20 + static_cast<int>(world.dice() % 400)); };
    world.start("Contacts", callers, 1000);
    REQUIRE(world.loop.finish());
    CHECK(world.refused.size() <= 8);
    CHECK(world.gate.rest() >= 50ms);
    CHECK(world.gate.rest() <= 60ms);
}

TEST_CASE("a server that frees its slots after varying times is met by a margin") {
    for (const int delay : {10, 50, 150, 400})
        for (const int jitter : {5, 20})
            for (const int latency : {20, 100, 200}) {
                CAPTURE(delay, jitter, latency);
                busy_callers world;
                world.server.latency = [latency] { return milliseconds(latency); };
                world.server.release = [&world, delay, jitter] {
                    return milliseconds(delay + static_cast<int>(world.dice() % static_cast<unsigned>(jitter + 1)));
                };
                world.start("Contacts", callers, 1200);
                REQUIRE(world.loop.finish());
                CHECK(world.refused.size() <= 12);
                CHECK(world.refused_after(world.answered[599]) <= 1);
                const auto second_half = world.answered[1199] - world.answered[599];
                CHECK(seconds(second_half) <= 1.15 * ideal(600, milliseconds(latency + delay + jitter)));
            }
}

TEST_CASE("to somebody else who holds a slot all the time it is left, at one refusal a minute") {
    for (const int delay : {0, 50, 150}) {
        CAPTURE(delay);
        const milliseconds slot_time(50 + delay);
        busy_callers world;
        world.server.release = [delay] { return milliseconds(delay); };
        world.start_stranger("Contacts", 300s, 0ms, 300s);
        world.start("Contacts", callers, 100000);
        world.loop.run_for(300s);
        CHECK(world.refused.size() <= 8 + 2 * 5);
        CHECK(ideal(world.answered.size(), slot_time) >= 0.95 * 300 * 2 / 3);
        // A minute after he has gone all three are ours again.
        world.loop.run_for(70s);
        const auto before = world.answered.size();
        world.loop.run_for(60s);
        CHECK(ideal(world.answered.size() - before, slot_time) >= 0.95 * 60);
        world.stop.request();
        REQUIRE(world.loop.finish());
    }
}

TEST_CASE("somebody else who comes and goes costs a few refusals, and not much more than the slot that he takes") {
    struct stranger {
        milliseconds stays;
        milliseconds away;
    };
    for (const auto who : {stranger{300ms, 3000ms}, stranger{2000ms, 10000ms}, stranger{50ms, 200ms}})
        for (const int delay : {0, 50, 150})
            for (const int latency : {20, 100}) {
                CAPTURE(who.stays.count(), who.away.count(), delay, latency);
                busy_callers world;
                world.server.latency = [latency] { return milliseconds(latency); };
                world.server.release = [delay] { return milliseconds(delay); };
                world.start_stranger("Contacts", who.stays, who.away, 120s);
                world.start("Contacts", callers, 3000);
                REQUIRE(world.loop.finish());
                CHECK(world.refused.size() <= 20);
                CHECK(seconds(world.answered.back()) <= 2.5 * ideal(3000, milliseconds(latency + delay)));
            }
}

TEST_CASE("requests that end without an answer teach nothing wrong") {
    busy_callers world;
    world.lost = [&world] { return world.dice() % 50 == 0; };
    world.start("Contacts", callers, 2000);
    REQUIRE(world.loop.finish());
    CHECK(world.gate.rest() >= 50ms);
    CHECK(world.gate.rest() <= 60ms);
}
