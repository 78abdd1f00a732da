#pragma once

#include "daemon/journal/sweep_recorder.hpp"
#include "daemon/sweep/instance.hpp"
#include "daemon/sweep/sweep_context.hpp"

namespace contactd {

/// The sink of a real sweep for one instance: it writes, unless `dry_run` or the policies of all its
/// companies forbid it.
/// While the recorder is broken nothing is written. Everything passed by reference outlives the sweep.
sink_factory writing_sink(const instance& subject, bool dry_run, const boost::asio::any_io_executor& on,
                          autotask::stop_signal& stop, sweep_recorder& recorder);

} // namespace contactd
