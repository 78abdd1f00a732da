#pragma once

#include "daemon/config/fault.hpp"

#include <chrono>
#include <expected>
#include <string>
#include <string_view>

namespace contactd {

/// Reads a duration such as "30m", "90s", "1h30m" or "1d": whole numbers, each with one of the units d, h, m and s, the
/// larger unit first and none twice.
std::expected<std::chrono::seconds, fault> parse_duration(std::string_view text);

/// Writes a duration in the form parse_duration() reads, each unit filled before the next smaller one and none that is
/// zero: "1h30m", "2d", "0s". A negative duration counts as none.
std::string format_duration(std::chrono::seconds duration);

} // namespace contactd
