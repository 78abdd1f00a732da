#include "daemon/audit/audit_file.hpp"
#include "daemon/audit/audit_recorder.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/one_shot.hpp"
#include "daemon/sweep/sinks.hpp"
#include "daemon/timestamp.hpp"

namespace contactd {

exit_status run_sweep(const command_context& context) {
    one_shot once(context);
    if (auto ready = once.prepare(); !ready)
        return ready.error();
    auto file = audit_file::open(context.settings.daemon.audit_log.value);
    if (!file) {
        context.messages.error(file.error());
        return exit_status::failed;
    }
    skip_memory skips;
    const auto complain = [&context](const std::string& sentence) { context.messages.error(sentence); };
    audit_recorder recorder(**file, once.time(), sweep_id(once.time().wall(), once.dice()()), skips, complain);
    const auto report = once.sweep(&recorder, [&](const instance& one) {
        return writing_sink(one, context.line.dry_run, once.executor(), once.stop(), recorder);
    });
    return recorder.broken() ? exit_status::failed : report.status();
}

} // namespace contactd
