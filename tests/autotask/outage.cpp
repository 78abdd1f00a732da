// What the breaker, the budget and the pauses add up to: sweeps over a server that fails, without a network and
// without coroutines.

#include "autotask/breaker.hpp"
#include "autotask/retry.hpp"
#include "autotask/retry_budget.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <functional>
#include <optional>
#include <random>
#include <vector>

namespace {

using autotask::breaker;
using time_point = breaker::time_point;
using std::chrono::milliseconds;
using namespace std::chrono_literals;

/// The beginning of the outage, where there is one.
constexpr time_point zero{24h};
constexpr milliseconds answer_time = 200ms;

struct reply {
    bool good = true;
    milliseconds after = answer_time;
};

/// One caller at a time makes one call after the other. Each call asks the breaker, is sent, and is sent again until it
/// succeeds or is given up.
struct caller {
    enum class state { asking, under_way, pausing, done };

    state is = state::asking;
    bool writes = false;
    int calls = 0; ///< Still to be made, the present one included.
    time_point until{};
    bool good = false;
    std::optional<breaker::permit> permit;
    autotask::attempts so_far;
};

class simulation {
public:
    simulation() {
        tested_.on_changed = [this] { changed_ = true; };
    }

    std::function<double()> dice = [] { return 0.5; };
    std::function<reply(time_point sent)> server = [](time_point) { return reply(); };
    int calls_each = 20;

    time_point now = zero;
    int sent = 0; ///< Since the beginning of the outage, what was under way then included.
    int successes = 0;
    int lost = 0; ///< Calls.

    /// A sweep from its beginning to its end.
    void sweep() {
        tested_.sweep_begins(now);
        budget_ = {};
        std::array<caller, 12> all;
        for (std::size_t i = 0; i < all.size(); ++i) {
            all[i].calls = calls_each;
            all[i].writes = i % 4 == 3;
        }
        while (true) {
            while (changed_ || std::ranges::any_of(all, [this](const auto& one) { return is_due(one); })) {
                changed_ = false;
                for (auto& one : all)
                    step(one, all);
            }
            time_point next = time_point::max();
            for (const auto& one : all)
                if (one.is != caller::state::done)
                    next = std::min(next, one.until);
            if (next == time_point::max())
                break;
            now = next;
        }
        for (const auto& one : all)
            REQUIRE(one.is == caller::state::done); // Nobody waits for ever.
    }

private:
    bool is_due(const caller& one) const { return one.is != caller::state::done && one.until <= now; }

    void step(caller& one, const std::array<caller, 12>& all) {
        switch (one.is) {
        case caller::state::asking:
            return ask(one, all);
        case caller::state::under_way:
            if (one.until <= now)
                end(one);
            return;
        case caller::state::pausing:
            if (one.until <= now)
                ask(one, all);
            return;
        case caller::state::done:
            return;
        }
    }

    void ask(caller& one, const std::array<caller, 12>& all) {
        const bool reads_wait = std::ranges::any_of(all, [&one](const auto& other) {
            return &other != &one && !other.writes && other.is == caller::state::asking;
        });
        one.is = caller::state::asking;
        auto permit = tested_.ask(now, one.writes, reads_wait);
        if (permit) {
            const auto answer = server(now);
            one.is = caller::state::under_way;
            one.permit.emplace(std::move(*permit));
            one.good = answer.good;
            one.until = now + answer.after;
            if (one.until >= zero)
                ++sent;
        } else if (permit.error().given_up) {
            fail(one);
        } else {
            one.until = permit.error().until;
        }
    }

    void end(caller& one) {
        if (one.good) {
            one.permit->succeeded();
            one.permit.reset();
            budget_.succeeded();
            ++successes;
            one.so_far = {};
            one.is = --one.calls == 0 ? caller::state::done : caller::state::asking;
            return;
        }
        autotask::error failure;
        failure.kind = autotask::error_kind::network;
        one.permit->failed(now, failure, dice());
        one.permit.reset();
        ++one.so_far.failed;
        one.is = caller::state::asking;
        if (tested_.is_open())
            return; // Now it says when to go.
        const auto pause = autotask::pause_before_retry(failure, one.so_far, {}, dice());
        if (!pause || !budget_.take())
            return fail(one);
        one.so_far.waited += *pause;
        one.is = caller::state::pausing;
        one.until = now + *pause;
    }

    void fail(caller& one) {
        ++lost;
        one.so_far = {};
        one.is = --one.calls == 0 ? caller::state::done : caller::state::asking;
    }

