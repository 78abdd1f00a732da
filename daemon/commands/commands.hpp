#pragma once

#include "daemon/cli.hpp"
#include "daemon/config/config.hpp"
#include "daemon/config/environment.hpp"
#include "daemon/exit_status.hpp"
#include "daemon/log.hpp"

namespace contactd {

/// What every command gets. Owns nothing; lives as long as the command.
struct command_context {
    const command_line& line;
    const config& settings;
    const environment& variables;
    log& messages;
};

exit_status run_daemon(const command_context& context);
exit_status run_sweep(const command_context& context);
exit_status run_plan(const command_context& context);
exit_status run_apply(const command_context& context);
exit_status run_check(const command_context& context);

/// `explain DEVICE`: done when the device was explained.
exit_status run_explain(const command_context& context);

/// `plan --show`: a saved plan, without a configuration or a network.
exit_status show_plan(const command_line& line, log& messages);

/// `config show`. The other half, `config default`, needs no configuration.
exit_status show_config(const config& settings);

/// `config show --company X`: what holds for one company, and why it is swept or not.
exit_status show_company_config(const command_context& context);
exit_status print_default_config();

} // namespace contactd
