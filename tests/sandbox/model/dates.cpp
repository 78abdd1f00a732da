#include "tests/sandbox/model/dates.hpp"

#include <array>
#include <chrono>

#include <fmt/format.h>

namespace sandbox {
namespace {

namespace ch = std::chrono;

/// Reads exactly `digits` decimal digits and moves past them.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
    if (text.size() < digits)
        return std::nullopt;
    int number = 0;
    for (const char c : text.substr(0, digits)) {
        if (c < '0' || c > '9')
            return std::nullopt;
        number = number * 10 + (c - '0');
    }
    text.remove_prefix(digits);
    return number;
}

bool take(std::string_view& text, char expected) {
    if (text.empty() || text.front() != expected)
        return false;
    text.remove_prefix(1);
    return true;
}

/// Hours, minutes, optional seconds and fraction, as milliseconds of the day.
std::optional<std::int64_t> take_clock(std::string_view& text) {
    const auto hour = take_number(text, 2);
    if (!hour || *hour > 23 || !take(text, ':'))
        return std::nullopt;
    const auto minute = take_number(text, 2);
    if (!minute || *minute > 59)
        return std::nullopt;
    std::int64_t result = (*hour * 60 + *minute) * 60'000LL;
    if (!take(text, ':'))
        return result;
    const auto second = take_number(text, 2);
    if (!second || *second > 59)
        return std::nullopt;
    result += *second * 1'000LL;
    if (take(text, '.')) {
        int scale = 100;
        std::size_t digits = 0;
        for (; digits < 7 && !text.empty() && text.front() >= '0' && text.front() <= '9'; ++digits) {
            result += (text.front() - '0') * scale;
            scale /= 10;
            text.remove_prefix(1);
        }
        if (digits == 0)
            return std::nullopt;
    }
    return result;
}

} // namespace

std::int64_t to_milliseconds(time_point moment) {
    return ch::floor<ch::milliseconds>(moment).time_since_epoch().count();
}

void append_date(std::string& out, std::int64_t milliseconds) {
    const ch::sys_time<ch::milliseconds> moment{ch::milliseconds{milliseconds}};
    const auto day = ch::floor<ch::days>(moment);
    const ch::year_month_day date{day};
    const ch::hh_mm_ss<ch::milliseconds> clock{moment - day};
    fmt::format_to(std::back_inserter(out), "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                   static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                   clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

std::optional<std::int64_t> parse_date(std::string_view text) {
    const auto year = take_number(text, 4);
    if (!year || !take(text, '-'))
        return std::nullopt;
    const auto month = take_number(text, 2);
    if (!month || !take(text, '-'))
        return std::nullopt;
    const auto day = take_number(text, 2);
    if (!day)
        return std::nullopt;
    const ch::year_month_day date{ch::year{*year}, ch::month{static_cast<unsigned>(*month)},
                                  ch::day{static_cast<unsigned>(*day)}};
    if (!date.ok())
        return std::nullopt;
    std::int64_t result = ch::duration_cast<ch::milliseconds>(ch::sys_days{date}.time_since_epoch()).count();
    if (text.empty())
        return result;
    if (!take(text, 'T') && !take(text, 't') && !take(text, ' '))
        return std::nullopt;
    const auto clock = take_clock(text);
    if (!clock)
        return std::nullopt;
    result += *clock;
    if (text.empty() || ((take(text, 'Z') || take(text, 'z')) && text.empty()))
        return result;
    const bool ahead = take(text, '+');
    if (!ahead && !take(text, '-'))
        return std::nullopt;
    const auto offset = take_clock(text);
    if (!offset || !text.empty())
        return std::nullopt;
    return ahead ? result - *offset : result + *offset;
}

std::string http_date(time_point moment) {
    static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto second = ch::floor<ch::seconds>(moment);
    const auto day = ch::floor<ch::days>(second);
    const ch::year_month_day date{day};
    const ch::hh_mm_ss<ch::seconds> clock{second - day};
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", days[ch::weekday{day}.c_encoding()],
                       static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                       static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
                       clock.seconds().count());
}

} // namespace sandbox
