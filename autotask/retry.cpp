#include "autotask/retry.hpp"

#include <algorithm>

namespace autotask {

using std::chrono::milliseconds;

bool may_pass(const error& failure) {
    return (failure.kind == error_kind::network || failure.kind == error_kind::throttled) && !failure.maybe_done &&
           !failure.hourly_limit;
}

std::optional<milliseconds> pause_before_retry(const error& failure, const attempts& so_far, const retry_policy& policy,
                                               double dice) {
    if (!may_pass(failure) || so_far.waited >= policy.patience)
        return std::nullopt;

    auto pause = policy.first_pause;
    // The server frees a thread within moments of its answer; everything else deserves growing patience.
    if (!failure.thread_limit)
        for (int i = 1; i < so_far.failed && pause < policy.longest_pause; ++i)
            pause *= 2;
    pause = std::min(pause, policy.longest_pause);
    pause = std::chrono::duration_cast<milliseconds>(pause * (0.5 + dice / 2));
    // Cut off as seconds: a server can ask for more of them than there are milliseconds.
    const auto most = std::chrono::ceil<std::chrono::seconds>(policy.patience);
    if (failure.retry_after)
        pause = std::max<milliseconds>(pause, std::min(*failure.retry_after, most));
    return std::min(pause, policy.patience - so_far.waited);
}

} // namespace autotask
