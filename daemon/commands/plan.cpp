#include "daemon/commands/commands.hpp"
#include "daemon/commands/one_shot.hpp"
#include "daemon/plan_file/plan_storage.hpp"
#include "daemon/report/render_plan.hpp"

#include <algorithm>
#include <iostream>
#include <optional>
#include <unistd.h>

namespace contactd {

namespace {

bool is_tty() {
    return ::isatty(STDOUT_FILENO) != 0;
}

exit_status status_of(const sweep_report& report) {
    if (report.status() == exit_status::done && !report.changes.empty())
        return exit_status::pending;
    return report.status();
}

std::vector<planned_database> databases_of(const instance_list& instances) {
    std::vector<planned_database> databases;
    for (const auto& one : instances)
        if (one->zone) // It was let in there.
            databases.push_back({one->settings.name.value, one->zone->url.text(), one->login.username});
    return databases;
}

/// Why the plan would be of no use; nothing as a rule.
std::optional<std::string> why_not_saved(const saved_plan& plan) {
    if (std::ranges::any_of(plan.report.instances, &finished_instance::interrupted))
        return "the plan was stopped before its end, and is not saved";
    for (const auto& one : plan.report.changes)
        if (std::ranges::find(plan.databases, one.instance, &planned_database::instance) == plan.databases.end())
            return "instance " + one.instance + " did not let us in to the end, so that the plan is not saved";
    return std::nullopt;
}

} // namespace

/// A plan is a sweep whose changes go to a sink that cannot write. Nothing in this file, or in what it includes, knows
/// of a writer.
exit_status run_plan(const command_context& context) {
    std::optional<plan_place> place;
    if (const auto& file = context.line.plan.save_as) {
        auto found = plan_place::find(*file);
        if (!found) {
            context.messages.error(found.error());
            return exit_status::failed;
        }
        place = std::move(*found);
    }
    one_shot once(context);
    if (auto ready = once.prepare(); !ready)
        return ready.error();
    saved_plan plan;
    plan.contactd = CONTACTD_VERSION;
    plan.made = once.time().wall();
    const auto dry = [](autotask::session&) -> std::unique_ptr<change_sink> { return std::make_unique<dry_sink>(); };
    plan.report = once.sweep(nullptr, [&dry](const instance&) -> sink_factory { return dry; });
    plan.databases = databases_of(once.instances());
    std::cout << render_plan(plan, context.line.format, is_tty());
    if (!place)
        return status_of(plan.report);
    if (const auto why = why_not_saved(plan)) {
        context.messages.error(*context.line.plan.save_as + ": " + *why);
        return exit_status::failed;
    }
    if (const auto saved = place->save(plan); !saved) {
        context.messages.error(saved.error());
        return exit_status::failed;
    }
    if (context.line.format == output_format::text)
        std::cout << "saved in " << *context.line.plan.save_as << "; contactd apply " << *context.line.plan.save_as
                  << " makes these changes where they still hold\n";
    return status_of(plan.report);
}

exit_status show_plan(const command_line& line, log& messages) {
    const auto stored = load_plan(line.plan.file);
    if (!stored) {
        messages.error(stored.error());
        return exit_status::failed;
    }
    std::cout << (line.format == output_format::json ? stored->text : render_plan(stored->plan, line.format, is_tty()));
    return status_of(stored->plan.report);
}

} // namespace contactd
