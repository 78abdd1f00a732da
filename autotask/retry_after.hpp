#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace autotask {

/// No server stops us for longer than this, whatever it asks for.
constexpr std::chrono::seconds longest_retry_after = std::chrono::minutes{15};

/// How long to wait according to the header Retry-After, in either of its forms: from nothing to `longest_retry_after`;
/// nothing when it is absent or malformed. A point in time is compared with `date`, the header Date of the same
/// answer, so that the difference is by one clock, the server's; without a usable one with `now`, our own wall clock.
/// Source: RFC 9110, section 10.2.3.
std::optional<std::chrono::seconds> read_retry_after(std::string_view header, std::string_view date,
                                                     std::chrono::sys_seconds now);

/// A date of HTTP in one of its three forms, read to the letter; nothing when it is anything else, or a day that the
/// calendar or the week does not have. `now` tells the century of the form with two digits.
/// Source: RFC 9110, section 5.6.7.
std::optional<std::chrono::sys_seconds> read_http_date(std::string_view text, std::chrono::sys_seconds now);

} // namespace autotask
