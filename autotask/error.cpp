#include "autotask/error.hpp"

#include <array>

namespace autotask {

std::string_view to_string(error_kind kind) {
    static constexpr std::array<std::string_view, 7> names{"network",  "throttled", "auth",     "permission",
                                                           "business", "protocol",  "cancelled"};
    return names[static_cast<std::size_t>(kind)];
}

std::string error::message() const {
    return doing + " failed: " + said;
}

} // namespace autotask
