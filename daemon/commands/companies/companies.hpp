#pragma once

#include "daemon/commands/commands.hpp"

namespace contactd {

// The commands of `companies`. Those that need to know the companies ask the instances, with a handful of requests
// each; the others work with the file alone.

exit_status run_companies_refresh(const command_context& context);
exit_status run_companies_suggest(const command_context& context);
exit_status run_companies_map(const command_context& context);
exit_status run_companies_unmap(const command_context& context);
exit_status run_companies_list(const command_context& context);
exit_status run_companies_import(const command_context& context);
exit_status run_companies_export(const command_context& context);

} // namespace contactd
