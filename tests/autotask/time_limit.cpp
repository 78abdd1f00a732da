#include "autotask/time_limit.hpp"

#include <catch2/catch.hpp>

using autotask::time_limit;
using namespace std::chrono_literals;

namespace {

constexpr time_limit::time_point start{1h};

} // namespace

TEST_CASE("a limit without an argument has no end") {
    const time_limit sweep;
    CHECK(sweep.until() == time_limit::time_point::max());
}

TEST_CASE("a child ends with its parent at the latest") {
    time_limit sweep(start + 10s);
    const time_limit shorter(sweep, start + 3s);
    const time_limit longer(sweep, start + 90s);
    CHECK(shorter.until() == start + 3s);
    CHECK(longer.until() == start + 10s);
}

TEST_CASE("shortening reaches everything below and nothing above or beside") {
    time_limit sweep;
    time_limit request(sweep, start + 90s);
    const time_limit phase(request, start + 15s);
    const time_limit other(sweep, start + 90s);
    request.shorten(start + 5s);
    CHECK(sweep.until() == time_limit::time_point::max());
    CHECK(other.until() == start + 90s);
    CHECK(request.until() == start + 5s);
    CHECK(phase.until() == start + 5s);
}

TEST_CASE("a limit never moves further away") {
    time_limit sweep(start + 10s);
    int told = 0;
    sweep.on_shortened = [&told] { ++told; };
    sweep.shorten(start + 20s);
    sweep.shorten(start + 10s);
    CHECK(sweep.until() == start + 10s);
    CHECK(told == 0);
}

TEST_CASE("whoever waits on a limit is told once for each time it moves closer") {
    time_limit sweep;
    time_limit phase(sweep, start + 15s);
    int told = 0;
    phase.on_shortened = [&told] { ++told; };
    sweep.shorten(start + 30s); // Nothing changes for the phase.
    CHECK(told == 0);
    sweep.shorten(start + 1s);
    CHECK(told == 1);
}

TEST_CASE("a limit that has gone is not told") {
    time_limit sweep;
    { const time_limit phase(sweep, start + 15s); }
    sweep.shorten(start + 1s);
    CHECK(sweep.until() == start + 1s);
}
