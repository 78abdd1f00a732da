#include "autotask/breaker.hpp"

#include <catch2/catch.hpp>
#include <optional>
#include <vector>

namespace {

using autotask::breaker;
using autotask::error;
using autotask::error_kind;
using namespace std::chrono_literals;

constexpr double nearly_one = 0.999999999;

error failure_of(error_kind kind, std::optional<std::chrono::seconds> retry_after = std::nullopt) {
    error failure;
    failure.kind = kind;
    failure.retry_after = retry_after;
    return failure;
}

error threads() {
    auto failure = failure_of(error_kind::throttled);
    failure.thread_limit = true;
    return failure;
}

error hour() {
    auto failure = failure_of(error_kind::throttled);
    failure.hourly_limit = true;
    return failure;
}

const error lost = failure_of(error_kind::network);

/// A breaker and the time it lives in.
struct world {
    breaker::time_point now{1h};
    breaker tested;
    int changes = 0;

    world() {
        tested.on_changed = [this] { ++changes; };
    }

    std::expected<breaker::permit, breaker::hold> ask(bool is_write = false, bool reads_wait = false) {
        return tested.ask(now, is_write, reads_wait);
    }

    bool may_go() { return ask().has_value(); }

    /// One request that is answered at once; it must be allowed.
    void fail(const error& with = lost, double dice = 0.5) {
        auto permit = ask();
        REQUIRE(permit);
        permit->failed(now, with, dice);
    }

    void succeed() {
        auto permit = ask();
        REQUIRE(permit);
        permit->succeeded();
    }

    void open(double dice = 0.5) { open_after(5, dice); }

    void open_after(int failures, double dice = 0.5) {
        for (int i = 0; i < failures; ++i)
            fail(lost, dice);
        REQUIRE(tested.is_open());
    }

    /// Waits as told, and probes in vain.
    void probe_in_vain(double dice = 0.5, const error& with = lost) {
        const auto held = ask();
        REQUIRE_FALSE(held);
        REQUIRE_FALSE(held.error().given_up);
        now = held.error().until;
        auto permit = ask();
        REQUIRE(permit);
        CHECK(permit->is_probe());
        permit->failed(now, with, dice);
    }

    void give_up(double dice = 0.5) {
        open(dice);
        while (!tested.given_up())
            probe_in_vain(dice);
    }
};

} // namespace

TEST_CASE("five failures in a row open it, and a success between them starts the count again") {
    world one;
    for (int i = 0; i < 4; ++i)
        one.fail();
    one.succeed();
    for (int i = 0; i < 4; ++i)
        one.fail();
    CHECK_FALSE(one.tested.is_open());
    one.fail();
    CHECK(one.tested.is_open());
}

TEST_CASE("what counts as a failure, as a success, and as neither") {
    auto unknown_limit = failure_of(error_kind::throttled);
    struct {
        const char* why;
        error failure;
        int failures_after_two; ///< Of which this is the third.
    } const rows[] = {
        {"network", lost, 3},
        {"a limit in unknown words", unknown_limit, 3},
        {"too many threads", threads(), 2},
        {"too many requests an hour", hour(), 2},
        {"a refusal", failure_of(error_kind::business), 0},
        {"bad credentials", failure_of(error_kind::auth), 0},
        {"no permission", failure_of(error_kind::permission), 0},
        {"an answer that nobody understands", failure_of(error_kind::protocol), 2},
        {"cancelled", failure_of(error_kind::cancelled), 2},
    };
    for (const auto& row : rows) {
        INFO(row.why);
        world one;
        one.fail();
        one.fail();
        one.fail(row.failure);
        int more = 0;
        while (!one.tested.is_open()) {
            one.fail();
            ++more;
        }
        CHECK(5 - more == row.failures_after_two);
    }
}

TEST_CASE("what the answer to a probe decides") {
    struct {
        const char* why;
        error failure;
        bool closes;
        bool next_at_once;
    } const rows[] = {
        {"network", lost, false, false},
        {"a limit in unknown words", failure_of(error_kind::throttled), false, false},
        {"too many threads", threads(), true, false},
        {"too many requests an hour", hour(), true, false},
        {"a refusal", failure_of(error_kind::business), true, false},
        {"bad credentials", failure_of(error_kind::auth), true, false},
        {"no permission", failure_of(error_kind::permission), true, false},
        {"an answer that nobody understands", failure_of(error_kind::protocol), false, false},
        {"cancelled", failure_of(error_kind::cancelled), false, true},
    };
    for (const auto& row : rows) {
        INFO(row.why);
        world one;
        one.open();
        one.now += 500ms;
        one.fail(row.failure);
        CHECK(one.tested.is_open() == !row.closes);
        if (!row.closes)
            CHECK(one.may_go() == row.next_at_once);
    }
}

