#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tests/sandbox/model/http.hpp"

namespace sandbox {

/// Milliseconds since 1970 in UTC: how a row stores a date.
[[nodiscard]] std::int64_t to_milliseconds(time_point moment);

/// `2012-10-24T05:00:00.000Z`: UTC with three digits of fraction, as the vendor's introduction to REST calls shows.
void append_date(std::string& out, std::int64_t milliseconds);

/// The date alone, or with time, with 0 to 7 digits of fraction, with `Z`, an offset or neither (then UTC).
[[nodiscard]] std::optional<std::int64_t> parse_date(std::string_view text);

/// A date of RFC 9110 (5.6.7), for Retry-After: `Sun, 06 Nov 1994 08:49:37 GMT`.
[[nodiscard]] std::string http_date(time_point moment);

} // namespace sandbox
