#pragma once

#include "daemon/config/config.hpp"

#include <span>
#include <string_view>

namespace contactd {

/// The instance of that name, or null.
const instance_settings* find_instance(std::span<const instance_settings> instances, std::string_view name);

} // namespace contactd
