#include "autotask/late_release.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

namespace {

using autotask::late_release;
using autotask::refusal;
using namespace std::chrono_literals;

/// A server and one client that comes again and again after the rest, or the probe, that it is told.
struct server {
    std::chrono::milliseconds delay;
    std::chrono::milliseconds latency = 50ms;
    int refused = 0;

    /// One request after each rest; true when it was accepted.
    bool ask(late_release& known) {
        const auto gap = known.probe().value_or(known.rest());
        if (gap >= delay) {
            known.passed(gap, latency);
            return true;
        }
        ++refused;
        known.refused(gap);
        return false;
    }

    void ask(late_release& known, int times) {
        for (int i = 0; i < times; ++i)
            ask(known);
    }
};

/// One that was content with 50 ms.
late_release settled_at_fifty() {
    late_release known;
    server there{50ms};
    there.ask(known, 100);
    return known;
}

} // namespace

TEST_CASE("without a refusal there is no rest and nothing to try") {
    late_release known;
    for (int i = 0; i < 100; ++i) {
        CHECK(known.rest() == 0ms);
        CHECK_FALSE(known.probe());
        known.passed(0ms, 50ms);
    }
    CHECK(known.learned() == 0ms);
}

TEST_CASE("the search goes up until a rest passes, and everybody else rests for longest meanwhile") {
    late_release known;
    CHECK(known.refused(0ms) == refusal::expected);
    for (const auto step : {60ms, 120ms, 240ms, 480ms, 960ms}) {
        CHECK(known.rest() == late_release::longest);
        REQUIRE(known.probe() == step);
        CHECK(known.learned() == step);
        CHECK(known.refused(step) == refusal::expected);
    }
    REQUIRE(known.probe());
    CHECK(*known.probe() > 960ms);
    CHECK(*known.probe() < late_release::longest);
}

TEST_CASE("the shortest rest that passes is found, with a handful of refusals") {
    for (const int delay : {1, 2, 5, 10, 33, 50, 61, 100, 150, 250, 400, 700, 1000, 1500, 1990})
        for (const int latency : {1, 5, 20, 50, 100, 200, 1000}) {
            CAPTURE(delay, latency);
            server there{std::chrono::milliseconds(delay), std::chrono::milliseconds(latency)};
            late_release known;
            there.ask(known, 100);
            CHECK(there.refused <= 9);
            CHECK_FALSE(known.probe());
            CHECK(known.rest() >= there.delay);
            const auto loss = std::max(1, (delay + latency) * 4 / 100);
            CHECK(known.rest() <= there.delay + std::chrono::milliseconds(loss));
            const int learned_with = there.refused;
            there.ask(known, 1000);
            CHECK(there.refused == learned_with);
        }
}

TEST_CASE("a server that never frees a slot soon enough leaves the longest rest") {
    server there{5000ms};
    late_release known;
    there.ask(known, 100);
    CHECK(known.rest() == late_release::longest);
    CHECK_FALSE(known.probe());
    CHECK(known.learned() == late_release::longest);
    CHECK(known.refused(late_release::longest) == refusal::inexplicable);
}

TEST_CASE("a gap that is longer than any rest explains nothing and teaches nothing") {
    auto known = settled_at_fifty();
    const auto before = known.rest();
    for (int i = 0; i < 100; ++i)
        CHECK(known.refused(late_release::longest + std::chrono::hours(i)) == refusal::inexplicable);
    CHECK(known.rest() == before);
    CHECK_FALSE(known.probe());
}

TEST_CASE("what the search has ruled out is not believed when it seems to pass or fail once more") {
    late_release known;
    CHECK(known.refused(0ms) == refusal::expected);
    CHECK(known.refused(60ms) == refusal::expected);
    CHECK(known.refused(59ms) == refusal::expected);
    CHECK(known.probe() == 120ms);
    known.passed(120ms, 50ms);
    CHECK(known.rest() == 120ms);
    known.passed(30ms, 50ms);
    CHECK(known.rest() == 120ms);
    CHECK(known.refused(30ms) == refusal::expected);
    CHECK(*known.probe() > 60ms);
    CHECK(*known.probe() < 120ms);
}

