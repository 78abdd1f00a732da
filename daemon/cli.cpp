#include "daemon/cli.hpp"

#include "daemon/cli_orders.hpp"
#include "daemon/config/nearest.hpp"
#include "daemon/log.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <iostream>
#include <span>
#include <vector>

namespace contactd {
namespace {

constexpr auto description = "Keeps the contact of Autotask configuration items right: the person who last logged in.";

constexpr auto exit_statuses = "Exit status: 0 done (plan: nothing to change), 1 something failed, 2 plan: changes are "
                               "pending,\n3 the brake held a company, 64 wrong usage, 78 the configuration is wrong.";

std::string log_level_check(const std::string& level) {
    return is_log_level(level) ? "" : '"' + level + "\" is none of trace, debug, info, warn, error";
}

std::string company_check(const std::string& company) {
    return company.empty() ? "is empty" : "";
}

std::string file_check(const std::string& file) {
    return file.empty() ? "is empty" : "";
}

std::string plan_file_check(const std::string& file) {
    return file == "-" ? "\"-\" is no file; --format json prints what is saved" : file_check(file);
}

struct named_format {
    std::string_view name;
    output_format format;
};

constexpr std::array formats{named_format{"text", output_format::text}, named_format{"json", output_format::json},
                             named_format{"csv", output_format::csv}, named_format{"md", output_format::markdown}};
constexpr std::size_t formats_of_reports = 2; ///< The first so many.

/// `count` of the formats are known here.
void add_format(CLI::App& to, command_line& line, std::size_t count) {
    const auto known = std::span(formats).first(count);
    const auto check = [known](const std::string& given) {
        if (std::ranges::find(known, given, &named_format::name) != known.end())
            return std::string();
        return '"' + given +
               (known.size() == formats.size() ? "\" is none of text, json, csv, md" : "\" is neither text nor json");
    };
    to.add_option_function<std::string>(
          "--format",
          [&line, known](const std::string& name) {
              line.format = std::ranges::find(known, name, &named_format::name)->format;
          },
          "What standard output gets")
        ->type_name(count == formats.size() ? "text|json|csv|md" : "text|json")
        ->check(CLI::Validator(check, "", "format"));
}

std::string number_check(const std::string& number) {
    constexpr std::size_t longest = 18; // Every number of so many digits fits.
    const bool digits =
        !number.empty() && number.size() <= longest && number.find_first_not_of("0123456789") == std::string::npos;
    return digits ? "" : '"' + number + "\" is no whole number from 0 on";
}

void add_instance_option(CLI::App& to, command_line& line) {
    to.add_option("--instance", line.chosen.instances, "Only this instance (repeatable)")
        ->type_name("NAME")
        ->allow_extra_args(false);
}

/// What sweep, plan and apply share.
void add_selection(CLI::App& to, command_line& line) {
    add_instance_option(to, line);
    to.add_option("--company", line.chosen.companies, "Only this company (repeatable)")
        ->type_name("ID-or-NAME")
        ->allow_extra_args(false)
        ->check(CLI::Validator(company_check, "", "company"));
    to.add_option_function<std::int64_t>(
          "--device", [&line](const std::int64_t& id) { line.chosen.device = core::device_id{id}; },
          "Only this configuration item")
        ->type_name("ID")
        ->check(CLI::Validator(number_check, "", "number"));
    to.add_option("--limit", line.chosen.most_changes, "At most so many changes")
        ->type_name("N")
        ->check(CLI::Validator(number_check, "", "number"));
    to.add_option("--trace", line.trace_file,
                  "Draw every request into this file, for https://ui.perfetto.dev or chrome://tracing")
        ->type_name("FILE")
        ->check(CLI::Validator(file_check, "", "file"));
}

void add_plan(CLI::App& plan, command_line& line) {
    add_selection(plan, line);
    plan.add_option("-o,--output", line.plan.save_as, "Also save the plan in this file, for apply")
        ->type_name("FILE")
        ->check(CLI::Validator(plan_file_check, "", "file"));
    const auto others = plan.get_options([](const CLI::Option* one) { return one->get_name() != "--help"; });
    auto* show = plan.add_option("--show", line.plan.file, "Look at a saved plan instead of making one");
    show->type_name("FILE")->check(CLI::Validator(file_check, "", "file"));
    for (auto* one : others)
        show->excludes(one);
    add_format(plan, line, formats.size());
    plan.callback([&line, show] { line.what = show->empty() ? command::plan : command::show_plan; });
}

void add_apply(CLI::App& apply, command_line& line) {
    apply.add_option("FILE", line.plan.file, "What plan -o has saved")
        ->required()
        ->type_name("")
        ->check(CLI::Validator(file_check, "", "file"));
    add_selection(apply, line);
    add_format(apply, line, formats_of_reports);
    apply.add_flag("--dry-run", line.dry_run, "Only look which changes still hold");
}

std::string name_check(const std::string& name) {
    return name.find_first_not_of(" \t") == std::string::npos ? "is empty" : "";
}

void add_explain(CLI::App& to, command_line& line) {
    to.add_option("DEVICE", line.explained.device, "Its id, or its hostname or title")
        ->required()
        ->check(CLI::Validator(name_check, "", "device"));
    add_instance_option(to, line);
    to.add_flag("--offline", line.explained.offline, "Only what contactd remembers; asks nobody");
    add_format(to, line, formats_of_reports);
}

/// The commands of `companies`.
void add_companies(CLI::App& app, command_line& line) {
    auto* companies = app.add_subcommand("companies", "Your clients and the companies they are in Autotask");
    companies->require_subcommand(1);
    companies->fallthrough();
    companies->footer(
        "They change nothing but the file organizations.toml beside the configuration, show the difference "
        "first,\nand ask on a terminal; elsewhere nothing is saved without --yes.");
    const auto add = [companies, &line](const char* name, const char* help, command what) {
        auto* sub = companies->add_subcommand(name, help);
        sub->callback([&line, what] { line.what = what; });
        sub->fallthrough();
        add_instance_option(*sub, line);
        return sub;
    };
    auto& options = line.companies;
    const auto add_yes = [&options](CLI::App& to) { to.add_flag("--yes", options.yes, "Save without asking"); };
    const auto add_organization = [&options](CLI::App& to) {
        to.add_option("ORG", options.organization, "Your name of the client")
            ->required()
            ->check(CLI::Validator(name_check, "", "organization"));
    };
    add("refresh", "Reads the companies again: how many each condition of the filter removes, what has changed",
        command::companies_refresh);
    auto* suggest = add("suggest", "Proposes companies for organizations by name and web address; changes nothing",
                        command::companies_suggest);
    suggest
        ->add_option("FILE.csv,--organizations", options.file,
                     "A list as CSV: name and, if known, domain, tags, company_id")
        ->type_name("FILE.csv")
        ->check(CLI::Validator(file_check, "", "file"));
    auto* save = suggest->add_flag("--save", options.save, "Save those that are sure");
    suggest->add_flag("--yes", options.yes, "Save without asking")->needs(save);
    auto* map = add("map", "Maps an organization, which may be new, to a company", command::companies_map);
    add_organization(*map);
    map->add_option("COMPANY", options.company, "Its id or name in Autotask")
        ->required()
        ->check(CLI::Validator(name_check, "", "company"));
    add_yes(*map);
    auto* unmap =
        add("unmap", "The organization is no company any more; its other settings stay", command::companies_unmap);
    add_organization(*unmap);
    add_yes(*unmap);
    auto* list = add("list", "The organizations", command::companies_list);
    list->add_flag("--unmapped", options.unmapped, "Companies and organizations that are not mapped");
    auto* import = add("import", "Saves the organizations of a list", command::companies_import);
    import
        ->add_option("FILE.csv", options.file,
                     "The columns name and, if known, company_id, instance, domain, tags, enabled")
        ->required()
        ->check(CLI::Validator(file_check, "", "file"));
    add_yes(*import);
    add("export", "The organizations as CSV, as import reads them", command::companies_export);
}

/// The names of all commands, also of those within others.
void add_names(const CLI::App& of, std::vector<std::string>& to) {
    for (const auto* one : of.get_subcommands([](const CLI::App*) { return true; })) {
        to.push_back(one->get_name());
        add_names(*one, to);
    }
}

/// CLI11 speaks of a missing command where an unknown one was given.
std::string mistake(const CLI::App& app, const CLI::ParseError& stopped) {
    const auto left_over = app.remaining(true);
    if (left_over.empty())
        return stopped.what();
    if (left_over.front().starts_with('-'))
        return left_over.front() + " is no option here";
    std::vector<std::string> names;
    add_names(app, names);
    const std::vector<std::string_view> commands(names.begin(), names.end());
    const auto meant = nearest(left_over.front(), commands);
    return '"' + left_over.front() + "\" is no command" +
           (meant ? "; did you mean \"" + std::string(*meant) + "\"?" : std::string());
}

} // namespace

std::expected<command_line, exit_status> read_command_line(int argc, const char* const* argv) {
    command_line line;
    CLI::App app(description, "contactd");
    app.footer(exit_statuses);
    app.require_subcommand(1);
    app.set_version_flag("--version", "contactd " CONTACTD_VERSION);
    app.add_option("--config", line.config_file, "The configuration")->type_name("FILE")->capture_default_str();
    app.add_option("--log-level", line.log_level, "trace, debug, info, warn or error; overrides the configuration")
        ->type_name("LEVEL")
        ->check(CLI::Validator(log_level_check, "", "log level"));

    const auto add = [&app, &line](const char* name, const char* help, command what) {
        auto* sub = app.add_subcommand(name, help);
        sub->callback([&line, what] { line.what = what; });
        sub->fallthrough(); // --config and --log-level may stand behind the command as well.
        return sub;
    };
    add("run", "The daemon: sweeps on schedule until SIGTERM; SIGHUP reloads, SIGUSR1 sweeps now", command::run);
    auto* sweep = add("sweep", "One sweep now", command::sweep);
    add_selection(*sweep, line);
    add_format(*sweep, line, formats_of_reports);
    sweep->add_flag("--dry-run", line.dry_run, "Write nothing to Autotask");
    auto* plan = add("plan", "What a sweep would do; cannot write", command::plan);
    add_plan(*plan, line);
    auto* apply = add("apply", "Makes the changes of a saved plan where they still hold", command::apply);
    add_apply(*apply, line);
    auto* check = add("check", "Validates the configuration", command::check);
    check->add_flag("--online", line.online, "Also asks every instance: zone, credentials, permissions, API usage");
    add_audit_options(*add("audit", "Shows the audit log: what changed, when, for whom and why", command::audit),
                      line.audit);
    auto* explain = add("explain", "Why the contact of one device is what it is; cannot write", command::explain);
    add_explain(*explain, line);
    auto* config = app.add_subcommand("config", "The configuration as text");
    config->require_subcommand(1);
    config->fallthrough();
    config->add_subcommand("default", "The commented default file")->callback([&line] {
        line.what = command::config_default;
    });
    auto* show = config->add_subcommand("show", "What is in effect, and where each value comes from");
    show->callback([&line] { line.what = command::config_show; });
    show->fallthrough();
    show->add_option("--company", line.company,
                     "What holds for one company: its id, its name or that of its organization")
        ->type_name("ID-or-NAME")
        ->check(CLI::Validator(company_check, "", "company"));
    add_companies(app, line);
    add_orders(app, line);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& stopped) {
        if (stopped.get_exit_code() == 0) {
            app.exit(stopped);
            return std::unexpected(exit_status::done);
        }
        std::cerr << "contactd: " << mistake(app, stopped) << "; see contactd --help\n";
        return std::unexpected(exit_status::usage);
    }
    return line;
}

} // namespace contactd
