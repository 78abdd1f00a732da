#pragma once

#include "core/parking.hpp"

#include <cstdint>
#include <string>

namespace contactd {

/// Why something is left alone for a while, and for how long, in words: "HTTP 500, ...; tried again in 3 sweeps, at the
/// latest at 2026-11-22T18:45:12.123Z". `sweep` is the number of the present one, in which the pause is not over.
std::string parked_words(const std::string& what_the_server_said, const core::growing_pause& pause, std::int64_t sweep);

} // namespace contactd
