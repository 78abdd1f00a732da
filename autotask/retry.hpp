#pragma once

#include "autotask/error.hpp"

#include <chrono>
#include <optional>

namespace autotask {

/// No two attempts of a request are closer to each other than this, so that no dice make a burst of them.
constexpr std::chrono::milliseconds least_pause{50};

/// How often and how patiently a request is sent again.
struct retry_policy {
    std::chrono::milliseconds first_pause{1000};
    std::chrono::milliseconds longest_pause{30000};
    /// After the thread limit was met, at least this and at most twice as long: the server frees a thread within
    /// moments of its answer. After three refusals in a row it doubles.
    std::chrono::milliseconds thread_pause{1000};
    std::chrono::milliseconds patience{120000}; ///< With one request altogether; zero never sends again.
};

/// What is known when a request has failed.
struct attempts {
    int failed = 0;                                               ///< How many attempts failed, this one included.
    std::chrono::milliseconds waited{};                           ///< For answers that did not help, and in pauses.
    std::optional<std::chrono::steady_clock::time_point> since{}; ///< When the first of them failed.
};

/// True when the same request may succeed later: a refusal is final, and a write whose answer was lost is never sent
/// again from here: only a read-back can tell whether it has to be. Nor is anything after the hourly limit was met: the
/// window drains in minutes, and refused requests may count as well.
bool may_pass(const error& failure);

/// How long to wait before the request is sent again, or nothing when it must not be. `dice` is a random number in
/// [0, 1): a pause falls anywhere between nothing and its length, which doubles from failure to failure, because so
/// many requests that failed together return as far apart as can be. It is never shorter than `least_pause` or than
/// what the server asked for; when the server asks for more than is left of the patience, there is no point in
/// asking it once more. The last pause is cut off where the patience ends.
std::optional<std::chrono::milliseconds> pause_before_retry(const error& failure, const attempts& so_far,
                                                            const retry_policy& policy, double dice);

} // namespace autotask
