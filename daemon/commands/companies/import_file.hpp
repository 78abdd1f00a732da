#pragma once

#include "daemon/commands/commands.hpp"
#include "daemon/organizations/import_table.hpp"

#include <optional>
#include <string>

namespace contactd {

/// Reads a list of organizations. What is wrong with it has been said when there is none; columns in which nothing was
/// looked for are named.
std::optional<imported_table> read_import_file(const command_context& context, const std::string& path);

} // namespace contactd
