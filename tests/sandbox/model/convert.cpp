#include "tests/sandbox/model/convert.hpp"

#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "tests/sandbox/model/dates.hpp"
#include "tests/sandbox/model/json_access.hpp"
#include "tests/sandbox/model/text.hpp"

namespace sandbox {
namespace {

std::optional<std::int64_t> integer_of(const boost::json::value& given) {
    if (given.is_int64())
        return given.get_int64();
    if (given.is_uint64() && given.get_uint64() <= std::numeric_limits<std::int64_t>::max())
        return static_cast<std::int64_t>(given.get_uint64());
    if (given.is_double() && std::abs(given.get_double()) < 9e15 &&
        std::trunc(given.get_double()) == given.get_double())
        return static_cast<std::int64_t>(given.get_double());
    if (given.is_bool())
        return given.get_bool() ? 1 : 0;
    if (given.is_string())
        return to_integer(std::string_view{given.get_string()});
    return std::nullopt;
}

std::optional<double> real_of(const boost::json::value& given) {
    if (given.is_double())
        return given.get_double();
    if (given.is_string())
        return to_real(std::string_view{given.get_string()});
    if (const auto whole = integer_of(given))
        return static_cast<double>(*whole);
    return std::nullopt;
}

std::optional<bool> boolean_of(const boost::json::value& given) {
    if (given.is_bool())
        return given.get_bool();
    if (given.is_string()) {
        if (equal_ignoring_case(std::string_view{given.get_string()}, "true"))
            return true;
        if (equal_ignoring_case(std::string_view{given.get_string()}, "false"))
            return false;
    }
    const auto number = integer_of(given);
    if (number && (*number == 0 || *number == 1))
        return *number == 1;
    return std::nullopt;
}

std::optional<value> convert(const boost::json::value& given, field_type type) {
    switch (type) {
    case field_type::integer:
    case field_type::long_integer:
        if (const auto number = integer_of(given))
            return value::integer(*number);
        return std::nullopt;
    case field_type::real:
        if (const auto number = real_of(given))
            return value::real(*number);
        return std::nullopt;
    case field_type::boolean:
        if (const auto flag = boolean_of(given))
            return value::boolean(*flag);
        return std::nullopt;
    case field_type::date:
        if (given.is_string())
            if (const auto moment = parse_date(std::string_view{given.get_string()}))
                return value::integer(*moment);
        return std::nullopt;
    case field_type::text:
        if (given.is_object() || given.is_array())
            return std::nullopt;
        return value::text(scalar_text(given));
    }
    return std::nullopt;
}

} // namespace

std::expected<value, std::string> to_comparable(const boost::json::value& given, const field& column) {
    if (given.is_null())
        return std::unexpected{fmt::format("Value cannot be null for field {}.", column.name)};
    if (auto converted = convert(given, column.type))
        return *std::move(converted);
    const std::string shown = scalar_text(given);
    switch (column.type) {
    case field_type::date:
        return std::unexpected{"Conversion failed when converting date and/or time from character string."};
    case field_type::boolean:
        return std::unexpected{
            fmt::format("Conversion failed when converting the varchar value '{}' to data type bit.", shown)};
    case field_type::real:
        return std::unexpected{"Error converting data type varchar to float."};
    default:
        return std::unexpected{fmt::format("Conversion failed when converting the varchar value '{}' to data type {}.",
                                           shown, column.type == field_type::long_integer ? "bigint" : "int")};
    }
}

std::expected<value, std::string> to_storable(const boost::json::value& given, const field& column) {
    if (given.is_null())
        return value{};
    const bool number = column.type == field_type::integer || column.type == field_type::long_integer;
    if (given.is_string() && given.get_string().empty() && column.type != field_type::text)
        return value{};
    if (number && given.is_bool())
        return std::unexpected{
            fmt::format("Unexpected character encountered while parsing value: {}. Path '{}', line 1.",
                        given.get_bool() ? 't' : 'f', column.name)};
    auto converted = convert(given, column.type);
    if (!converted)
        return std::unexpected{fmt::format(
            "Error converting value {} for field {}.",
            boost::json::value(given).is_string() ? '"' + scalar_text(given) + '"' : scalar_text(given), column.name)};
    if (column.type == field_type::integer && (converted->as_integer() > std::numeric_limits<std::int32_t>::max() ||
                                               converted->as_integer() < std::numeric_limits<std::int32_t>::min()))
        return std::unexpected{fmt::format("JSON integer {} is too large or small for an Int32. Path '{}', line 1.",
                                           converted->as_integer(), column.name)};
    if (column.type == field_type::text && count_characters(converted->as_text()) > column.length)
        return std::unexpected{
            fmt::format("The value of {} is longer than {} characters.", column.name, column.length)};
    return *std::move(converted);
}

} // namespace sandbox
