#include "daemon/commands/commands.hpp"
#include "daemon/commands/one_shot.hpp"
#include "daemon/journal/records.hpp"
#include "daemon/journal/sweep_recorder.hpp"
#include "daemon/report/render.hpp"
#include "daemon/sweep/sinks.hpp"
#include "daemon/timestamp.hpp"

#include <iostream>
#include <unistd.h>

namespace contactd {

exit_status run_sweep(const command_context& context) {
    one_shot once(context);
    if (auto ready = once.prepare(); !ready)
        return ready.error();
    auto kept = records::open(context.settings.daemon, "sweep", once.executor(), once.time(), context.messages);
    if (!kept) {
        context.messages.error(kept.error());
        return exit_status::failed;
    }
    auto& records = **kept;
    const auto complain = [&context](const std::string& sentence) { context.messages.error(sentence); };
    sweep_recorder recorder({records.audit(), records.journal(), once.time(), records.decisions(), complain},
                            sweep_id(once.time().wall(), once.dice()()));
    const auto report = once.sweep(&recorder, [&](const instance& one) {
        return writing_sink(one, context.line.dry_run, once.executor(), once.stop(), recorder);
    });
    std::cout << (context.line.format == output_format::json ? render_json(report)
                                                             : render_text(report, ::isatty(STDOUT_FILENO) != 0));
    return recorder.broken() ? exit_status::failed : report.status();
}

} // namespace contactd
