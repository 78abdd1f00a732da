#include "autotask/api_date.hpp"

#include "core/ascii.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace autotask {
namespace {

using std::chrono::milliseconds;

/// Where each number of "2012-10-24T05:00:00" stands.
struct place {
    std::size_t from;
    std::size_t digits;
};
constexpr std::array<place, 6> places{{{0, 4}, {5, 2}, {8, 2}, {11, 2}, {14, 2}, {17, 2}}};
constexpr std::string_view form = "0000-00-00T00:00:00";

bool has_the_form(std::string_view text) {
    return text.size() >= form.size() &&
           std::ranges::equal(text.substr(0, form.size()), form, [](char is, char wanted) {
               return wanted == '0' ? core::is_ascii_digit(is) : is == wanted;
           });
}

/// The fraction with its point; nothing when there is something else.
std::optional<milliseconds> read_fraction(std::string_view text) {
    if (text.empty())
        return milliseconds{0};
    text.remove_prefix(1);
    if (text.empty() || !std::ranges::all_of(text, core::is_ascii_digit))
        return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < 3; ++i)
        value = value * 10 + (i < text.size() ? text[i] - '0' : 0);
    return milliseconds{value};
}

} // namespace

std::optional<core::wall_time> read_api_date(std::string_view text) {
    if (text.ends_with('Z'))
        text.remove_suffix(1);
    if (!has_the_form(text))
        return std::nullopt;
    std::array<int, places.size()> numbers{};
    for (std::size_t i = 0; i < places.size(); ++i) {
        const char* from = text.data() + places[i].from;
        std::from_chars(from, from + places[i].digits, numbers[i]);
    }
    const auto [year, month, day, hour, minute, second] = numbers;
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    const auto rest = text.substr(form.size());
    const auto fraction = rest.empty() || rest.front() == '.' ? read_fraction(rest) : std::nullopt;
    if (!date.ok() || hour > 23 || minute > 59 || second > 59 || !fraction)
        return std::nullopt;
    return std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
           std::chrono::seconds{second} + *fraction;
}

std::string write_api_date(core::wall_time when) {
    const auto day = std::chrono::floor<std::chrono::days>(when);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{when - day};
    std::array<char, 64> text{};
    const auto size =
        std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                      static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                      static_cast<int>(time.seconds().count()), static_cast<int>(time.subseconds().count()));
    return std::string(text.data(), static_cast<std::size_t>(size));
}

} // namespace autotask
