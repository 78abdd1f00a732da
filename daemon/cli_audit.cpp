#include "daemon/cli_audit.hpp"

#include "core/reasons.hpp"
#include "daemon/audit/reading/audit_query.hpp"
#include "daemon/audit/reading/time_words.hpp"
#include "daemon/config/nearest.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

namespace contactd {

namespace {

constexpr auto help_of_audit =
    "Without --event a person sees what changed (assigned, reassigned), what a dry run would change (would_assign,\n"
    "would_reassign), what needs eyes (failed, held, sweeps that did not do all of their work), with --device or "
    "--reason\nalso devices that were left alone (skipped), with --sweep also its begin and end. --json shows every "
    "event.\n\n"
    "TIME is a date (2026-11-24), a date and a time (2026-11-24T18:00), a time of today (18:00), \"today\", "
    "\"yesterday\" or\nan age (30m, 2h, 3d). Times are local, shown ones too, unless they end with Z or an offset "
    "(+01:00) or --utc is given.\n\n"
    "An option may be given several times; then it is enough to meet one of them. Rotated files are read as well.";

std::string not_known(const std::string& name, const std::vector<std::string_view>& known, std::string_view what) {
    if (std::ranges::find(known, name) != known.end())
        return "";
    const auto meant = nearest(name, known);
    return '"' + name + "\" is no " + std::string(what) +
           (meant ? "; did you mean \"" + std::string(*meant) + "\"?" : std::string());
}

std::string event_check(const std::string& name) {
    const auto events = audit_events();
    std::vector<std::string_view> known(events.begin(), events.end());
    known.emplace_back("all");
    return not_known(name, known, "event");
}

std::string reason_check(const std::string& name) {
    std::vector<std::string_view> known;
    for (int i = 0; i < core::reason_count; ++i)
        known.push_back(core::to_string(static_cast<core::reason>(i)));
    return not_known(name, known, "reason");
}

std::string time_check(const std::string& words) {
    const auto read = read_time_words(words, {}, time_zone::utc); // Whether it is one does not depend on the moment.
    return read ? "" : read.error();
}

std::string empty_check(const std::string& text) {
    return text.empty() ? "is empty" : "";
}

} // namespace

void add_audit_options(CLI::App& audit, audit_options& into) {
    audit.footer(help_of_audit);
    const auto add_list = [&audit](const char* name, std::vector<std::string>& list, const char* help, const char* type,
                                   std::string (*check)(const std::string&)) {
        audit.add_option(name, list, help)
            ->type_name(type)
            ->allow_extra_args(false)
            ->check(CLI::Validator(check, "", "value"));
    };
    auto* follow = audit.add_flag("--follow,-f", into.follow,
                                  "Go on with what is appended; without --since, begin with the last ten lines");
    audit.add_option("--since", into.since, "Not before this time")
        ->type_name("TIME")
        ->check(CLI::Validator(time_check, "", "time"));
    audit.add_option("--until", into.until, "Before this time")
        ->type_name("TIME")
        ->check(CLI::Validator(time_check, "", "time"))
        ->excludes(follow);
    add_list("--sweep", into.sweeps, "Only this sweep; the beginning of its id is enough", "ID", empty_check);
    add_list("--instance", into.instances, "Only this instance", "NAME", empty_check);
    add_list("--company", into.companies, "Only this company; case does not matter", "ID-or-NAME", empty_check);
    add_list("--device", into.devices, "Only this device; case does not matter", "ID-or-NAME", empty_check);
    add_list("--event", into.events, "Only this event, or \"all\"", "EVENT", event_check);
    add_list("--reason", into.reasons, "Only lines with this reason", "REASON", reason_check);
    audit.add_flag("--json", into.json, "The lines as they stand in the log");
    audit.add_flag("--utc", into.utc, "Times in UTC instead of local time");
    audit.add_option("--file", into.file, "Read this log; then no configuration is needed")
        ->type_name("FILE")
        ->check(CLI::Validator(empty_check, "", "file"));
}

} // namespace contactd
