#include "core/reading_steps.hpp"

#include <array>
#include <cstddef>

namespace core {

std::string_view to_string(reading_action what) {
    static constexpr std::array<std::string_view, reading_action_count> names{
        "removed_invisible", "trimmed",       "removed_state", "split",
        "read_at_sign",      "whole_address", "local_account", "stopped"};
    return names[static_cast<std::size_t>(what)];
}

} // namespace core
