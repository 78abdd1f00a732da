#include "daemon/config/toml_write.hpp"

#include "core/read_id.hpp"

#include <cstdint>
#include <fmt/format.h>
#include <type_traits>

namespace contactd {

namespace {

template <class Range, class Write>
std::string array_of(const Range& values, Write write) {
    std::string result;
    for (const auto& value : values)
        result.append(result.empty() ? "" : ", ").append(write(value));
    return fmt::format("[{}]", result);
}

std::string id_or_text(const std::string& name) {
    const auto id = core::read_id(name);
    // "007" is a name: as an integer it would read back as another one.
    if (id && std::to_string(*id) == name)
        return name;
    return toml_text(name);
}

// Unlike a setting, a value of a condition keeps its type: 30.0 may not read back as an integer.
std::string with_fraction(double number) {
    std::string result = fmt::format("{}", number);
    if (result.find_first_of(".e") == std::string::npos)
        result += ".0";
    return result;
}

std::string value_text(const autotask::filter_value& value) {
    return std::visit(
        [](const auto& held) -> std::string {
            using type = std::decay_t<decltype(held)>;
            if constexpr (std::is_same_v<type, std::string>)
                return toml_text(held);
            else if constexpr (std::is_same_v<type, double>)
                return with_fraction(held);
            else
                return fmt::format("{}", held);
        },
        value);
}

std::string condition_text(const autotask::condition& condition) {
    using autotask::filter_op;
    std::string result =
        fmt::format("{{ field = {}, op = {}", toml_text(condition.field), toml_text(autotask::to_string(condition.op)));
    if (condition.op == filter_op::in || condition.op == filter_op::not_in)
        result += ", value = " + array_of(condition.values, value_text);
    else if (!condition.values.empty())
        result += ", value = " + value_text(condition.values.front());
    if (condition.user_defined)
        result += ", udf = true";
    return result + " }";
}

} // namespace

std::string toml_text(std::string_view text) {
    std::string result = "\"";
    for (char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            result += fmt::format("\\{}", c);
        else if (byte < 0x20 || byte == 0x7f)
            result += fmt::format("\\u{:04X}", byte);
        else
            result += c;
    }
    return result + "\"";
}

std::string toml_number(double number) {
    return fmt::format("{}", number);
}

std::string toml_array(std::span<const std::string> values) {
    return array_of(values, [](const std::string& value) { return toml_text(value); });
}

std::string toml_ids(std::span<const std::string> values) {
    return array_of(values, id_or_text);
}

std::string toml_conditions(std::span<const autotask::condition> conditions) {
    return array_of(conditions, condition_text);
}

} // namespace contactd
