#include "autotask/retry.hpp"

#include <algorithm>

namespace autotask {

using std::chrono::milliseconds;

namespace {

/// Doubling anything so often exceeds every time there is.
constexpr int most_doublings = 63;

milliseconds part_of(milliseconds whole, double dice) {
    return std::chrono::duration_cast<milliseconds>(whole * dice);
}

/// After so many refusals in a row it is not our own requests that take the threads.
constexpr int refusals_of_our_own = 3;

milliseconds doubled(milliseconds pause, int times, const retry_policy& policy) {
    pause = std::min(pause, policy.longest_pause);
    for (int i = 0; i < std::clamp(times, 0, most_doublings); ++i)
        pause = pause > policy.longest_pause / 2 ? policy.longest_pause : pause * 2;
    return pause;
}

/// Where another integration keeps the threads, asking every second would only take the allowance.
milliseconds thread_pause(int failed, const retry_policy& policy, double dice) {
    const auto pause = doubled(policy.thread_pause, failed - refusals_of_our_own, policy);
    return pause + part_of(pause, dice);
}

} // namespace

bool may_pass(const error& failure) {
    return (failure.kind == error_kind::network || failure.kind == error_kind::throttled) && !failure.maybe_done &&
           !failure.hourly_limit;
}

std::optional<milliseconds> pause_before_retry(const error& failure, const attempts& so_far, const retry_policy& policy,
                                               double dice) {
    if (!may_pass(failure) || so_far.waited >= policy.patience)
        return std::nullopt;
    const auto left = policy.patience - so_far.waited;
    // Compared as seconds: a server can ask for more of them than there are milliseconds.
    if (failure.retry_after > std::chrono::floor<std::chrono::seconds>(left))
        return std::nullopt;
    auto pause = failure.thread_limit ? thread_pause(so_far.failed, policy, dice)
                                      : part_of(doubled(policy.first_pause, so_far.failed - 1, policy), dice);
    pause = std::max(pause, least_pause);
    if (failure.retry_after)
        pause = std::max<milliseconds>(pause, *failure.retry_after);
    return std::min(pause, left);
}

} // namespace autotask
