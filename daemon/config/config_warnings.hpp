#pragma once

#include "daemon/config/config.hpp"
#include "daemon/config/config_message.hpp"

#include <vector>

namespace contactd {

/// What is probably not meant in a configuration that can be used.
std::vector<config_warning> warnings_about(const config& settings);

} // namespace contactd
