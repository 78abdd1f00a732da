#include "daemon/config/find_instance.hpp"

#include <algorithm>

namespace contactd {

const instance_settings* find_instance(std::span<const instance_settings> instances, std::string_view name) {
    const auto is_meant = [name](const instance_settings& one) { return one.name.value == name; };
    const auto found = std::ranges::find_if(instances, is_meant);
    return found == instances.end() ? nullptr : &*found;
}

} // namespace contactd
