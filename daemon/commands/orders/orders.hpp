#pragma once

#include "daemon/commands/commands.hpp"

namespace contactd {

// What an operator tells contactd by way of the journal, also beside a running daemon.

exit_status run_pins_list(const command_context& context);
exit_status run_pins_add(const command_context& context);
exit_status run_pins_remove(const command_context& context);
exit_status run_approve(const command_context& context);

} // namespace contactd