TEST_CASE("open, one request at a time goes, and a success lets everybody go") {
    world one;
    one.open();
    CHECK_FALSE(one.may_go());
    one.now += 499ms;
    CHECK_FALSE(one.may_go());
    one.now += 1ms;
    auto probe = one.ask();
    REQUIRE(probe);
    CHECK(probe->is_probe());
    const auto other = one.ask();
    REQUIRE_FALSE(other);
    CHECK_FALSE(other.error().given_up);
    CHECK(other.error().until == breaker::time_point::max());
    const int before = one.changes;
    probe->succeeded();
    CHECK(one.changes == before + 1);
    CHECK_FALSE(one.tested.is_open());
    std::vector<breaker::permit> all;
    for (int i = 0; i < 20; ++i) {
        auto permit = one.ask();
        REQUIRE(permit);
        CHECK_FALSE(permit->is_probe());
        all.push_back(std::move(*permit));
    }
}

TEST_CASE("probes fall into windows that double up to the longest, wherever the dice put them") {
    struct {
        double dice;
        std::vector<std::chrono::milliseconds> at;
    } const rows[] = {
        {0.5, {500ms, 2000ms, 5000ms, 11000ms, 23000ms, 46000ms, 76000ms, 106000ms, 120000ms}},
        {0, {50ms, 1000ms, 3000ms, 7000ms, 15000ms, 31000ms, 61000ms, 91000ms, 120000ms}},
        {nearly_one, {999ms, 2999ms, 6999ms, 14999ms, 30999ms, 60999ms, 90999ms, 120000ms}},
    };
    for (const auto& row : rows) {
        INFO(row.dice);
        world one;
        one.open(row.dice);
        const auto opened = one.now;
        std::vector<std::chrono::milliseconds> at;
        while (!one.tested.given_up()) {
            one.probe_in_vain(row.dice);
            at.push_back(std::chrono::duration_cast<std::chrono::milliseconds>(one.now - opened));
        }
        CHECK(at == row.at);
    }
}

TEST_CASE("a probe that takes long moves the windows behind it") {
    world one;
    one.open();
    one.now += 500ms;
    auto slow = one.ask();
    REQUIRE(slow);
    one.now += 40s;
    slow->failed(one.now, lost, 0.5);
    CHECK(one.ask().error().until == one.now + 1s); // The middle of the second window, of two seconds.
}

TEST_CASE("two probes are never closer than the least pause") {
    world one;
    one.open(nearly_one);
    one.probe_in_vain(0); // At the end of the first window; the next is planned for the beginning of the second.
    CHECK(one.ask().error().until == one.now + 50ms);
}

TEST_CASE("after all patience everybody fails with the last error") {
    world one;
    one.open();
    const auto opened = one.now;
    auto last = lost;
    while (!one.tested.given_up()) {
        last.said = std::to_string((one.now - opened).count());
        one.probe_in_vain(0.5, last);
    }
    CHECK(one.now - opened == 120s);
    const auto held = one.ask();
    REQUIRE_FALSE(held);
    CHECK(held.error().given_up);
    CHECK(one.tested.last_failure().said == last.said);
    one.now += 24h;
    CHECK(one.ask().error().given_up);
}

TEST_CASE("a probe that is under way when the patience ends is waited for") {
    for (const bool comes_back : {true, false}) {
        world one;
        one.open();
        one.now += 119s;
        auto probe = one.ask();
        REQUIRE(probe);
        one.now += 60s;
        CHECK_FALSE(one.tested.given_up());
        CHECK_FALSE(one.ask().error().given_up);
        if (comes_back)
            probe->succeeded();
        else
            probe->failed(one.now, lost, 0.5);
        CHECK(one.may_go() == comes_back);
        CHECK(one.tested.given_up() == !comes_back);
    }
}

TEST_CASE("a probe that is not used is somebody else's") {
    world one;
    one.open();
    one.now += 500ms;
    {
        const auto unused = one.ask();
        REQUIRE(unused);
        CHECK_FALSE(one.may_go());
        one.changes = 0;
    }
    CHECK(one.changes == 1);
    const auto used = one.ask();
    REQUIRE(used);
    CHECK(used->is_probe());
}

