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

/// The longest pause after so many failures.
milliseconds ceiling(int failed, const retry_policy& policy) {
    auto most = std::min(policy.first_pause, policy.longest_pause);
    const int doublings = std::clamp(failed, 1, most_doublings) - 1;
    for (int i = 0; i < doublings; ++i)
        most = most > policy.longest_pause / 2 ? policy.longest_pause : most * 2;
    return most;
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
    auto pause = failure.thread_limit ? policy.thread_pause + part_of(policy.thread_pause, dice)
                                      : part_of(ceiling(so_far.failed, policy), dice);
    pause = std::max(pause, least_pause);
    if (failure.retry_after)
        pause = std::max<milliseconds>(pause, *failure.retry_after);
    return std::min(pause, left);
}

} // namespace autotask
