#pragma once

#include "daemon/exit_status.hpp"
#include "daemon/sweep/instance_sweep.hpp"

#include <expected>
#include <optional>
#include <string>

namespace contactd {

enum class command { run, sweep, plan, check, config_default, config_show };

enum class output_format { text, json };

/// The command line, read.
struct command_line {
    std::string config_file = "/etc/contactd/contactd.toml";
    std::optional<std::string> log_level;
    command what = command::run;
    selection chosen;
    bool dry_run = false;
    bool online = false;
    output_format format = output_format::text;
    std::optional<std::string> trace_file;
};

/// Reads the command line. The alternative is a status to end with at once; what there is to say has been printed: help
/// and version to standard output, a mistake to standard error.
std::expected<command_line, exit_status> read_command_line(int argc, const char* const* argv);

} // namespace contactd
