#include "autotask/field_info.hpp"

#include "autotask/json_value.hpp"
#include "core/fold.hpp"

#include <boost/json/parse.hpp>
#include <charconv>

namespace autotask {

namespace json = boost::json;

namespace {

std::string text_of(const json::object& of, std::string_view name) {
    const auto* value = json_value::member(of, name);
    if (!value)
        return {};
    if (const auto* text = value->if_string())
        return std::string(*text);
    const auto number = json_value::integer(*value);
    return number ? std::to_string(*number) : std::string{};
}

bool truth_of(const json::object& of, std::string_view name, bool if_absent) {
    const auto* value = json_value::member(of, name);
    return value ? json_value::boolean(*value).value_or(if_absent) : if_absent;
}

std::optional<std::int64_t> number_in(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

} // namespace

std::optional<std::vector<field_info>> read_fields(std::string_view body) {
    boost::system::error_code failed;
    const auto parsed = json::parse(body, failed);
    const auto* object = failed ? nullptr : parsed.if_object();
    const auto* list = object ? json_value::member(*object, "fields") : nullptr;
    if (!list || !list->is_array())
        return std::nullopt;
    std::vector<field_info> fields;
    for (const auto& item : list->get_array()) {
        const auto* entry = item.if_object();
        if (!entry)
            continue;
        field_info field;
        field.name = text_of(*entry, "name");
        field.data_type = text_of(*entry, "dataType");
        field.queryable = truth_of(*entry, "isQueryable", true);
        field.is_picklist = truth_of(*entry, "isPickList", false);
        const auto* values = json_value::member(*entry, "picklistValues");
        if (values && values->is_array())
            for (const auto& one : values->get_array())
                if (const auto* value = one.if_object()) {
                    picklist_value made{text_of(*value, "value"), text_of(*value, "label"),
                                        truth_of(*value, "isActive", true)};
                    field.values.push_back(std::move(made));
                }
        fields.push_back(std::move(field));
    }
    return fields;
}

std::optional<bool> read_may_update(std::string_view body) {
    boost::system::error_code failed;
    const auto parsed = json::parse(body, failed);
    const auto* object = failed ? nullptr : parsed.if_object();
    const auto* info = object ? json_value::member(*object, "info") : nullptr;
    if (!info || !info->is_object())
        return std::nullopt;
    const auto& entity = info->get_object();
    return truth_of(entity, "canUpdate", true) && core::fold(text_of(entity, "userAccessForUpdate")) != "none";
}

const field_info* find_field(std::span<const field_info> fields, std::string_view name) {
    const auto wanted = core::fold(name);
    for (const auto& field : fields)
        if (core::fold(field.name) == wanted)
            return &field;
    return nullptr;
}

std::expected<std::int64_t, std::string> resolve_label(const field_info& field, std::string_view label) {
    const auto wanted = core::fold(label);
    std::vector<std::int64_t> found;
    std::string labels;
    for (const auto& one : field.values) {
        labels += (labels.empty() ? "" : ", ") + ('"' + one.label + '"');
        if (core::fold(one.label) != wanted)
            continue;
        if (const auto number = number_in(one.value))
            found.push_back(*number);
    }
    if (found.size() == 1)
        return found.front();
    if (found.size() > 1)
        return std::unexpected("\"" + std::string(label) + "\" is the label of several values of " + field.name +
                               "; give the number instead");
    if (const auto number = number_in(label))
        return *number;
    return std::unexpected("\"" + std::string(label) + "\" is no label of " + field.name + "; there are " +
                           (labels.empty() ? std::string("none") : labels));
}

} // namespace autotask
