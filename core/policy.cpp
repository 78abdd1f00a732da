#include "core/policy.hpp"

namespace core {

bool brake_holds(const brake_counts& counts, const policy& limits) {
    if (counts.would_reassign == 0 || counts.would_reassign < limits.brake_minimum)
        return false;
    return static_cast<double>(counts.would_reassign) * 100 >
           limits.brake_percent * static_cast<double>(counts.assigned_devices);
}

} // namespace core
