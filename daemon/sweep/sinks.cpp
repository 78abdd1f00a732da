#include "daemon/sweep/sinks.hpp"

#include "daemon/sweep/write_queue.hpp"

#include <algorithm>

namespace contactd {

sink_factory writing_sink(const instance& subject, bool dry_run, const boost::asio::any_io_executor& on,
                          autotask::stop_signal& stop, sweep_recorder& recorder) {
    // Whether a company is in a dry run is for the sweep to know; here it counts that one of them is not.
    const auto writes = [](const organization_settings& one) { return one.policy && !one.policy->dry_run.value; };
    const bool any_writes =
        !subject.settings.policy.dry_run.value || std::ranges::any_of(subject.clients.organizations, writes);
    if (dry_run || !any_writes)
        return [](autotask::session&) -> std::unique_ptr<change_sink> { return std::make_unique<dry_sink>(); };
    return [on, &stop, &recorder](autotask::session& session) -> std::unique_ptr<change_sink> {
        return std::make_unique<write_queue>(on, session, stop, recorder);
    };
}

} // namespace contactd
