#include "autotask/json_value.hpp"

#include <charconv>
#include <cmath>
#include <limits>

namespace autotask::json_value {

namespace json = boost::json;

const json::value* member(const json::object& of, std::string_view name) {
    const auto* found = of.if_contains(name);
    return found && !found->is_null() ? found : nullptr;
}

std::optional<std::int64_t> integer(const json::value& from) {
    if (const auto* number = from.if_int64())
        return *number;
    if (const auto* number = from.if_uint64())
        return *number <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())
                   ? std::optional(static_cast<std::int64_t>(*number))
                   : std::nullopt;
    if (const auto* number = from.if_double()) {
        constexpr double exact = 9007199254740992.0; // 2^53: above it not every integer has a double.
        if (std::trunc(*number) == *number && std::abs(*number) <= exact)
            return static_cast<std::int64_t>(*number);
        return std::nullopt;
    }
    if (const auto* text = from.if_string()) {
        std::int64_t number = 0;
        const auto* end = text->data() + text->size();
        const auto [stopped, failed] = std::from_chars(text->data(), end, number);
        if (failed == std::errc{} && stopped == end && !text->empty())
            return number;
    }
    return std::nullopt;
}

std::optional<bool> boolean(const json::value& from) {
    if (const auto* truth = from.if_bool())
        return *truth;
    if (const auto number = integer(from))
        return *number != 0;
    return std::nullopt;
}

} // namespace autotask::json_value
