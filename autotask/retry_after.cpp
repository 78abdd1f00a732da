#include "autotask/retry_after.hpp"

#include "core/ascii.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace autotask {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

using day_names = std::array<std::string_view, 7>;
constexpr day_names short_days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr day_names long_days{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// A date of two digits is at most this far ahead, or else it is past.
constexpr std::chrono::years furthest_ahead{50};

/// Takes a text apart from its front. The first piece that is not there spoils the rest.
class pieces {
public:
    explicit pieces(std::string_view text) : rest_(text) {}

    void literal(std::string_view text) {
        good_ = good_ && rest_.starts_with(text);
        if (good_)
            rest_.remove_prefix(text.size());
    }

    int number(std::size_t digits) {
        good_ = good_ && rest_.size() >= digits && std::ranges::all_of(rest_.substr(0, digits), core::is_ascii_digit);
        int value = 0;
        if (!good_)
            return value;
        for (const char c : rest_.substr(0, digits))
            value = value * 10 + (c - '0');
        rest_.remove_prefix(digits);
        return value;
    }

    /// Two digits, or a blank and one.
    int padded_number() {
        if (!rest_.starts_with(' '))
            return number(2);
        rest_.remove_prefix(1);
        return number(1);
    }

    template <std::size_t N>
    unsigned name(const std::array<std::string_view, N>& names) {
        const auto found = std::ranges::find_if(names, [this](auto one) { return rest_.starts_with(one); });
        good_ = good_ && found != names.end();
        if (!good_)
            return 0;
        rest_.remove_prefix(found->size());
        return static_cast<unsigned>(found - names.begin());
    }

    seconds time_of_day() {
        const std::chrono::hours hour{number(2)};
        literal(":");
        const std::chrono::minutes minute{number(2)};
        literal(":");
        const seconds second{number(2)};
        // The sixtieth is a leap second.
        good_ = good_ && hour.count() < 24 && minute.count() < 60 && second.count() <= 60;
        return hour + minute + second;
    }

    bool all() const { return good_ && rest_.empty(); }

private:
    std::string_view rest_;
    bool good_ = true;
};

struct date {
    unsigned weekday = 0; ///< From Sunday.
    unsigned month = 0;   ///< From January, which is 0.
    int day = 0;
    int year = 0;
    seconds time{};

    std::optional<sys_seconds> point() const {
        const std::chrono::year_month_day ymd{std::chrono::year{year}, std::chrono::month{month + 1},
                                              std::chrono::day{static_cast<unsigned>(day)}};
        if (!ymd.ok() || std::chrono::weekday{ymd} != std::chrono::weekday{weekday})
            return std::nullopt;
        return std::chrono::sys_days{ymd} + time;
    }
};

/// "Sun, 06 Nov 1994 08:49:37 GMT", as everybody writes it today.
std::optional<date> imf_fixdate(std::string_view text) {
    pieces from(text);
    date read;
    read.weekday = from.name(short_days);
    from.literal(", ");
    read.day = from.number(2);
    from.literal(" ");
    read.month = from.name(months);
    from.literal(" ");
    read.year = from.number(4);
    from.literal(" ");
    read.time = from.time_of_day();
    from.literal(" GMT");
    return from.all() ? std::optional(read) : std::nullopt;
}

/// "Sunday, 06-Nov-94 08:49:37 GMT"; its year is 94.
std::optional<date> rfc850_date(std::string_view text) {
    pieces from(text);
    date read;
    read.weekday = from.name(long_days);
    from.literal(", ");
    read.day = from.number(2);
    from.literal("-");
    read.month = from.name(months);
    from.literal("-");
    read.year = from.number(2);
    from.literal(" ");
    read.time = from.time_of_day();
    from.literal(" GMT");
    return from.all() ? std::optional(read) : std::nullopt;
}

/// "Sun Nov  6 08:49:37 1994", as the function asctime() of C writes it.
std::optional<date> asctime_date(std::string_view text) {
    pieces from(text);
    date read;
    read.weekday = from.name(short_days);
    from.literal(" ");
    read.month = from.name(months);
    from.literal(" ");
    read.day = from.padded_number();
    from.literal(" ");
    read.time = from.time_of_day();
    from.literal(" ");
    read.year = from.number(4);
    return from.all() ? std::optional(read) : std::nullopt;
}

/// The year with these last two digits of which the date is closest to now.
std::optional<sys_seconds> in_the_right_century(date read, sys_seconds now) {
    const std::chrono::year_month_day today{std::chrono::floor<std::chrono::days>(now)};
    const int this_century = static_cast<int>(today.year()) / 100 * 100;
    const int last_digits = read.year;
    for (const int century : {this_century + 100, this_century, this_century - 100}) {
        read.year = century + last_digits;
        const std::chrono::year_month_day first{std::chrono::year{read.year}, std::chrono::month{read.month + 1},
                                                std::chrono::day{1}};
        const auto roughly = std::chrono::sys_days{first} + std::chrono::days{read.day - 1} + read.time;
        if (roughly <= now + furthest_ahead)
            return read.point();
    }
    return std::nullopt;
}

} // namespace

std::optional<sys_seconds> read_http_date(std::string_view text, sys_seconds now) {
    if (const auto read = imf_fixdate(text))
        return read->point();
    if (const auto read = rfc850_date(text))
        return in_the_right_century(*read, now);
    if (const auto read = asctime_date(text))
        return read->point();
    return std::nullopt;
}

std::optional<seconds> read_retry_after(std::string_view header, std::string_view date, sys_seconds now) {
    seconds asked{};
    if (!header.empty() && std::ranges::all_of(header, core::is_ascii_digit)) {
        long count = 0;
        const auto failed = std::from_chars(header.data(), header.data() + header.size(), count).ec;
        asked = failed == std::errc{} ? seconds(count) : longest_retry_after; // More than there are numbers.
    } else {
        const auto until = read_http_date(header, now);
        if (!until)
            return std::nullopt;
        asked = *until - read_http_date(date, now).value_or(now);
    }
    return std::clamp(asked, seconds{0}, longest_retry_after);
}

} // namespace autotask
