// Lines with the headers Retry-After and Date of an answer.

#include "autotask/retry_after.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/require.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <string>

namespace {

using fuzz::require;
using std::chrono::sys_seconds;

constexpr sys_seconds now = std::chrono::sys_days{std::chrono::year{2026} / 3 / 1};
constexpr std::chrono::days a_century{36525};

/// The date in the form that everybody writes today.
std::string written(sys_seconds when) {
    constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(when);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{when - day};
    std::array<char, 80> text{};
    std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
                  days[std::chrono::weekday{day}.c_encoding()], static_cast<unsigned>(date.day()),
                  months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return text.data();
}

void check_date(std::string_view text) {
    const auto read = autotask::read_http_date(text, now);
    if (!read)
        return;
    const bool last_second = *read == sys_seconds{std::chrono::sys_days{std::chrono::year{10000} / 1 / 1}};
    const auto again = written(*read);
    require(last_second || autotask::read_http_date(again, now) == read, "a date can be written and read again");
    const bool leap_second = text.contains(":60");
    require(text.size() != again.size() || !text.ends_with("GMT") || !text.substr(3).starts_with(", ") || leap_second ||
                text == again,
            "a date in the usual form is read to the letter");
    const bool two_digits = text.contains('-');
    require(!two_digits || (*read <= now + std::chrono::years{50} + std::chrono::days{1} && *read > now - a_century),
            "a year of two digits is near");
}

void check_wait(std::string_view header, std::string_view date) {
    const auto wait = autotask::read_retry_after(header, date, now);
    if (!wait)
        return;
    require(wait->count() >= 0 && *wait <= autotask::longest_retry_after, "no wait is negative or without end");
    if (header.find_first_not_of("0123456789") != std::string_view::npos) {
        require(autotask::read_http_date(header, now).has_value(), "what is no number is a date");
        return;
    }
    require(autotask::read_retry_after(header, {}, sys_seconds{}) == wait, "a number of seconds needs no clock");
    require(autotask::read_retry_after('0' + std::string(header), date, now) == wait, "a zero in front adds nothing");
    require(wait == autotask::longest_retry_after ||
                autotask::read_retry_after(std::to_string(wait->count()), {}, now) == wait,
            "a number of seconds is what stands there");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto rest = fuzz::text_of(data, size);
    const auto header = fuzz::take_line(rest);
    const auto date = fuzz::take_line(rest);
    check_date(header);
    check_date(date);
    check_wait(header, date);
    return 0;
}
