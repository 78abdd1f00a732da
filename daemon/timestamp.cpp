#include "daemon/timestamp.hpp"

#include <fmt/format.h>

namespace contactd {
namespace {

struct parts {
    int year;
    unsigned month, day;
    long hour, minute, second, millisecond;
};

parts split(core::wall_time when) {
    const auto day = std::chrono::floor<std::chrono::days>(when);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(when - day);
    return {static_cast<int>(date.year()),
            static_cast<unsigned>(date.month()),
            static_cast<unsigned>(date.day()),
            time.hours().count(),
            time.minutes().count(),
            time.seconds().count(),
            time.subseconds().count()};
}

} // namespace

std::string timestamp(core::wall_time when) {
    const auto p = split(when);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", p.year, p.month, p.day, p.hour, p.minute, p.second,
                       p.millisecond);
}

std::string minute_words(core::wall_time when) {
    const auto p = split(when);
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02} UTC", p.year, p.month, p.day, p.hour, p.minute);
}

std::string sweep_id(core::wall_time started, double dice) {
    const auto p = split(started);
    return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}.{:03}Z-{:04x}", p.year, p.month, p.day, p.hour, p.minute,
                       p.second, p.millisecond, static_cast<unsigned>(dice * 0x10000));
}

} // namespace contactd
