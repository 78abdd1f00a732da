#include "core/policy.hpp"

#include <cmath>

namespace core {

bool brake_holds(const brake_counts& counts, const policy& limits) {
    if (counts.would_reassign == 0 || counts.would_reassign < limits.brake_minimum)
        return false;
    // In whole thousandths of a percent: 77 of 11000 is exactly 0.7 %, but not in binary fractions.
    const std::int64_t share = std::llround(limits.brake_percent * 1000);
    return counts.would_reassign * 100'000 > share * counts.assigned_devices;
}

} // namespace core