TEST_CASE("a permit that moves is given back once") {
    world one;
    one.open();
    one.now += 500ms;
    auto first = one.ask();
    REQUIRE(first);
    {
        const breaker::permit second = std::move(*first);
        CHECK_FALSE(one.may_go());
    }
    auto third = one.ask();
    REQUIRE(third);
    first->succeeded(); // Has nothing to say any more.
    first->failed(one.now, lost, 0.5);
    CHECK(one.tested.is_open());
    CHECK_FALSE(one.may_go());
}

TEST_CASE("a write is a probe only when no read waits, and looks every second whether one still does") {
    world one;
    one.open();
    one.now += 500ms;
    const auto held = one.ask(true, true);
    REQUIRE_FALSE(held);
    CHECK_FALSE(held.error().given_up);
    CHECK(held.error().until == one.now + 1s);
    CHECK(one.ask(true, false));
    CHECK(one.ask(false, true));
}

TEST_CASE("closed, writes wait for nobody") {
    world one;
    CHECK(one.ask(true, true));
}

TEST_CASE("after the first failure what is under way is taken for lost until it is answered") {
    world one;
    std::vector<breaker::permit> under_way;
    for (int i = 0; i < 12; ++i)
        under_way.push_back(std::move(*one.ask()));
    const auto end_one = [&under_way](auto how) {
        how(under_way.back());
        under_way.pop_back();
    };
    end_one([&one](auto& permit) { permit.failed(one.now, lost, 0.5); });
    const auto held = one.ask();
    REQUIRE_FALSE(held);
    CHECK_FALSE(held.error().given_up);
    CHECK(held.error().until == breaker::time_point::max());
    one.changes = 0;
    end_one([](auto& permit) { permit.succeeded(); });
    CHECK(one.changes == 1);
    CHECK(one.may_go());

    // Without an answer some more may go as soon as few enough are under way.
    end_one([&one](auto& permit) { permit.failed(one.now, lost, 0.5); });
    while (under_way.size() > 4)
        end_one([](auto&) {}); // Cancelled.
    CHECK_FALSE(one.may_go());
    one.changes = 0;
    end_one([](auto&) {});
    CHECK(one.changes == 1);
    CHECK(one.may_go());
}

TEST_CASE("failures of what was under way at the opening make the windows no longer") {
    world one;
    std::vector<breaker::permit> under_way;
    for (int i = 0; i < 12; ++i)
        under_way.push_back(std::move(*one.ask()));
    for (auto& permit : under_way)
        permit.failed(one.now, lost, 0.5);
    CHECK(one.ask().error().until == one.now + 500ms);
}

TEST_CASE("an answer to what was under way at the opening closes it, and the others say nothing any more") {
    world one;
    std::vector<breaker::permit> under_way;
    for (int i = 0; i < 12; ++i)
        under_way.push_back(std::move(*one.ask()));
    for (std::size_t i = 0; i < 5; ++i)
        under_way[i].failed(one.now, lost, 0.5);
    REQUIRE(one.tested.is_open());
    one.now += 500ms;
    auto probe = one.ask();
    REQUIRE(probe);
    under_way[5].succeeded();
    CHECK_FALSE(one.tested.is_open());
    probe->failed(one.now, lost, 0.5);
    for (std::size_t i = 6; i < 11; ++i)
        under_way[i].failed(one.now, lost, 0.5);
    CHECK_FALSE(one.tested.is_open());

    // Four new failures: the old ones and what is still under way from then count nothing.
    for (int i = 0; i < 4; ++i)
        one.fail();
    CHECK_FALSE(one.tested.is_open());
    under_way.clear();
    one.fail();
    CHECK(one.tested.is_open());
}

TEST_CASE("the server's own wish moves the next probe, never closer") {
    world one;
    for (int i = 0; i < 4; ++i)
        one.fail();
    one.fail(failure_of(error_kind::network, 10s));
    CHECK(one.ask().error().until == one.now + 10s);
    one.probe_in_vain(0.5, failure_of(error_kind::network, 0s));
    CHECK(one.ask().error().until == one.now + 1s);
}

TEST_CASE("a wish that comes after the opening counts, too") {
    world one;
    std::vector<breaker::permit> under_way;
    for (int i = 0; i < 6; ++i)
        under_way.push_back(std::move(*one.ask()));
    for (std::size_t i = 0; i < 5; ++i)
        under_way[i].failed(one.now, lost, 0.5);
    under_way[5].failed(one.now, failure_of(error_kind::throttled, 7s), 0.5);
    CHECK(one.ask().error().until == one.now + 7s);
}

