#include "daemon/sweep/labels.hpp"

#include <algorithm>
#include <charconv>

namespace contactd {
namespace {

constexpr std::string_view every_type = "*";
constexpr std::string_view no_type = "none";

bool is_number(const std::string& text) {
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    return failed == std::errc{} && end == text.data() + text.size();
}

std::expected<void, std::string> resolve(autotask::filter_value& value, const autotask::field_info& field) {
    const auto* label = std::get_if<std::string>(&value);
    if (!label)
        return {};
    auto number = autotask::resolve_label(field, *label);
    if (!number)
        return std::unexpected(std::move(number.error()));
    value = *number;
    return {};
}

} // namespace

bool needs_company_fields(const std::vector<autotask::condition>& filter) {
    return std::ranges::any_of(filter, [](const autotask::condition& one) {
        return std::ranges::any_of(one.values,
                                   [](const auto& value) { return std::holds_alternative<std::string>(value); });
    });
}

bool needs_device_fields(const names& device_types) {
    return std::ranges::any_of(device_types, [](const std::string& type) {
        return type != every_type && type != no_type && !is_number(type);
    });
}

std::expected<std::vector<autotask::condition>, std::string>
resolve_filter(std::vector<autotask::condition> filter, std::span<const autotask::field_info> fields) {
    for (auto& one : filter) {
        if (one.user_defined || fields.empty())
            continue;
        const auto* field = autotask::find_field(fields, one.field);
        if (!field)
            return std::unexpected("company_filter: companies have no field \"" + one.field + '"');
        if (!field->queryable)
            return std::unexpected("company_filter: the field \"" + one.field + "\" cannot be filtered on");
        if (!field->is_picklist)
            continue;
        for (auto& value : one.values)
            if (auto done = resolve(value, *field); !done)
                return std::unexpected("company_filter: " + done.error());
    }
    return filter;
}

std::expected<core::device_types, std::string> resolve_device_types(const names& device_types,
                                                                    std::span<const autotask::field_info> fields) {
    core::device_types types;
    autotask::field_info unknown;
    unknown.name = "configurationItemType";
    const auto* field = autotask::find_field(fields, unknown.name);
    for (const auto& type : device_types) {
        if (type == every_type) {
            types.every = true;
        } else if (type == no_type) {
            types.untyped = true;
        } else {
            const auto number = autotask::resolve_label(field ? *field : unknown, type);
            if (!number)
                return std::unexpected("device_types: " + number.error());
            types.values.insert(*number);
        }
    }
    return types;
}

} // namespace contactd
