#pragma once

#include "core/schedule.hpp"

#include <string>

namespace contactd {

/// "2026-11-21T18:45:12.123Z": RFC 3339, UTC, milliseconds.
std::string timestamp(core::wall_time when);

/// "2026-11-21 18:45 UTC", for people.
std::string minute_words(core::wall_time when);

/// "20261121T184512.123Z-1a2b": ids of sweeps sort as the sweeps began. `dice` in [0, 1) tells two apart that began in
/// the same millisecond on two hosts.
std::string sweep_id(core::wall_time started, double dice);

} // namespace contactd
