#include "core/ascii.hpp"
#include "daemon/config/nearest.hpp"
#include "daemon/config/read_sections.hpp"
#include "daemon/config/read_values.hpp"
#include "daemon/config/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace contactd {

namespace {

using autotask::filter_op;

// Source: Autotask developer help, "REST thresholds and limits": each value of a list is an alternative.
constexpr std::size_t most_values = 500;

const char* const example = "Write it like { field = \"companyType\", op = \"eq\", value = \"Customer\" }.";

bool takes_no_value(filter_op op) {
    return op == filter_op::exist || op == filter_op::not_exist;
}

bool takes_several(filter_op op) {
    return op == filter_op::in || op == filter_op::not_in;
}

// What people write who know other languages.
struct foreign_operator {
    std::string_view word;
    std::string_view meant;
};

constexpr foreign_operator foreign_operators[] = {{"=", "eq"},
                                                  {"==", "eq"},
                                                  {"equals", "eq"},
                                                  {"!=", "noteq"},
                                                  {"<>", "noteq"},
                                                  {"ne", "noteq"},
                                                  {">", "gt"},
                                                  {">=", "gte"},
                                                  {"<", "lt"},
                                                  {"<=", "lte"},
                                                  {"ge", "gte"},
                                                  {"le", "lte"},
                                                  {"startsWith", "beginsWith"}};

std::optional<std::string_view> meant_operator(std::string_view word) {
    for (const foreign_operator& each : foreign_operators)
        if (each.word == word)
            return each.meant;
    return nearest(word, autotask::filter_op_names());
}

std::optional<std::string> read_field(const section& from, bool user_defined) {
    const toml_node* found = from.find("field");
    if (found == nullptr) {
        from.complain(from.table(), "field", {"This condition names no field.", example});
        return std::nullopt;
    }
    if (found->kind != toml_kind::text) {
        from.complain_kind(*found, "field", "the name of a field in quotes");
        return std::nullopt;
    }
    const auto is_plain = [](char c) { return core::is_ascii_letter(c) || core::is_ascii_digit(c); };
    const bool plain = std::all_of(found->text.begin(), found->text.end(), is_plain);
    if (found->text.empty() || check_plain_name(found->text) || (!plain && !user_defined)) {
        from.complain(*found, "field",
                      {fmt::format("\"{}\" cannot be the name of a field.", shown(found->text)),
                       "Use the name of the API, such as \"companyType\"; for a user-defined field, add udf = true."});
        return std::nullopt;
    }
    return found->text;
}

std::optional<filter_op> read_op(const section& from) {
    const toml_node* found = from.find("op");
    if (found == nullptr) {
        from.complain(from.table(), "op", {"This condition has no operator.", example});
        return std::nullopt;
    }
    if (found->kind != toml_kind::text) {
        from.complain_kind(*found, "op", "an operator in quotes, such as \"eq\"");
        return std::nullopt;
    }
    if (const auto op = autotask::parse_filter_op(found->text))
        return op;
    fault unknown{fmt::format("\"{}\" is not an operator.", shown(found->text)), {}};
    if (const auto meant = meant_operator(found->text))
        unknown.remedy = fmt::format("Did you mean \"{}\"? ", *meant);
    unknown.remedy += fmt::format("The operators are {}.", listed(autotask::filter_op_names()));
    from.complain(*found, "op", std::move(unknown));
    return std::nullopt;
}

std::optional<autotask::filter_value> read_value(const section& from, const toml_node& value) {
    switch (value.kind) {
    case toml_kind::text:
        return value.text;
    case toml_kind::integer:
        return value.integer;
    case toml_kind::boolean:
        return value.boolean;
    case toml_kind::number:
        if (std::isfinite(value.number))
            return value.number;
        from.complain(value, "value", {"This number is not finite.", "Write an ordinary one."});
        return std::nullopt;
    case toml_kind::date_or_time:
        from.complain_kind(value, "value", "a text in quotes, such as \"2026-01-31T00:00:00Z\"");
        return std::nullopt;
    case toml_kind::array:
    case toml_kind::table:
        break;
    }
    from.complain_kind(value, "value", "a text in quotes, a number, true or false");
    return std::nullopt;
}

// True when the values of the condition could be read.
bool read_values(const section& from, autotask::condition& into) {
    const toml_node* found = from.find("value");
    const std::string_view op = autotask::to_string(into.op);
    if (takes_no_value(into.op)) {
        if (found != nullptr)
            from.complain(*found, "value", {fmt::format("The operator \"{}\" takes no value.", op), "Remove it."});
        return found == nullptr;
    }
    if (found == nullptr) {
        from.complain(from.table(), "value", {fmt::format("The operator \"{}\" needs a value.", op), example});
        return false;
    }
    if (!takes_several(into.op)) {
        if (found->kind == toml_kind::array) {
            from.complain(*found, "value",
                          {fmt::format("The operator \"{}\" takes one value, not an array.", op),
                           "Write one value without brackets, or use \"in\" or \"notIn\"."});
            return false;
        }
        auto value = read_value(from, *found);
        if (value)
            into.values.push_back(std::move(*value));
        return value.has_value();
    }
    if (found->kind != toml_kind::array || found->children.empty()) {
        from.complain(*found, "value",
                      {fmt::format("The operator \"{}\" takes an array of at least one value.", op),
                       "Write it like value = [1, 2]."});
        return false;
    }
    if (found->children.size() > most_values) {
        from.complain(*found, "value",
                      {fmt::format("This list has {} values, and Autotask takes {} in a query.", found->children.size(),
                                   most_values),
                       "Find a condition that says the same with fewer."});
        return false;
    }
    bool sound = true;
    for (const toml_node& item : found->children) {
        auto value = read_value(from, item);
        sound = sound && value.has_value();
        if (value)
            into.values.push_back(std::move(*value));
    }
    return sound;
}

std::optional<autotask::condition> read_condition(const section& from) {
    from.check_keys();
    autotask::condition result;
    setting<bool> user_defined;
    read_flag(from, "udf", user_defined);
    result.user_defined = user_defined.value;
    auto field = read_field(from, result.user_defined);
    const auto op = read_op(from);
    if (!op)
        return std::nullopt;
    result.op = *op;
    if (!read_values(from, result) || !field)
        return std::nullopt;
    result.field = std::move(*field);
    return result;
}

} // namespace

void read_conditions(const section& from, std::string_view key, setting<std::vector<autotask::condition>>& into) {
    const toml_node* found = from.find(key);
    if (found == nullptr)
        return;
    if (found->kind != toml_kind::array) {
        from.complain(*found, key,
                      {fmt::format("This is {}, but must be an array of conditions.", kind_in_words(found->kind)),
                       "Write it like [ { field = \"companyType\", op = \"eq\", value = \"Customer\" } ]."});
        return;
    }
    setting<std::vector<autotask::condition>> read;
    read.origin = from.origin_of(*found);
    bool sound = true;
    for (const toml_node& item : found->children) {
        if (item.kind != toml_kind::table) {
            from.complain(item, key, {fmt::format("One of the conditions is {}.", kind_in_words(item.kind)), example});
            sound = false;
            continue;
        }
        auto condition = read_condition(from.item(item, key, section_kind::condition, "a condition"));
        sound = sound && condition.has_value();
        if (condition)
            read.value.push_back(std::move(*condition));
    }
    if (sound)
        into = std::move(read);
}

} // namespace contactd
