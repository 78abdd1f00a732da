#include "daemon/config/duration.hpp"

#include "core/ascii.hpp"
#include "daemon/config/words.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdint>

namespace contactd {

namespace {

struct unit {
    char letter;
    std::int64_t seconds;
};

constexpr std::array<unit, 4> units{{{'d', 86400}, {'h', 3600}, {'m', 60}, {'s', 1}}};

// Nine digits of days still fit in 64 bits of seconds, so no sum below can overflow.
constexpr std::size_t most_digits = 9;

fault not_a_duration(std::string_view text) {
    return {fmt::format("\"{}\" is not a duration.", shown(text)),
            "Write whole numbers with the units d, h, m and s, the larger first, such as \"30m\" or \"1h30m\"."};
}

} // namespace

std::expected<std::chrono::seconds, fault> parse_duration(std::string_view text) {
    std::int64_t total = 0;
    std::size_t next_unit = 0;
    std::string_view rest = text;
    if (rest.empty())
        return std::unexpected(not_a_duration(text));
    while (!rest.empty()) {
        std::size_t digits = 0;
        while (digits < rest.size() && core::is_ascii_digit(rest[digits]))
            ++digits;
        if (digits == 0 || digits > most_digits)
            return std::unexpected(not_a_duration(text));
        if (digits == rest.size()) {
            // Only a bare number is surely a forgotten unit; "1h30" is better served by the general sentence.
            if (digits != text.size())
                return std::unexpected(not_a_duration(text));
            return std::unexpected(fault{fmt::format("\"{}\" has no unit.", text),
                                         fmt::format("Write \"{0}s\", \"{0}m\", \"{0}h\" or \"{0}d\".", text)});
        }
        std::int64_t number = 0;
        std::from_chars(rest.data(), rest.data() + digits, number);
        while (next_unit < units.size() && units[next_unit].letter != rest[digits])
            ++next_unit;
        if (next_unit == units.size())
            return std::unexpected(not_a_duration(text));
        total += number * units[next_unit].seconds;
        ++next_unit;
        rest.remove_prefix(digits + 1);
    }
    return std::chrono::seconds(total);
}

std::string format_duration(std::chrono::seconds duration) {
    std::int64_t rest = duration.count();
    std::string text;
    for (const unit& each : units) {
        if (rest >= each.seconds) {
            text += fmt::format("{}{}", rest / each.seconds, each.letter);
            rest %= each.seconds;
        }
    }
    return text.empty() ? "0s" : text;
}

} // namespace contactd
