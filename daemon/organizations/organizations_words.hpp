#pragma once

#include "daemon/config/config.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace contactd {

/// "5 organizations, 3 mapped to a company".
std::string organizations_words(std::int64_t all, std::int64_t mapped);
std::string organizations_words(std::span<const organization_settings> all);

} // namespace contactd
