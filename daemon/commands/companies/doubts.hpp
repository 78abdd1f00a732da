#pragma once

#include "daemon/commands/commands.hpp"
#include "daemon/commands/companies/company_directory.hpp"
#include "daemon/organizations/mapping_change.hpp"

#include <span>

namespace contactd {

/// Says of organizations that are to be mapped that their names are surely those of other companies.
void warn_of_doubts(const command_context& context, const company_directory& directory,
                    std::span<const wanted_organization> wanted);

} // namespace contactd
