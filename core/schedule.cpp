#include "core/schedule.hpp"

#include <algorithm>

namespace core {

wall_time schedule::next(wall_time last_start, double dice) const {
    const std::chrono::duration<double, std::milli> extra = jitter * dice;
    return last_start + every + std::chrono::duration_cast<std::chrono::milliseconds>(extra);
}

std::chrono::milliseconds sleep_before(wall_time now, wall_time last_start, wall_time due) {
    using namespace std::chrono_literals;
    if (now >= due || last_start - now > due - last_start)
        return 0ms;
    return std::min<std::chrono::milliseconds>(due - now, 1min);
}

} // namespace core
