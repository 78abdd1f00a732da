#pragma once

#include "core/wall_time.hpp"

#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace contactd {

/// How people are shown a time, and what a time without a zone means.
enum class time_zone { local, utc };

/// The time that people mean by "2026-11-24", "2026-11-24T18:00", "2026-11-24 18:00:05.250", each also with "Z" or an
/// offset such as "+01:00" behind a time of day, by "18:00" of today, by "today" and "yesterday", which begin at
/// midnight, and by an age such as "2h", "3d" or "1h30m". The error is a sentence without a full stop.
std::expected<core::wall_time, std::string> read_time_words(std::string_view text, core::wall_time now, time_zone zone);

/// The time in a line of the log: RFC 3339, as timestamp() writes it, but any offset and number of digits is good.
std::optional<core::wall_time> read_timestamp(std::string_view text);

/// "2026-11-24 18:45:12" in local time, "2026-11-24 18:45:12Z" in UTC.
std::string time_words(core::wall_time when, time_zone zone);

} // namespace contactd