    breaker tested_ = breaker();
    autotask::retry_budget budget_;
    bool changed_ = false;
};

using dice_function = std::function<double()>;

std::vector<dice_function> all_sorts_of_dice() {
    std::vector<dice_function> all{[] { return 0.0; }, [] { return 0.5; }, [] { return 0.999999999; }};
    for (unsigned seed = 0; seed < 10; ++seed)
        all.emplace_back(
            [random = std::mt19937(seed)]() mutable { return std::uniform_real_distribution<double>(0, 1)(random); });
    return all;
}

/// How long it takes until a request is known to have failed.
using failing_time = std::function<milliseconds()>;

std::vector<failing_time> all_sorts_of_failures() {
    return {[] { return 0ms; }, [] { return 10ms; }, [] { return 3000ms; }, [] { return 15000ms; },
            [random = std::mt19937(7)]() mutable {
                return milliseconds(std::uniform_int_distribution<int>(1, 90000)(random));
            }};
}

/// Nobody is there from `zero` on for so long.
std::function<reply(time_point)> outage_of(milliseconds length, failing_time takes) {
    return [length, takes](time_point sent) {
        if (sent + answer_time < zero || sent >= zero + length)
            return reply();
        reply lost;
        lost.good = false;
        lost.after = std::chrono::duration_cast<milliseconds>(std::max(zero - sent, time_point::duration{})) + takes();
        return lost;
    };
}

} // namespace

TEST_CASE("an outage of ten minutes costs thirty requests, whenever sweeps begin and however requests fail") {
    int most = 0;
    struct {
        std::chrono::seconds first; ///< When the first sweep begins, from the beginning of the outage.
        std::chrono::seconds interval;
        std::chrono::seconds offset; ///< Of all further ones, likewise.
    } const schedules[] = {
        {-1s, 60s, 0s},  {-1s, 60s, 1s},   {-1s, 60s, 29s},   {-1s, 60s, 59s},   {0s, 60s, 30s},
        {-1s, 300s, 0s}, {-1s, 300s, 29s}, {-1s, 300s, 120s}, {-1s, 300s, 299s}, {30s, 300s, 30s},
    };
    for (const auto& [first, interval, offset] : schedules)
        for (const auto& takes : all_sorts_of_failures())
            for (const auto& dice : all_sorts_of_dice()) {
                simulation world;
                world.dice = dice;
                world.server = outage_of(600s, takes);
                world.calls_each = 50; // The first sweep lasts ten seconds.
                world.now = zero + first;
                world.sweep();
                auto tick = zero + offset;
                for (; tick < zero + 600s; tick += interval)
                    if (tick > world.now) { // A sweep that takes longer than the interval lets some of them go.
                        world.now = tick;
                        world.sweep();
                    }
                INFO(first.count() << ' ' << interval.count() << ' ' << offset.count());
                CHECK(world.sent > 12);
                CHECK(world.sent <= 30);
                most = std::max(most, world.sent);

                const int before = world.lost;
                world.now = std::max(world.now, tick);
                world.sweep();
                CHECK(world.lost == before);
            }
    CHECK(most == 12 + 9 + 8); // What the breaker promises; so the bound is not far from what happens.
}

TEST_CASE("an outage that is shorter than the patience loses no call and is noticed soon when it is over") {
    for (const auto length : {10ms, 1000ms, 5000ms, 20000ms, 60000ms, 119000ms})
        for (const auto& dice : all_sorts_of_dice()) {
            simulation world;
            world.dice = dice;
            world.server = outage_of(length, [] { return 10ms; });
            world.now = zero - 1s;
            world.sweep();
            INFO(length.count());
            CHECK(world.lost == 0);
            const auto without = 4s - 1s; // As long as the sweep lasts.
            // The worst case is a probe early in one window and the next one late in the window after it.
            CHECK(world.now - zero <= std::min<milliseconds>(3 * length + 2s, length + 61s) + without + 1s);
        }
}

TEST_CASE("where every second request fails, hardly a call is lost, and the requests stay in proportion") {
    int calls = 0;
    int lost = 0;
    for (unsigned seed = 0; seed < 20; ++seed) {
        simulation world;
        std::mt19937 random(seed);
        world.dice = [&random] { return std::uniform_real_distribution<double>(0, 1)(random); };
        world.server = [&random](time_point) {
            reply answer;
            answer.good = std::bernoulli_distribution(0.5)(random);
            return answer;
        };
        world.calls_each = 100;
        world.sweep();
        calls += 12 * world.calls_each;
        lost += world.lost;
        CHECK(world.sent <= 3 * 12 * world.calls_each + 10);
    }
    INFO(lost);
    CHECK(lost < calls / 1000);
}
