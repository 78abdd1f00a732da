#include "daemon/program.hpp"

#include "daemon/commands/audit.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/companies/companies.hpp"
#include "daemon/commands/orders/orders.hpp"
#include "daemon/config/config_file.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

namespace contactd {
namespace {

log::style style_for(command what) {
    if (what != command::run)
        return log::style::command;
    if (std::getenv("JOURNAL_STREAM")) // Set by systemd when standard error leads to the journal (systemd.exec(5)).
        return log::style::journal;
    return ::isatty(STDERR_FILENO) ? log::style::command : log::style::service;
}

exit_status run_command(const command_context& context) {
    switch (context.line.what) {
    case command::run:
        return run_daemon(context);
    case command::sweep:
        return run_sweep(context);
    case command::plan:
        return run_plan(context);
    case command::apply:
        return run_apply(context);
    case command::check:
        return run_check(context);
    case command::pins_list:
        return run_pins_list(context);
    case command::pins_add:
        return run_pins_add(context);
    case command::pins_remove:
        return run_pins_remove(context);
    case command::approve:
        return run_approve(context);
    case command::explain:
        return run_explain(context);
    case command::companies_refresh:
        return run_companies_refresh(context);
    case command::companies_suggest:
        return run_companies_suggest(context);
    case command::companies_map:
        return run_companies_map(context);
    case command::companies_unmap:
        return run_companies_unmap(context);
    case command::companies_list:
        return run_companies_list(context);
    case command::companies_import:
        return run_companies_import(context);
    case command::companies_export:
        return run_companies_export(context);
    case command::audit:
        return run_audit(context.line.audit, context.settings.daemon.audit_log.value,
                         context.settings.instances.size() == 1, context.messages);
    case command::show_plan:
    case command::config_show:
    case command::config_default:
        break;
    }
    return context.line.company ? show_company_config(context) : show_config(context.settings);
}

/// A plan never writes, apply refuses to, whoever maps companies knows that some are not mapped yet, an explanation says
/// it where it matters, and the audit log and what operators order are about something else.
bool is_worth_saying(const config_warning& one, command in) {
    if (in == command::audit || is_an_order(in))
        return false;
    if (in == command::explain)
        return one.key != "policy.dry_run" && one.key != "instance.companies";
    if (one.key == "policy.dry_run")
        return in != command::plan && in != command::apply && !is_about_companies(in);
    return one.key != "instance.companies" || !is_about_companies(in);
}

/// What was asked for and could not be printed is not done. Of a closed pipe nobody needs to be told.
exit_status printed(exit_status status, log& messages) {
    errno = 0;
    std::cout.flush();
    if (std::cout)
        return status;
    if (errno != EPIPE)
        messages.error(std::string("writing to standard output: ") + std::strerror(errno != 0 ? errno : EIO));
    return exit_status::failed;
}

} // namespace

exit_status run_program(int argc, const char* const* argv) {
    const auto line = read_command_line(argc, argv);
    if (!line)
        return line.error();
    // Of a command that ends by itself, the report says what happened; the log only adds what went wrong.
    const bool is_daemon = line->what == command::run;
    log messages(style_for(line->what), line->log_level.value_or(is_daemon ? "info" : "warn"));
    if (line->what == command::config_default)
        return printed(print_default_config(), messages);
    if (line->what == command::audit && line->audit.file)
        return run_audit(line->audit, *line->audit.file, false, messages);
    if (line->what == command::show_plan)
        return printed(show_plan(*line, messages), messages);
    const auto variables = process_environment();
    const auto read = read_config(line->config_file, variables);
    if (!read) {
        for (const auto& one : read.error())
            messages.error(one.text());
        return exit_status::config;
    }
    if (is_daemon && !line->log_level)
        messages.set_level(read->settings.daemon.log_level.value);
    for (const auto& one : read->warnings)
        if (is_worth_saying(one, line->what))
            messages.warn(one.text());
    return printed(run_command({*line, read->settings, variables, messages}), messages);
}

} // namespace contactd