TEST_CASE("what an earlier one has learned is believed until a request is refused") {
    late_release known(80ms);
    CHECK(known.rest() == 80ms);
    CHECK(known.learned() == 80ms);
    CHECK_FALSE(known.probe());
    known.passed(80ms, 50ms);
    CHECK_FALSE(known.probe());
    CHECK(known.refused(80ms) == refusal::expected);
    CHECK(known.rest() == late_release::longest);
    CHECK(known.probe() == 160ms);
    CHECK(late_release(99999ms).rest() == late_release::longest);
}

TEST_CASE("a result that turns out to be too short is raised a little, and not probed again") {
    auto known = settled_at_fifty();
    const auto before = known.rest();
    CHECK(known.refused(before) == refusal::too_early);
    const auto first = known.rest() - before;
    CHECK(first >= 1ms);
    CHECK(first <= 5ms);
    CHECK_FALSE(known.probe());
    CHECK(known.lessons() == 2);      // The search was the first.
    known.passed(before + 1ms, 50ms); // By luck.
    CHECK(known.rest() == before + first);
    const auto now = known.rest();
    CHECK(known.refused(now) == refusal::too_early);
    CHECK(known.rest() - now >= 2 * first);
}

TEST_CASE("refusals that no raise ends are not blamed on the rest for ever") {
    auto known = settled_at_fifty();
    int raises = 0;
    while (known.refused(known.rest()) == refusal::too_early)
        ++raises;
    CHECK(raises >= 3);
    CHECK(raises <= 6);
    const auto rest = known.rest();
    for (int i = 0; i < 100; ++i)
        CHECK(known.refused(rest) == refusal::inexplicable);
    CHECK(known.rest() == rest);
    CHECK(known.rest() > 60ms);
    CHECK(known.rest() < 120ms);
}

TEST_CASE("one refusal among very many requests is cheaper than a longer rest for all of them") {
    auto known = settled_at_fifty();
    const auto before = known.rest();
    for (int i = 0; i < 10000; ++i)
        known.passed(before, 50ms);
    CHECK(known.refused(before) == refusal::inexplicable);
    CHECK(known.rest() == before);
    known.passed(before, 50ms);
    CHECK(known.refused(before) == refusal::too_early); // So soon again: something has changed.
    CHECK(known.rest() > before);
}

TEST_CASE("a delay that varies a little costs a few refusals, and then none") {
    for (const int delay : {5, 10, 50, 150, 400})
        for (const unsigned seed : {1u, 2u, 3u, 4u, 5u}) {
            CAPTURE(delay, seed);
            std::minstd_rand dice(seed);
            late_release known;
            server there{0ms};
            const auto ask = [&](int times) {
                for (int i = 0; i < times; ++i) {
                    there.delay = std::chrono::milliseconds(delay + static_cast<int>(dice() % 10));
                    there.ask(known);
                }
            };
            ask(1000);
            CHECK(there.refused <= 12);
            CHECK(known.rest() <= std::chrono::milliseconds((delay + 10 + 50) * 5 / 4));
            const int before = there.refused;
            ask(10000);
            CHECK(there.refused <= before + 1);
        }
}

TEST_CASE("growing old costs one refusal at most, and finds a server that has become faster") {
    auto known = settled_at_fifty();
    server there{50ms};
    const auto before = known.rest();
    for (int i = 0; i < 10; ++i) {
        known.grow_old();
        there.ask(known, 100);
    }
    CHECK(there.refused <= 10);
    CHECK(known.rest() == before);

    server faster{20ms};
    known.grow_old();
    faster.ask(known, 100);
    CHECK(faster.refused <= 1);
    CHECK(known.rest() >= 20ms);
    CHECK(known.rest() <= 26ms);
}

TEST_CASE("growing old does not disturb a search, and has nothing to try without a rest") {
    late_release searching;
    searching.refused(0ms);
    searching.grow_old();
    CHECK(searching.probe() == 60ms);
    server there{50ms};
    there.ask(searching, 100);
    CHECK(searching.rest() >= 50ms);

    late_release none;
    none.grow_old();
    CHECK_FALSE(none.probe());
    CHECK(none.rest() == 0ms);
}
