#include "core/schedule.hpp"

#include "tests/core/support.hpp"

#include <catch2/catch.hpp>

using namespace std::chrono_literals;

namespace {

constexpr core::wall_time start{std::chrono::milliseconds{1'700'000'000'123}};
constexpr core::schedule half_hourly{30min, 2min};

} // namespace

TEST_CASE("The next sweep is due one period after the start of the last, and at most the jitter later") {
    CHECK(half_hourly.next(start, 0) == start + 30min);
    CHECK(half_hourly.next(start, 0.5) == start + 31min);
    CHECK(half_hourly.next(start, 0.999'999'999) < start + 32min);
    CHECK(core::schedule{30min, 0s}.next(start, 0.7) == start + 30min);
    core_tests::dice random(8);
    for (int i = 0; i < 10'000; ++i) {
        const auto due = half_hourly.next(start, static_cast<double>(random.roll(1'000'000)) / 1'000'000);
        REQUIRE(due >= start + 30min);
        REQUIRE(due < start + 32min);
    }
}

TEST_CASE("A sleep is never longer than a minute and ends when the sweep is due") {
    const auto due = start + 30min;
    CHECK(core::sleep_before(start, start, due) == 1min);
    CHECK(core::sleep_before(due - 61s, start, due) == 1min);
    CHECK(core::sleep_before(due - 60s, start, due) == 1min);
    CHECK(core::sleep_before(due - 59'999ms, start, due) == 59'999ms);
    CHECK(core::sleep_before(due - 1ms, start, due) == 1ms);
    CHECK(core::sleep_before(due, start, due) == 0ms);
}

TEST_CASE("A sweep that was missed in a suspend or by a step of the clock is due at once") {
    const auto due = start + 30min;
    CHECK(core::sleep_before(due + 1ms, start, due) == 0ms);
    CHECK(core::sleep_before(due + std::chrono::days(400), start, due) == 0ms);
}

TEST_CASE("A clock that is set back by more than a period does not delay the sweep by the difference") {
    const auto due = start + 30min;
    CHECK(core::sleep_before(start - 1ms, start, due) == 1min);
    CHECK(core::sleep_before(start - 30min, start, due) == 1min);
    CHECK(core::sleep_before(start - 30min - 1ms, start, due) == 0ms);
    CHECK(core::sleep_before(start - std::chrono::days(365), start, due) == 0ms);
    CHECK(core::sleep_before(core::wall_time{}, start, due) == 0ms);
}

TEST_CASE("Sleeping as told reaches the sweep, with steps of the clock in between") {
    core_tests::dice random(12);
    for (int run = 0; run < 200; ++run) {
        auto now = start;
        const auto due = half_hourly.next(start, static_cast<double>(random.roll(1000)) / 1000);
        int wakes = 0;
        for (auto pause = core::sleep_before(now, start, due); pause > 0ms;
             pause = core::sleep_before(now, start, due)) {
            REQUIRE(pause <= 1min);
            now += pause;
            if (random.one_in(20)) // a step of up to five minutes in either direction
                now += std::chrono::seconds(static_cast<std::int64_t>(random.roll(600)) - 300);
            REQUIRE(++wakes < 500);
        }
        REQUIRE(now >= due);
    }
}
