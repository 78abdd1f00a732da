#include "autotask/retry.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <vector>

namespace {

using autotask::error_kind;
using namespace std::chrono_literals;

constexpr double nearly_one = 0.999999999;

autotask::error failure_of(error_kind kind) {
    autotask::error failure;
    failure.kind = kind;
    return failure;
}

/// All pauses of a request that never succeeds.
std::vector<std::chrono::milliseconds> pauses(const autotask::error& failure, const autotask::retry_policy& policy,
                                              double dice) {
    std::vector<std::chrono::milliseconds> all;
    autotask::attempts so_far;
    while (all.size() < 10000) {
        ++so_far.failed;
        const auto pause = autotask::pause_before_retry(failure, so_far, policy, dice);
        if (!pause)
            break;
        all.push_back(*pause);
        so_far.waited += *pause;
    }
    return all;
}

std::chrono::milliseconds sum(const std::vector<std::chrono::milliseconds>& all) {
    std::chrono::milliseconds total{};
    for (const auto one : all)
        total += one;
    return total;
}

} // namespace

TEST_CASE("only network failures and limits may pass") {
    for (const auto kind : {error_kind::network, error_kind::throttled})
        CHECK(autotask::may_pass(failure_of(kind)));
    for (const auto kind : {error_kind::auth, error_kind::permission, error_kind::business, error_kind::protocol,
                            error_kind::cancelled}) {
        CHECK_FALSE(autotask::may_pass(failure_of(kind)));
        CHECK_FALSE(autotask::pause_before_retry(failure_of(kind), {1, 0ms}, {}, 0.5));
    }
}

TEST_CASE("after the hourly limit was met nothing is sent again") {
    auto failure = failure_of(error_kind::throttled);
    failure.hourly_limit = true;
    CHECK_FALSE(autotask::may_pass(failure));
    CHECK(pauses(failure, {}, 0.5).empty());
}

TEST_CASE("what may have been done is never sent again") {
    for (const auto kind : {error_kind::network, error_kind::throttled}) {
        auto failure = failure_of(kind);
        failure.maybe_done = true;
        CHECK_FALSE(autotask::may_pass(failure));
        CHECK_FALSE(autotask::pause_before_retry(failure, {1, 0ms}, {}, 0));
    }
}

TEST_CASE("pauses double, are spread over their second half and never exceed the longest") {
    const auto highest = pauses(failure_of(error_kind::network), {}, nearly_one);
    CHECK(highest == std::vector{999ms, 1999ms, 3999ms, 7999ms, 15999ms, 29999ms, 29999ms, 29007ms});
    const auto lowest = pauses(failure_of(error_kind::network), {}, 0);
    REQUIRE(lowest.size() > 6);
    CHECK(std::vector(lowest.begin(), lowest.begin() + 6) ==
          std::vector{500ms, 1000ms, 2000ms, 4000ms, 8000ms, 15000ms});
}

TEST_CASE("the pauses of one request use up all patience and never more") {
    for (const double dice : {0.0, 0.25, 0.5, nearly_one})
        for (const auto patience : {1ms, 700ms, 120000ms})
            for (const bool threads : {false, true})
                for (const auto asked : {-1s, 0s, 1s, 45s, 500s}) {
                    auto failure = failure_of(error_kind::throttled);
                    failure.thread_limit = threads;
                    if (asked >= 0s)
                        failure.retry_after = asked;
                    autotask::retry_policy policy;
                    policy.patience = patience;
                    const auto all = pauses(failure, policy, dice);
                    INFO(dice << ' ' << patience.count() << ' ' << asked.count());
                    CHECK(sum(all) == patience);
                    for (const auto one : all)
                        CHECK(one > 0ms);
                }
}

TEST_CASE("without patience nothing is sent again") {
    autotask::retry_policy policy;
    policy.patience = 0ms;
    CHECK(pauses(failure_of(error_kind::network), policy, 0.5).empty());
}

TEST_CASE("a thread limit is asked again at the first pause's pace") {
    auto failure = failure_of(error_kind::throttled);
    failure.thread_limit = true;
    for (int failed = 1; failed < 20; ++failed)
        CHECK(autotask::pause_before_retry(failure, {failed, 0ms}, {}, 0) == 500ms);
}

TEST_CASE("the server's own wish makes a pause longer, never shorter") {
    auto failure = failure_of(error_kind::throttled);
    failure.retry_after = 40s;
    CHECK(autotask::pause_before_retry(failure, {1, 0ms}, {}, 0) == 40000ms);
    failure.retry_after = 0s;
    CHECK(autotask::pause_before_retry(failure, {1, 0ms}, {}, 0) == 500ms);
}

TEST_CASE("a server that asks for ages is asked again when patience ends") {
    auto failure = failure_of(error_kind::throttled);
    failure.retry_after = std::chrono::seconds(std::numeric_limits<long>::max());
    CHECK(autotask::pause_before_retry(failure, {1, 0ms}, {}, 0) == 120000ms);
    CHECK(autotask::pause_before_retry(failure, {2, 119000ms}, {}, 0) == 1000ms);
}

TEST_CASE("after any number of failures a pause can be computed") {
    CHECK(autotask::pause_before_retry(failure_of(error_kind::network), {std::numeric_limits<int>::max(), 0ms}, {},
                                       nearly_one) == 29999ms);
}
