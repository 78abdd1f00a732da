#include "autotask/allowance.hpp"

#include "tests/support/virtual_clock.hpp"

#include <catch2/catch.hpp>
#include <vector>

using autotask::error_kind;
using autotask::threshold;
using autotask::urgency;
using namespace std::chrono_literals;

namespace {

/// A database with a rolling window, and somebody who asks.
struct allowance_world {
    allowance_world() {
        terms.share = 0.5;
        terms.ask = [this]() { return answer(); };
        terms.waiting = [this](const autotask::allowance_wait& wait) { waits.push_back(wait); };
        terms.going_on = [this] { ++went_on; };
        terms.unreadable = [this](const autotask::error& what) { unreadable.push_back(what); };
    }

    boost::asio::awaitable<autotask::result<threshold>> answer() {
        ++readings;
        ++use.used;
        if (failure)
            co_return std::unexpected(*failure);
        co_return use;
    }

    boost::asio::awaitable<void> ask(urgency how, int times) {
        for (int i = 0; i < times; ++i) {
            const bool may = co_await allowance.pass(how, terms);
            if (!may)
                co_return;
            ++use.used;
            order.push_back(how);
            allowance.ended();
        }
    }

    void start(urgency how, int times = 1) { loop.start(ask(how, times)); }

    test_support::virtual_loop loop;
    autotask::stop_signal stop;
    autotask::request_allowance allowance{loop.time(), stop};
    autotask::request_allowance::terms terms;
    threshold use{10'000, 60, 0};
    std::optional<autotask::error> failure;
    int readings = 0;
    int went_on = 0;
    std::vector<autotask::allowance_wait> waits;
    std::vector<autotask::error> unreadable;
    std::vector<urgency> order;
};

autotask::error failed(error_kind kind) {
    autotask::error failure;
    failure.kind = kind;
    failure.said = "HTTP 500";
    return failure;
}

} // namespace

TEST_CASE("a small sweep reads the use once") {
    allowance_world world;
    world.start(urgency::read, 100);
    REQUIRE(world.loop.finish());
    CHECK(world.order.size() == 100);
    CHECK(world.readings == 1);
    CHECK(world.waits.empty());
}

TEST_CASE("at the share nothing more is sent, and a few readings find out when the window has drained") {
    allowance_world world;
    world.use.used = 5'000;
    world.start(urgency::read);
    world.loop.settle();
    CHECK(world.order.empty());
    REQUIRE(world.waits.size() == 1);
    CHECK(world.waits[0].use.used == 5'001);
    CHECK(world.waits[0].use.limit == 10'000);
    CHECK(world.waits[0].pause == 1min);
    CHECK_FALSE(world.waits[0].estimate);

    world.loop.run_for(1h);
    CHECK(world.order.empty());
    CHECK(world.readings <= 15);
    world.use.used = 3'000;
    world.loop.run_for(5min);
    CHECK(world.order.size() == 1);
    CHECK(world.went_on == 1);
}

TEST_CASE("a long run stops below the share and goes on as our own requests leave the window") {
    allowance_world world;
    world.start(urgency::write, 6'000);
    world.loop.settle();
    CHECK(world.use.used < 5'000);
    CHECK(world.use.used > 4'900);
    REQUIRE(world.waits.size() == 1);
    REQUIRE(world.waits[0].estimate);
    CHECK(*world.waits[0].estimate > 59min);
    CHECK(*world.waits[0].estimate < 62min);
    CHECK(world.readings < 30);
    world.loop.run_for(61min);
    world.use.used = 20;
    REQUIRE(world.loop.finish());
    CHECK(world.order.size() == 6'000);
}

TEST_CASE("what is left belongs to the writes that are expected, and the proofs always pass") {
    allowance_world world;
    world.use.used = 4'999 - 20 - 31; // The reserve, and 30 after the reading.
    world.allowance.expect_writes(30);
    world.start(urgency::read, 5);
    world.loop.settle();
    CHECK(world.order.empty());
    world.start(urgency::write, 3);
    world.start(urgency::verify, 1);
    world.loop.settle();
    CHECK(world.order == std::vector{urgency::write, urgency::write, urgency::write, urgency::verify});
    world.allowance.expect_writes(-30);
    world.loop.settle();
    CHECK(world.order.size() == 9);
}

TEST_CASE("proofs pass where nothing else does") {
    allowance_world world;
    world.use.used = 9'999;
    world.start(urgency::write);
    world.start(urgency::verify);
    world.loop.settle();
    CHECK(world.order == std::vector{urgency::verify});
}

TEST_CASE("a refusal for the hourly limit holds everything at once") {
    allowance_world world;
    world.start(urgency::read);
    world.loop.settle();
    world.allowance.exhausted();
    world.failure = failed(error_kind::throttled);
    world.start(urgency::read);
    world.loop.run_for(30min);
    CHECK(world.order.size() == 1);
    REQUIRE_FALSE(world.waits.empty());
    CHECK(world.waits.front().refused);
    CHECK(world.readings <= 10);
    world.failure.reset();
    world.loop.run_for(5min);
    CHECK(world.order.size() == 2);
}

TEST_CASE("a database that does not say its use is counted by our own requests") {
    allowance_world world;
    world.failure = failed(error_kind::permission);
    world.start(urgency::read, 6'000);
    world.loop.settle();
    CHECK(world.unreadable.size() == 1);
    CHECK(world.order.size() == 4'978);
    CHECK(world.waits.size() == 1);
}

TEST_CASE("a reading that fails for a moment opens nothing") {
    allowance_world world;
    world.use.used = 5'000;
    world.start(urgency::read);
    world.loop.settle();
    world.failure = failed(error_kind::network);
    world.loop.run_for(30min);
    CHECK(world.order.empty());
    CHECK(world.unreadable.empty());
    CHECK(world.readings < 12);
}

TEST_CASE("a stop ends the wait") {
    allowance_world world;
    world.use.used = 5'000;
    world.start(urgency::read);
    world.start(urgency::read);
    world.loop.settle();
    world.stop.request();
    REQUIRE(world.loop.finish());
    CHECK(world.order.empty());
    CHECK(world.loop.time().elapsed() == 0ms);
}

TEST_CASE("a caller that can ask no longer waits for nothing, and leaves the watch to the others") {
    allowance_world world;
    world.use.used = 9'000;
    bool is_over = false;
    world.terms.over = [&is_over] { return is_over; };
    world.start(urgency::read);
    world.loop.settle();
    CHECK(world.waits.size() == 1);
    auto others = world.terms;
    others.over = nullptr;
    bool passed = false;
    const auto wait = [&]() -> boost::asio::awaitable<void> {
        passed = co_await world.allowance.pass(urgency::read, others);
    };
    world.loop.start(wait());
    world.loop.settle();
    // What is asked fails from now on, as it does when a session has ended.
    is_over = true;
    world.failure = failed(error_kind::auth);
    world.loop.run_for(2min);
    CHECK(world.order.size() == 1); // It goes on, and is told why nothing can be sent.
    CHECK_FALSE(passed);
    world.failure.reset();
    world.use.used = 10;
    world.loop.run_for(6min);
    CHECK(passed);
}
