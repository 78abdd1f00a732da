#include "daemon/commands/commands.hpp"
#include "daemon/commands/one_shot.hpp"

namespace contactd {

/// A plan is a sweep whose changes go to a sink that cannot write. Nothing in this file, or in what it includes, knows
/// of a writer.
exit_status run_plan(const command_context& context) {
    one_shot once(context);
    if (auto ready = once.prepare(); !ready)
        return ready.error();
    const auto dry = [](autotask::session&) -> std::unique_ptr<change_sink> { return std::make_unique<dry_sink>(); };
    const auto report = once.sweep(nullptr, [&dry](const instance&) -> sink_factory { return dry; });
    if (report.status() == exit_status::done && !report.changes.empty())
        return exit_status::pending;
    return report.status();
}

} // namespace contactd
