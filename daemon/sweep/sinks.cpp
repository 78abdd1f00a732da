#include "daemon/sweep/sinks.hpp"

#include "daemon/sweep/may_write.hpp"
#include "daemon/sweep/write_queue.hpp"

namespace contactd {

sink_factory writing_sink(const instance& subject, bool dry_run, const boost::asio::any_io_executor& on,
                          autotask::stop_signal& stop, sweep_recorder& recorder) {
    if (dry_run || !may_write(subject.settings, subject.clients))
        return [](autotask::session&) -> std::unique_ptr<change_sink> { return std::make_unique<dry_sink>(); };
    return [on, &stop, &recorder](autotask::session& session) -> std::unique_ptr<change_sink> {
        return std::make_unique<write_queue>(on, session, stop, recorder);
    };
}

} // namespace contactd
