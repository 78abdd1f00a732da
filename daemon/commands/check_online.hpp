#pragma once

#include "daemon/commands/commands.hpp"

namespace contactd {

/// Asks every instance what a sweep depends on, and prints the answers.
exit_status check_online(const command_context& context);

} // namespace contactd
