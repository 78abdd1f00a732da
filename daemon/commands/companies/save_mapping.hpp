#pragma once

#include "daemon/commands/commands.hpp"
#include "daemon/organizations/mapping_change.hpp"

#include <span>

namespace contactd {

/// Shows what differs, asks on a terminal whether it is to be saved (elsewhere `--yes` has to say so), and writes the
/// file of the organizations, whole or not at all. Nothing is written that contactd would not accept.
exit_status save_mapping(const command_context& context, std::span<const wanted_organization> wanted);

} // namespace contactd
