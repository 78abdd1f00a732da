#include "daemon/sweep/labels.hpp"

#include "autotask/api_date.hpp"
#include "core/fold.hpp"
#include "daemon/config/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace contactd {
namespace {

using autotask::filter_op;

constexpr std::string_view every_kind = "*";
constexpr std::string_view no_kind = "none";

template <class Number>
std::optional<Number> number_in(const std::string& text) {
    Number number{};
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

bool is_number(const std::string& text) {
    return number_in<std::int64_t>(text).has_value();
}

/// The types of the API's field information. Source: developer help, "REST entityInformation calls".
bool holds_whole_numbers(const autotask::field_info& field) {
    const auto type = core::fold(field.data_type);
    return type == "integer" || type == "long" || type == "short" || type == "byte";
}

bool holds_fractions(const autotask::field_info& field) {
    const auto type = core::fold(field.data_type);
    return type == "double" || type == "decimal";
}

bool holds_truth(const autotask::field_info& field) {
    return core::fold(field.data_type) == "boolean";
}

bool holds_text(const autotask::field_info& field) {
    return core::fold(field.data_type) == "string";
}

bool holds_date(const autotask::field_info& field) {
    return core::fold(field.data_type) == "datetime";
}

/// A day, or a moment as the API writes it.
bool is_date(const std::string& text) {
    return autotask::read_api_date(text).has_value() || autotask::read_api_date(text + "T00:00:00Z").has_value();
}

std::string meant_words(std::string_view name, std::span<const std::string_view> known) {
    const auto meant = nearest(name, known);
    return meant ? "; did you mean \"" + std::string(*meant) + "\"?" : std::string();
}

std::string meant_field(std::string_view name, std::span<const autotask::field_info> fields) {
    std::vector<std::string_view> known;
    for (const auto& one : fields)
        known.push_back(one.name);
    return meant_words(name, known);
}

/// The error of a label that is none, with the nearest one.
std::string no_label(const std::string& error, const std::string& label,
                     std::span<const autotask::picklist_value> values) {
    std::vector<std::string_view> known;
    for (const auto& one : values) {
        if (core::fold(one.label) == core::fold(label))
            return error; // It is one, of several values.
        known.push_back(one.label);
    }
    return error + meant_words(label, known);
}

std::expected<std::int64_t, std::string> resolve(const autotask::field_info& field, const std::string& label) {
    auto number = autotask::resolve_label(field, label);
    if (!number)
        return std::unexpected(no_label(number.error(), label, field.values));
    return number;
}

std::expected<autotask::filter_value, std::string> as_truth(const autotask::field_info& field,
                                                            autotask::filter_value value) {
    if (std::holds_alternative<bool>(value))
        return value;
    const auto* text = std::get_if<std::string>(&value);
    const auto folded = text ? core::fold(*text) : std::string();
    if (folded == "true" || folded == "false")
        return autotask::filter_value(folded == "true");
    return std::unexpected("the field \"" + field.name + "\" is either true or false");
}

std::expected<autotask::filter_value, std::string> as_number(const autotask::field_info& field,
                                                             autotask::filter_value value) {
    const auto* text = std::get_if<std::string>(&value);
    if (!text && !std::holds_alternative<bool>(value))
        return value;
    if (text)
        if (const auto number = number_in<std::int64_t>(*text))
            return autotask::filter_value(*number);
    if (text && holds_fractions(field))
        if (const auto number = number_in<double>(*text))
            return autotask::filter_value(*number);
    return std::unexpected("the field \"" + field.name + "\" holds numbers, and " +
                           (text ? '"' + *text + "\" is none" : std::string("true and false are none")));
}

/// A value in the type of its field: what the server would take for a mistake is said here, with its reason.
std::expected<autotask::filter_value, std::string> fitting(const autotask::field_info& field,
                                                           autotask::filter_value value) {
    if (field.is_picklist) {
        const auto* label = std::get_if<std::string>(&value);
        if (!label)
            return value;
        auto number = resolve(field, *label);
        if (!number)
            return std::unexpected(std::move(number.error()));
        return autotask::filter_value(*number);
    }
    if (holds_truth(field))
        return as_truth(field, std::move(value));
    if (holds_whole_numbers(field) || holds_fractions(field))
        return as_number(field, std::move(value));
    if (const auto* text = std::get_if<std::string>(&value); text && holds_date(field) && !is_date(*text))
        return std::unexpected("the field \"" + field.name + "\" holds dates, and \"" + *text +
                               "\" is none; write it like \"2026-01-31\" or \"2026-01-31T08:00:00Z\"");
    if (const auto* number = std::get_if<std::int64_t>(&value); number && holds_text(field))
        return autotask::filter_value(std::to_string(*number));
    return value;
}

bool is_about_text(filter_op op) {
    return op == filter_op::begins_with || op == filter_op::ends_with || op == filter_op::contains;
}

std::expected<void, std::string> resolve_own(autotask::condition& one, std::span<const autotask::field_info> fields) {
    const auto* field = autotask::find_field(fields, one.field);
    if (!field)
        return std::unexpected("companies have no field \"" + one.field + '"' + meant_field(one.field, fields));
    one.field = field->name;
    if (!field->queryable)
        return std::unexpected("the field \"" + one.field + "\" cannot be filtered on");
    if (is_about_text(one.op) && (field->is_picklist || holds_whole_numbers(*field) || holds_truth(*field)))
        return std::unexpected("the field \"" + one.field + "\" holds no text, so \"" +
                               std::string(autotask::to_string(one.op)) +
                               "\" means nothing there; use eq, noteq, in or notIn");
    for (auto& value : one.values) {
        auto made = fitting(*field, std::move(value));
        if (!made)
            return std::unexpected(std::move(made.error()));
        value = std::move(*made);
    }
    return {};
}

std::string label_of(std::span<const autotask::picklist_value> values, std::int64_t number) {
    for (const auto& one : values)
        if (one.value == std::to_string(number))
            return one.label;
    return {};
}

std::string value_words(const autotask::filter_value& value, const autotask::field_info* field) {
    if (const auto* text = std::get_if<std::string>(&value))
        return '"' + *text + '"';
    if (const auto* truth = std::get_if<bool>(&value))
        return *truth ? "true" : "false";
    if (const auto* fraction = std::get_if<double>(&value))
        return fmt::format("{}", *fraction);
    const auto number = std::get<std::int64_t>(value);
    if (!field || !field->is_picklist)
        return std::to_string(number);
    const auto label = label_of(field->values, number);
    return std::to_string(number) + ' ' + (label.empty() ? std::string(no_such_number) : '"' + label + '"');
}

} // namespace

std::expected<std::vector<autotask::condition>, std::string> resolve_filter(std::vector<autotask::condition> filter,
                                                                            const entity_fields& of_companies) {
    for (auto& one : filter) {
        const auto& fields = one.user_defined ? of_companies.user_defined : of_companies.own;
        if (!fields)
            continue;
        if (!one.user_defined) {
            if (auto done = resolve_own(one, *fields); !done)
                return std::unexpected("company_filter: " + done.error());
            continue;
        }
        const auto* field = autotask::find_field(*fields, one.field);
        if (!field)
            return std::unexpected("company_filter: companies have no user-defined field \"" + one.field + '"' +
                                   meant_field(one.field, *fields));
        one.field = field->name;
    }
    return filter;
}

std::string filter_words(const autotask::condition& one, const entity_fields& of_companies) {
    const auto* field = of_companies.own ? autotask::find_field(*of_companies.own, one.field) : nullptr;
    std::string words =
        one.field + (one.user_defined ? " (user-defined) " : " ") + std::string(autotask::to_string(one.op));
    for (std::size_t i = 0; i < one.values.size(); ++i)
        words += (i == 0 ? " " : ", ") + value_words(one.values[i], one.user_defined ? nullptr : field);
    return words;
}

bool needs_labels(const names& kinds) {
    return std::ranges::any_of(
        kinds, [](const std::string& kind) { return kind != every_kind && kind != no_kind && !is_number(kind); });
}

std::expected<core::device_types, std::string> resolve_device_types(const names& device_types,
                                                                    std::span<const autotask::field_info> fields) {
    core::device_types types;
    autotask::field_info unknown;
    unknown.name = "configurationItemType";
    const auto* field = autotask::find_field(fields, unknown.name);
    for (const auto& type : device_types) {
        if (type == every_kind) {
            types.every = true;
        } else if (type == no_kind) {
            types.untyped = true;
        } else {
            const auto number = resolve(field ? *field : unknown, type);
            if (!number)
                return std::unexpected("device_types: " + number.error());
            types.values.insert(*number);
        }
    }
    return types;
}

std::expected<core::device_categories, std::string>
resolve_device_categories(const names& device_categories, std::span<const autotask::picklist_value> categories) {
    core::device_categories wanted;
    wanted.every = false;
    autotask::field_info field;
    field.name = "the categories of configuration items";
    field.values.assign(categories.begin(), categories.end());
    for (const auto& one : device_categories) {
        if (one == every_kind) {
            wanted.every = true;
        } else if (one == no_kind) {
            wanted.uncategorised = true;
        } else {
            const auto number = resolve(field, one);
            if (!number)
                return std::unexpected("device_categories: " + number.error());
            wanted.values.insert(*number);
        }
    }
    return wanted;
}

std::expected<std::string, std::string> resolve_login_field(const std::string& name,
                                                            std::span<const autotask::field_info> user_fields) {
    const auto* field = autotask::find_field(user_fields, name);
    if (!field)
        return std::unexpected("login_field: contacts have no user-defined field \"" + name + '"' +
                               meant_field(name, user_fields));
    return field->name;
}

} // namespace contactd
