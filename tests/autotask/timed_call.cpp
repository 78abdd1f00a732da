#include "autotask/timed_call.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <catch2/catch.hpp>
#include <optional>

using autotask::timed_call;
using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace {

/// A timed call and the loop that it calls from.
struct timed_loop {
    boost::asio::io_context loop{1};
    int calls = 0;
    std::optional<timed_call> one;

    explicit timed_loop(timed_call::kind how) {
        one.emplace(loop.get_executor(), how, [this] { ++calls; });
    }

    /// Sets the call from a handler.
    void set(steady_clock::duration after) {
        boost::asio::post(loop, [this, after] { one->set(steady_clock::now() + after); });
    }
};

} // namespace

TEST_CASE("a timed call comes once, when its time has come") {
    timed_loop world(timed_call::kind::ordinary);
    world.set(10ms);
    const auto began = steady_clock::now();
    world.loop.run();
    CHECK(world.calls == 1);
    CHECK(steady_clock::now() - began >= 10ms);
}

TEST_CASE("a call that is set anew comes at the new time only, though the old one is due already") {
    timed_loop world(timed_call::kind::ordinary);
    world.one->set(steady_clock::now());
    world.one->set(steady_clock::now() + 1h);
    world.loop.run_for(20ms);
    CHECK(world.calls == 0);
}

TEST_CASE("a call that was stopped or destroyed does not come, not even when it is due already") {
    const auto how = GENERATE(timed_call::kind::ordinary, timed_call::kind::background);
    timed_loop world(how);
    const bool destroy = GENERATE(false, true);
    const auto stop = [&] {
        world.one->set(steady_clock::now() - 1s);
        if (destroy)
            world.one.reset();
        else
            world.one->stop();
    };
    boost::asio::post(world.loop, stop);
    world.loop.run();
    CHECK(world.calls == 0);
}

TEST_CASE("a loop does not go on for a timed call in the background") {
    timed_loop world(timed_call::kind::background);
    world.set(1h);
    world.loop.run();
    CHECK(world.calls == 0);
}

TEST_CASE("while a loop has other work, a timed call in the background comes like any other") {
    timed_loop world(timed_call::kind::background);
    world.set(1ms);
    boost::asio::steady_timer other(world.loop, 1h);
    other.async_wait([](boost::system::error_code) {});
    while (world.calls == 0)
        world.loop.run_one();
    CHECK(world.calls == 1);
}

TEST_CASE("timed calls in the background leave the loop's other work alone, however often they are set and stopped") {
    timed_loop world(timed_call::kind::background);
    bool done = false;
    boost::asio::steady_timer work(world.loop, 30ms);
    work.async_wait([&done](boost::system::error_code) { done = true; });
    for (int i = 0; i < 10; ++i) {
        world.set(1ms);
        world.set(1h);
        boost::asio::post(world.loop, [&world] { world.one->stop(); });
    }
    world.set(2ms);
    world.loop.run();
    CHECK(done);
    CHECK(world.calls == 1);
    // And a loop that has ended without a call can be used again.
    world.set(1h);
    world.loop.restart();
    world.loop.run();
    world.one->stop();
    done = false;
    work.expires_after(5ms);
    work.async_wait([&done](boost::system::error_code) { done = true; });
    world.loop.restart();
    world.loop.run();
    CHECK(done);
    CHECK(world.calls == 1);
}
