#include "daemon/explain/explained_device.hpp"

#include <array>

namespace contactd {

std::string_view to_string(sweep_standing how) {
    static constexpr std::array<std::string_view, sweep_standing_count> names{
        "swept", "gone", "inactive", "filtered", "left_out", "settings_wrong", "unreadable"};
    return names[static_cast<std::size_t>(how)];
}

} // namespace contactd
