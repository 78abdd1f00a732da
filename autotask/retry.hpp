#pragma once

#include "autotask/error.hpp"

#include <chrono>
#include <optional>

namespace autotask {

/// How often and how patiently a request is sent again.
struct retry_policy {
    std::chrono::milliseconds first_pause{1000};
    std::chrono::milliseconds longest_pause{30000};
    std::chrono::milliseconds patience{120000}; ///< With one request altogether; zero never sends again.
};

/// What is known when a request has failed.
struct attempts {
    int failed = 0;                     ///< How many attempts failed, this one included.
    std::chrono::milliseconds waited{}; ///< For answers that did not help, and in pauses.
};

/// True when the same request may succeed later: a refusal is final, and a write whose answer was lost is never sent
/// again from here: only a read-back can tell whether it has to be. Nor is anything after the hourly limit was met: the
/// window drains in minutes, and refused requests may count as well.
bool may_pass(const error& failure);

/// How long to wait before the request is sent again, or nothing when it must not be. `dice` is a random
/// number in [0, 1): pauses are spread over the second half of their length, so that many requests do not return at
/// once.
std::optional<std::chrono::milliseconds> pause_before_retry(const error& failure, const attempts& so_far,
                                                            const retry_policy& policy, double dice);

} // namespace autotask
