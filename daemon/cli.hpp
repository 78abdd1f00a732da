#pragma once

#include "daemon/cli_audit.hpp"
#include "daemon/exit_status.hpp"
#include "daemon/sweep/selection.hpp"

#include <expected>
#include <optional>
#include <string>

namespace contactd {

enum class command {
    run,
    sweep,
    plan,
    show_plan,
    apply,
    check,
    pins_list,
    pins_add,
    pins_remove,
    approve,
    explain,
    config_default,
    config_show,
    audit,
    companies_refresh,
    companies_suggest,
    companies_map,
    companies_unmap,
    companies_list,
    companies_import,
    companies_export
};

/// True of the commands by which an operator tells contactd something beside the configuration.
constexpr bool is_an_order(command one) {
    return one == command::pins_list || one == command::pins_add || one == command::pins_remove ||
           one == command::approve;
}

/// True of the commands of `companies`.
constexpr bool is_about_companies(command one) {
    return one >= command::companies_refresh;
}

enum class output_format { text, json, csv, markdown };

/// Where plans are saved, and which one is meant.
struct plan_options {
    std::optional<std::string> save_as; ///< Of plan.
    std::string file;                   ///< Of plan --show and of apply.
};

/// What the commands of `companies` are about.
struct companies_options {
    std::string organization;        ///< Of map and unmap.
    std::string company;             ///< Of map: an id or a name.
    std::optional<std::string> file; ///< Of import and suggest.
    bool save = false;               ///< suggest saves what is sure.
    bool yes = false;                ///< Nobody has to be asked.
    bool unmapped = false;           ///< list shows what is not mapped.
};

/// What `pins` and `approve` are about.
struct orders_options {
    std::string device;                 ///< Of pins: an id or a name.
    std::string note;                   ///< Of pins add.
    std::optional<std::string> company; ///< Of approve: an id or a name.
    bool yes = false;                   ///< Nobody has to be asked.
};

/// What `explain` is about.
struct explain_options {
    std::string device;   ///< An id, a hostname or a title.
    bool offline = false; ///< Only what the journal knows.
};

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
    plan_options plan;
    companies_options companies;
    orders_options orders;
    audit_options audit;
    explain_options explained;
    std::optional<std::string> company; ///< Of config show.
};

/// Reads the command line. The alternative is a status to end with at once; what there is to say has been printed: help
/// and version to standard output, a mistake to standard error.
std::expected<command_line, exit_status> read_command_line(int argc, const char* const* argv);

} // namespace contactd
