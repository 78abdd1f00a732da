#include "daemon/audit/reading/time_words.hpp"

#include "core/ascii.hpp"
#include "daemon/config/duration.hpp"
#include "daemon/config/words.hpp"

#include <ctime>
#include <fmt/format.h>

namespace contactd {

namespace {

using namespace std::chrono_literals;

/// What a text still holds.
class scanner {
public:
    explicit scanner(std::string_view text) : rest_(text) {}

    bool done() const { return rest_.empty(); }

    bool take(char wanted) {
        if (!rest_.starts_with(wanted))
            return false;
        rest_.remove_prefix(1);
        return true;
    }

    bool take_any(std::string_view wanted) {
        if (rest_.empty() || !wanted.contains(rest_.front()))
            return false;
        rest_.remove_prefix(1);
        return true;
    }

    /// Exactly so many digits.
    std::optional<int> number(std::size_t digits) {
        if (rest_.size() < digits)
            return std::nullopt;
        int value = 0;
        for (const char c : rest_.substr(0, digits)) {
            if (!core::is_ascii_digit(c))
                return std::nullopt;
            value = value * 10 + (c - '0');
        }
        rest_.remove_prefix(digits);
        return value;
    }

    /// The digits behind a decimal point, as milliseconds; further ones do not count.
    std::optional<std::chrono::milliseconds> fraction() {
        auto weight = 100;
        auto value = 0;
        auto any = false;
        for (; !rest_.empty() && core::is_ascii_digit(rest_.front()); rest_.remove_prefix(1), weight /= 10, any = true)
            value += weight * (rest_.front() - '0');
        return any ? std::optional(std::chrono::milliseconds{value}) : std::nullopt;
    }

private:
    std::string_view rest_;
};

std::optional<std::chrono::year_month_day> take_date(scanner& from) {
    const auto year = from.number(4);
    if (!year || !from.take('-'))
        return std::nullopt;
    const auto month = from.number(2);
    if (!month || !from.take('-'))
        return std::nullopt;
    const auto day = from.number(2);
    if (!day)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    return date.ok() ? std::optional(date) : std::nullopt;
}

/// "18:00", "18:00:05" or "18:00:05.250".
std::optional<std::chrono::milliseconds> take_time_of_day(scanner& from) {
    const auto hour = from.number(2);
    if (!hour || *hour > 23 || !from.take(':'))
        return std::nullopt;
    const auto minute = from.number(2);
    if (!minute || *minute > 59)
        return std::nullopt;
    std::chrono::milliseconds time = std::chrono::hours{*hour} + std::chrono::minutes{*minute};
    if (!from.take(':'))
        return time;
    const auto second = from.number(2);
    if (!second || *second > 60)
        return std::nullopt;
    time += std::chrono::seconds{*second};
    if (!from.take('.'))
        return time;
    const auto fraction = from.fraction();
    return fraction ? std::optional(time + *fraction) : std::nullopt;
}

/// "Z", "+01:00", "+0100" or "+01": what local time is ahead of UTC.
std::optional<std::chrono::minutes> take_offset(scanner& from) {
    if (from.take_any("Zz"))
        return 0min;
    const bool behind = from.take('-');
    if (!behind && !from.take('+'))
        return std::nullopt;
    const auto hours = from.number(2);
    if (!hours || *hours > 23)
        return std::nullopt;
    std::chrono::minutes offset = std::chrono::hours{*hours};
    const bool colon = from.take(':');
    if (const auto minutes = from.number(2); minutes && *minutes < 60)
        offset += std::chrono::minutes{*minutes};
    else if (minutes || colon)
        return std::nullopt;
    return behind ? -offset : offset;
}

std::tm local_parts(core::wall_time when) {
    const auto seconds =
        static_cast<std::time_t>(std::chrono::floor<std::chrono::seconds>(when).time_since_epoch().count());
    std::tm parts{};
    ::localtime_r(&seconds, &parts);
    return parts;
}

std::chrono::year_month_day date_of(core::wall_time when, time_zone zone) {
    if (zone == time_zone::utc)
        return {std::chrono::floor<std::chrono::days>(when)};
    const auto parts = local_parts(when);
    return {std::chrono::year{parts.tm_year + 1900}, std::chrono::month{static_cast<unsigned>(parts.tm_mon + 1)},
            std::chrono::day{static_cast<unsigned>(parts.tm_mday)}};
}

core::wall_time at(std::chrono::year_month_day date, std::chrono::milliseconds time, time_zone zone) {
    const core::wall_time as_utc = std::chrono::sys_days(date) + time;
    if (zone == time_zone::utc)
        return as_utc;
    const std::chrono::hh_mm_ss split(time);
    std::tm parts{};
    parts.tm_year = static_cast<int>(date.year()) - 1900;
    parts.tm_mon = static_cast<int>(static_cast<unsigned>(date.month())) - 1;
    parts.tm_mday = static_cast<int>(static_cast<unsigned>(date.day()));
    parts.tm_hour = static_cast<int>(split.hours().count());
    parts.tm_min = static_cast<int>(split.minutes().count());
    parts.tm_sec = static_cast<int>(split.seconds().count());
    parts.tm_isdst = -1; // The zone knows.
    return core::wall_time(std::chrono::seconds{::mktime(&parts)}) + split.subseconds();
}

/// A date and, as a rule, a time; no zone means that of the caller, or nothing where there is none.
std::optional<core::wall_time> read_moment(std::string_view text, std::optional<time_zone> zone) {
    scanner from(text);
    const auto date = take_date(from);
    if (!date)
        return std::nullopt;
    if (from.done())
        return zone ? std::optional(at(*date, 0ms, *zone)) : std::nullopt;
    if (!from.take_any("Tt "))
        return std::nullopt;
    const auto time = take_time_of_day(from);
    if (!time)
        return std::nullopt;
    if (from.done())
        return zone ? std::optional(at(*date, *time, *zone)) : std::nullopt;
    const auto offset = take_offset(from);
    if (!offset || !from.done())
        return std::nullopt;
    return at(*date, *time, time_zone::utc) - *offset;
}

} // namespace

std::expected<core::wall_time, std::string> read_time_words(std::string_view text, core::wall_time now,
                                                            time_zone zone) {
    if (const auto moment = read_moment(text, zone))
        return *moment;
    const auto today = date_of(now, zone);
    if (text == "today")
        return at(today, 0ms, zone);
    if (text == "yesterday")
        return at(std::chrono::sys_days(today) - std::chrono::days{1}, 0ms, zone);
    scanner from(text);
    if (const auto time = take_time_of_day(from); time && from.done())
        return at(today, *time, zone);
    // Older than anything that can be told is as old as time.
    if (const auto age = parse_duration(text))
        return *age < now.time_since_epoch() ? now - *age : core::wall_time{};
    return std::unexpected(fmt::format("\"{}\" is no time: write a date (2026-11-24), a date and a time "
                                       "(2026-11-24T18:00, with Z or +01:00 behind it for a zone), a time of today "
                                       "(18:00) or an age (30m, 2h, 3d)",
                                       shown(text)));
}

std::optional<core::wall_time> read_timestamp(std::string_view text) {
    return read_moment(text, std::nullopt);
}

std::string time_words(core::wall_time when, time_zone zone) {
    if (zone == time_zone::local) {
        const auto parts = local_parts(when);
        return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                           parts.tm_hour, parts.tm_min, parts.tm_sec);
    }
    const auto date = date_of(when, zone);
    const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(when) -
                                     std::chrono::floor<std::chrono::days>(when));
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), time.hours().count(),
                       time.minutes().count(), time.seconds().count());
}

} // namespace contactd
