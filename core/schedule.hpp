#pragma once

#include "core/wall_time.hpp"

#include <chrono>

namespace core {

/// When sweeps are due. Wall time, because a timer that stops while the machine sleeps would miss one.
struct schedule {
    std::chrono::seconds every{};  ///< From the start of one sweep to the start of the next.
    std::chrono::seconds jitter{}; ///< At most this much is added, so that many hosts do not ask at once.

    /// `dice` is a random number in [0, 1).
    wall_time next(wall_time last_start, double dice) const;
};

/// How long to sleep until `due` and look again: never more than a minute, so that a step of the clock or a suspend is
/// noticed. Zero when it is due. A clock that was set back by more than `every` makes it due as well, instead of
/// sleeping through the difference.
std::chrono::milliseconds sleep_before(wall_time now, wall_time last_start, wall_time due);

} // namespace core
