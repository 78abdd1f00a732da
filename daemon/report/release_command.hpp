#pragma once

#include "core/ids.hpp"

#include <string>

namespace contactd {

/// The command that lets go what the brake holds of a company.
inline std::string release_command(const std::string& instance, core::company_id company) {
    return "contactd approve --instance " + instance + " --company " + std::to_string(company.value);
}

} // namespace contactd
