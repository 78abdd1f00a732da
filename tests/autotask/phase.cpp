#include "autotask/phase.hpp"

#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>
#include <optional>

using autotask::phase;
using autotask::time_limit;
using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace {

/// Phases of a request without end, unless it is shortened.
struct request {
    boost::asio::io_context loop{1};
    time_limit whole;
    int given_up = 0;
    std::optional<phase> now;

    void begin(std::chrono::milliseconds longest) {
        now.emplace(loop.get_executor(), whole, longest, [this] { ++given_up; });
    }
};

} // namespace

TEST_CASE("a phase is given up once when its own time is over, and says how long that was") {
    struct row {
        std::chrono::milliseconds longest;
        const char* text;
    };
    for (const auto& [longest, text] : {row{0ms, "in 0 ms"}, row{7ms, "in 7 ms"}}) {
        request one;
        one.begin(longest);
        CHECK(one.given_up == 0);
        one.loop.run();
        CHECK(one.given_up == 1);
        CHECK(one.now->is_over());
        CHECK(one.now->in_time() == text);
        CHECK(one.now->taken() >= longest);
    }
    request longer;
    longer.begin(89'700ms);
    CHECK(longer.now->in_time() == "in 90 s");
}

TEST_CASE("a phase has no more time than the request it belongs to") {
    request one;
    one.whole.shorten(steady_clock::now() + 5s);
    one.begin(90s);
    CHECK(one.now->limit().until() == one.whole.until());
    CHECK(one.now->in_time() == "in 5 s");
}

TEST_CASE("when the request is shortened its phase is given up at once, but not from within") {
    request one;
    one.begin(1h);
    one.loop.poll();
    CHECK(one.given_up == 0);
    one.whole.shorten(steady_clock::now());
    CHECK(one.given_up == 0);
    one.loop.restart();
    one.loop.run();
    CHECK(one.given_up == 1);
    CHECK(one.now->in_time() == "before the request was given up");
    one.whole.shorten(steady_clock::now() - 1s);
    one.loop.restart();
    one.loop.run();
    CHECK(one.given_up == 1);
}

TEST_CASE("a phase that has ended is not given up any more, though its time was over") {
    request one;
    one.begin(0ms);
    one.now.reset();
    one.whole.shorten(steady_clock::now() - 1s);
    one.loop.run();
    CHECK(one.given_up == 0);
}
