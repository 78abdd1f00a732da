#include "autotask/request_budget.hpp"

#include <catch2/catch.hpp>

using autotask::request_budget;
using autotask::threshold;
using namespace std::chrono_literals;

namespace {

constexpr request_budget::time_point start{100h};

void send(request_budget& budget, int requests, request_budget::time_point at) {
    for (int i = 0; i < requests; ++i) {
        budget.sent(at);
        budget.ended();
    }
}

void read(request_budget& budget, const threshold& use, request_budget::time_point at) {
    budget.reading_begins(at);
    budget.learned(use, at);
}

} // namespace

TEST_CASE("the total use stays below the share, and below the next step that slows everybody down") {
    struct row {
        const char* why;
        std::int64_t limit;
        double share;
        std::int64_t foreign;
        std::int64_t ceiling;
    };
    const row rows[] = {
        {"the default is half, and at half everybody gets slower", 10'000, 0.5, 0, 4'999},
        {"a smaller share", 10'000, 0.3, 1'000, 3'000},
        {"a smaller share that others have used up", 10'000, 0.3, 4'000, 3'000},
        {"a larger share does not make the others slower", 10'000, 0.9, 4'999, 4'999},
        {"others have passed the first step without us", 10'000, 0.9, 5'000, 7'499},
        {"the share ends before the next step", 10'000, 0.6, 5'000, 6'000},
        {"others have passed the second step", 10'000, 0.9, 7'500, 9'000},
        {"never the last straw", 10'000, 1.0, 8'000, 9'800},
        {"a limit that was raised for this database", 40'000, 0.5, 100, 19'999},
        {"steps of an odd limit are rounded up", 101, 0.9, 0, 50},
        {"the second step too", 101, 0.9, 60, 75},
        {"a tiny limit", 10, 1.0, 0, 4},
    };
    for (const auto& one : rows) {
        INFO(one.why);
        request_budget budget;
        read(budget, {one.limit, 60, one.foreign + 1}, start); // The reading is one of ours.
        CHECK(budget.at(one.share).ceiling == one.ceiling);
        CHECK(budget.at(one.share).foreign == one.foreign);
        CHECK(budget.at(one.share).free() == std::max<std::int64_t>(0, one.ceiling - one.foreign - 1));
    }
}

TEST_CASE("what we send counts from the reading on, and the next reading tells ours from the others'") {
    request_budget budget;
    read(budget, {10'000, 60, 1}, start);
    send(budget, 300, start + 1s);
    CHECK(budget.at(0.5).used == 301);
    CHECK(budget.at(0.5).free() == 4'999 - 301);
    read(budget, {10'000, 60, 800}, start + 30s);
    CHECK(budget.at(0.5).used == 800);
    CHECK(budget.at(0.5).foreign == 498);
}

TEST_CASE("our own use is not taken for that of others: it does not open the next step") {
    request_budget budget;
    read(budget, {10'000, 60, 0}, start);
    send(budget, 5'200, start + 1min);
    read(budget, {10'000, 60, 5'200}, start + 2min);
    CHECK(budget.at(0.9).foreign == 0);
    CHECK(budget.at(0.9).ceiling == 4'999);
    CHECK(budget.at(0.9).free() == 0);
}

TEST_CASE("what goes out during a reading counts on, because nobody knows whether the reading counted it") {
    request_budget budget;
    read(budget, {10'000, 60, 10}, start);
    send(budget, 3, start);
    budget.sent(start); // Under way when the reading begins ...
    budget.reading_begins(start);
    send(budget, 2, start);
    budget.ended(); // ... and over before it is there.
    budget.learned({10'000, 60, 20}, start + 1s);
    CHECK(budget.at(0.5).used == 23);
    read(budget, {10'000, 60, 23}, start + 2s);
    CHECK(budget.at(0.5).used == 23);
}

TEST_CASE("a request that was not sent after all does not count") {
    request_budget budget;
    read(budget, {10'000, 60, 10}, start);
    budget.sent(start);
    budget.not_sent();
    CHECK(budget.at(0.5).used == 10);
}

TEST_CASE("the use is read before the first request, after a minute, and more often the less is left") {
    request_budget budget;
    CHECK(budget.wants_reading(start, 0.5));
    read(budget, {10'000, 60, 999}, start); // 4,000 are free.
    CHECK_FALSE(budget.wants_reading(start + 59s, 0.5));
    CHECK(budget.wants_reading(start + 60s, 0.5));
    send(budget, 999, start);
    CHECK_FALSE(budget.wants_reading(start + 2s, 0.5));
    send(budget, 1, start);
    CHECK_FALSE(budget.wants_reading(start + 1s, 0.5)); // However fast we send.
    CHECK(budget.wants_reading(start + 2s, 0.5));
    read(budget, {10'000, 60, 4'980}, start);
    send(budget, 9, start);
    CHECK_FALSE(budget.wants_reading(start + 2s, 0.5));
    send(budget, 1, start);
    CHECK(budget.wants_reading(start + 2s, 0.5));
    read(budget, {10'000, 60, 100}, start + 10s);
    budget.distrust();
    CHECK_FALSE(budget.wants_reading(start + 11s, 0.5));
    CHECK(budget.wants_reading(start + 12s, 0.5));
}

TEST_CASE("after a refusal for the hourly limit nothing is free until a reading says so") {
    request_budget budget;
    read(budget, {10'000, 60, 100}, start);
    budget.exhausted(start + 1s);
    CHECK(budget.at(1.0).free() == 0);
    read(budget, {10'000, 60, 2'000}, start + 20min);
    CHECK(budget.at(0.5).free() == 2'999);
}

TEST_CASE("where the use cannot be read, our own requests and the documented limit are all that is known") {
    request_budget budget;
    send(budget, 100, start);
    budget.unknowable(start + 1s);
    CHECK(budget.at(0.5).limit == 10'000);
    CHECK(budget.at(0.5).used == 100);
    CHECK(budget.at(0.5).free() == 4'899);
    budget.unknowable(start + 62min);
    CHECK(budget.at(0.5).used == 0);
}

TEST_CASE("it is known when our own requests leave the window") {
    request_budget budget;
    read(budget, {10'000, 60, 0}, start);
    send(budget, 3'000, start + 1min);
    send(budget, 1'990, start + 20min);
    read(budget, {10'000, 60, 4'990}, start + 21min);
    const auto now = start + 21min;
    CHECK(budget.free_from(5, 0.5, now) == now);
    CHECK(budget.free_from(100, 0.5, now) == start + 62min);
    CHECK(budget.free_from(3'500, 0.5, now) == start + 81min);
    CHECK_FALSE(budget.free_from(6'000, 0.5, now));
}

TEST_CASE("when others alone use up the share, nobody knows when it ends") {
    request_budget budget;
    read(budget, {10'000, 60, 6'000}, start);
    CHECK_FALSE(budget.free_from(1, 0.5, start));
}

TEST_CASE("a few requests are kept for proofs and readings, fewer where the limit is tiny") {
    request_budget budget;
    CHECK(budget.reserve() == 20);
    read(budget, {50, 60, 0}, start);
    CHECK(budget.reserve() == 10);
}
