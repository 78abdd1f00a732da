#pragma once

#include "daemon/commands/commands.hpp"
#include "daemon/orders/operator_orders.hpp"

#include <expected>
#include <memory>
#include <string>

namespace contactd {

enum class journal_use { look, change };

/// Opens the journal of the configuration; if that fails, it has been said.
std::expected<std::unique_ptr<operator_orders>, exit_status> open_orders(const command_context& context,
                                                                         journal_use how);

/// Says why something could not be done.
exit_status complain(const command_context& context, const std::string& sentence);

/// The instance the command line names, or the only one there is; empty for all.
std::string chosen_instance(const command_context& context);

/// The time of now, as the journal has it.
core::wall_time wall_now();

} // namespace contactd
