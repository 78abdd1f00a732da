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

TEST_CASE("a pause falls anywhere below a length that doubles up to the longest") {
    const auto network = failure_of(error_kind::network);
    CHECK(pauses(network, {}, nearly_one) ==
          std::vector{999ms, 1999ms, 3999ms, 7999ms, 15999ms, 29999ms, 29999ms, 29007ms});
    const auto middle = pauses(network, {}, 0.5);
    REQUIRE(middle.size() > 7);
    CHECK(std::vector(middle.begin(), middle.begin() + 7) ==
          std::vector{500ms, 1000ms, 2000ms, 4000ms, 8000ms, 15000ms, 15000ms});
}

TEST_CASE("no dice make a burst of attempts") {
    for (const auto kind : {error_kind::network, error_kind::throttled})
        for (const int failed : {1, 2, 10})
            CHECK(autotask::pause_before_retry(failure_of(kind), {failed, 0ms}, {}, 0) == autotask::least_pause);
}

TEST_CASE("the pauses of one request use up all patience and never more") {
    for (const double dice : {0.0, 0.25, 0.5, nearly_one})
        for (const auto patience : {1ms, 700ms, 120000ms})
            for (const bool threads : {false, true}) {
                auto failure = failure_of(error_kind::throttled);
                failure.thread_limit = threads;
                autotask::retry_policy policy;
                policy.patience = patience;
                const auto all = pauses(failure, policy, dice);
                INFO(dice << ' ' << patience.count());
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

TEST_CASE("after the thread limit pauses are short, and grow only when somebody else keeps the threads") {
    auto failure = failure_of(error_kind::throttled);
    failure.thread_limit = true;
    const std::chrono::milliseconds shortest[] = {1s, 1s, 1s, 2s, 4s, 8s, 16s, 30s, 30s};
    int failed = 0;
    for (const auto pause : shortest) {
        ++failed;
        CHECK(autotask::pause_before_retry(failure, {failed, 0ms}, {}, 0) == pause);
        CHECK(autotask::pause_before_retry(failure, {failed, 0ms}, {}, nearly_one) == 2 * pause - 1ms);
    }
}

TEST_CASE("the server's own wish makes a pause longer, never shorter") {
    for (const bool threads : {false, true}) {
        auto failure = failure_of(error_kind::throttled);
        failure.thread_limit = threads;
        failure.retry_after = 40s;
        CHECK(autotask::pause_before_retry(failure, {1, 0ms}, {}, 0) == 40000ms);
        CHECK(autotask::pause_before_retry(failure, {1, 80000ms}, {}, 0) == 40000ms);
        failure.retry_after = 0s;
        CHECK(autotask::pause_before_retry(failure, {1, 0ms}, {}, 0.9) == (threads ? 1900ms : 900ms));
    }
}

TEST_CASE("a server that asks for more time than is left is not asked again") {
    auto failure = failure_of(error_kind::throttled);
    failure.retry_after = 120s;
    CHECK(autotask::pause_before_retry(failure, {1, 0ms}, {}, 0) == 120000ms);
    CHECK_FALSE(autotask::pause_before_retry(failure, {1, 1ms}, {}, 0));
    failure.retry_after = 121s;
    CHECK_FALSE(autotask::pause_before_retry(failure, {1, 0ms}, {}, 0));
    failure.retry_after = std::chrono::seconds(std::numeric_limits<long>::max());
    CHECK_FALSE(autotask::pause_before_retry(failure, {1, 0ms}, {}, 0));
}

TEST_CASE("a pause can be computed after any number of failures and from any policy") {
    const auto network = failure_of(error_kind::network);
    const int most = std::numeric_limits<int>::max();
    CHECK(autotask::pause_before_retry(network, {most, 0ms}, {}, nearly_one) == 29999ms);
    CHECK(autotask::pause_before_retry(network, {0, 0ms}, {}, nearly_one) == 999ms);
    CHECK(autotask::pause_before_retry(network, {std::numeric_limits<int>::min(), 0ms}, {}, nearly_one) == 999ms);
    autotask::retry_policy endless;
    endless.longest_pause = endless.patience = std::chrono::milliseconds::max();
    CHECK(autotask::pause_before_retry(network, {most, 0ms}, endless, 0.5) == endless.longest_pause / 2 + 1ms);
    autotask::retry_policy hasty;
    hasty.first_pause = 0ms;
    CHECK(autotask::pause_before_retry(network, {most, 0ms}, hasty, nearly_one) == autotask::least_pause);
    autotask::retry_policy odd; // The first pause is longer than the longest.
    odd.first_pause = 60000ms;
    CHECK(autotask::pause_before_retry(network, {1, 0ms}, odd, nearly_one) == 29999ms);
}