TEST_CASE("of several wishes the longest counts, until a success") {
    world one;
    one.fail(failure_of(error_kind::network, 60s));
    one.fail(failure_of(error_kind::network, 1s));
    one.open_after(3);
    CHECK(one.ask().error().until == one.now + 60s);

    world other;
    other.fail(failure_of(error_kind::network, 60s));
    other.succeed();
    other.open();
    CHECK(other.ask().error().until == other.now + 500ms);
}

TEST_CASE("a server that asks for more than all patience is given up at once") {
    for (const auto asked : {121s, 900s, std::chrono::seconds(std::numeric_limits<long>::max())}) {
        world one;
        for (int i = 0; i < 4; ++i)
            one.fail();
        one.fail(failure_of(error_kind::network, asked));
        CHECK(one.tested.given_up());

        world late;
        std::vector<breaker::permit> under_way;
        for (int i = 0; i < 6; ++i)
            under_way.push_back(std::move(*late.ask()));
        for (std::size_t i = 0; i < 5; ++i)
            under_way[i].failed(late.now, lost, 0.5);
        CHECK_FALSE(late.tested.given_up());
        under_way[5].failed(late.now, failure_of(error_kind::network, asked), 0.5);
        CHECK(late.tested.given_up());
    }
}

TEST_CASE("each sweep in a long outage costs one request, and the first after it none too many") {
    world one;
    one.give_up();
    for (int sweep = 0; sweep < 100; ++sweep) {
        one.now += 9min;
        one.tested.sweep_begins(one.now);
        CHECK_FALSE(one.tested.given_up());
        auto probe = one.ask();
        REQUIRE(probe);
        CHECK(probe->is_probe());
        CHECK_FALSE(one.ask().error().given_up);
        one.now += 15s;
        probe->failed(one.now, lost, 0.5);
        CHECK(one.ask().error().given_up);
    }
    one.now += 9min;
    one.tested.sweep_begins(one.now);
    one.succeed();
    CHECK_FALSE(one.tested.is_open());
}

TEST_CASE("a sweep long after the last failure begins afresh") {
    struct {
        std::chrono::milliseconds later;
        bool afresh;
    } const rows[] = {{10min, false}, {10min + 1ms, true}, {24h, true}};
    for (const auto& row : rows) {
        world one;
        one.give_up();
        one.now += row.later;
        one.tested.sweep_begins(one.now);
        CHECK(one.tested.is_open() == !row.afresh);
        if (!row.afresh)
            continue;
        for (int i = 0; i < 4; ++i)
            one.fail();
        CHECK_FALSE(one.tested.is_open());
        one.fail();
        CHECK(one.tested.is_open());
    }
}

TEST_CASE("a few failures are remembered from sweep to sweep for as long") {
    for (const auto later : {5min, 11min}) {
        world one;
        for (int i = 0; i < 4; ++i)
            one.fail();
        one.now += later;
        one.tested.sweep_begins(one.now);
        one.fail();
        CHECK(one.tested.is_open() == (later == 5min));
    }
}

TEST_CASE("a sweep that begins while another still waits may probe at once, and takes no patience from it") {
    world one;
    one.open();
    one.probe_in_vain();
    one.tested.sweep_begins(one.now);
    CHECK(one.may_go()); // And gives it back.
    one.fail();
    CHECK_FALSE(one.tested.given_up());
    CHECK_FALSE(one.ask().error().given_up);
}

TEST_CASE("a sweep asks no server that wants more time") {
    world one;
    one.give_up();
    one.now += 1min;
    one.tested.sweep_begins(one.now);
    one.fail(failure_of(error_kind::network, 300s));
    one.now += 4min;
    one.tested.sweep_begins(one.now);
    CHECK(one.tested.given_up());
    one.now += 1min;
    one.tested.sweep_begins(one.now);
    CHECK(one.may_go());
}

TEST_CASE("a sweep that never asked leaves its probe to the next") {
    world one;
    one.give_up();
    for (int i = 0; i < 3; ++i) {
        one.now += 1min;
        one.tested.sweep_begins(one.now);
    }
    CHECK(one.may_go());
}

TEST_CASE("nobody is woken while all is well") {
    world one;
    one.tested.sweep_begins(one.now);
    for (int i = 0; i < 10; ++i)
        one.succeed();
    one.fail(threads());
    CHECK(one.may_go());
    CHECK(one.changes == 0);
}
