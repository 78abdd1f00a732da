#include "tests/sandbox/model/metadata.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "tests/sandbox/model/json_writer.hpp"
#include "tests/sandbox/model/replies.hpp"

namespace sandbox {
namespace {

struct choice {
    std::int64_t value = 0;
    std::string label;
    bool is_active = true;
    bool is_system = false;
};

/// The company types of a tenant with the usual labels; there is no 5.
const std::vector<choice>& company_types() {
    static const std::vector<choice> list{{1, "Customer", true, true},     {2, "Lead", true, true},
                                          {3, "Prospect", true, true},     {4, "Dead", true, true},
                                          {6, "Cancellation", true, true}, {7, "Vendor", true, true},
                                          {8, "Partner", true, true}};
    return list;
}

const std::vector<choice>& rmm_device_types() {
    static const std::vector<choice> list{
        {1, "Desktop"}, {2, "Laptop"}, {3, "Server"}, {4, "Printer"}, {5, "Network Device"}};
    return list;
}

/// The rows of a small entity as choices, by the names they have at present.
std::vector<choice> choices_among(const table& rows) {
    const auto name = rows.shape().at("name");
    const auto active = rows.shape().at("isActive");
    std::vector<choice> list;
    for (const row& each : rows.rows())
        list.push_back({each.id(), std::string{each.get(name).as_text()}, each.get(active).as_boolean(), false});
    return list;
}

/// Nothing for a picklist this sandbox keeps no values of.
std::optional<std::vector<choice>> choices_of(const table& rows, const database& tenant, std::string_view field_name) {
    if (rows.which() == entity::companies && field_name == "companyType")
        return company_types();
    if (rows.which() == entity::configuration_items && field_name == "rmmDeviceAuditDeviceTypeID")
        return rmm_device_types();
    if (rows.which() == entity::configuration_items && field_name == "configurationItemCategoryID")
        return choices_among(tenant.rows(entity::configuration_item_categories));
    if (rows.which() == entity::configuration_items && field_name == "configurationItemType")
        return choices_among(tenant.rows(entity::configuration_item_types));
    return std::nullopt;
}

std::string_view type_name(field_type type) {
    static constexpr std::array<std::string_view, 6> names{"integer", "long",   "double",
                                                           "boolean", "string", "datetime"};
    return names[static_cast<std::size_t>(type)];
}

void append_flag(std::string& out, std::string_view name, bool flag) {
    append_json_key(out, name);
    append_json_boolean(out, flag);
}

void append_choice(std::string& out, std::string_view value, const choice& shown, std::int64_t order) {
    out += order > 1 ? ",{" : "{";
    append_json_key(out, "value");
    append_json_string(out, value);
    append_json_key(out, "label");
    append_json_string(out, shown.label);
    append_flag(out, "isDefaultValue", order == 1);
    append_json_key(out, "sortOrder");
    append_json_integer(out, order);
    append_json_key(out, "parentValue");
    out += "\"\"";
    append_flag(out, "isActive", shown.is_active);
    append_flag(out, "isSystem", shown.is_system);
    out += '}';
}

void append_choices(std::string& out, const std::vector<choice>& list) {
    out += '[';
    std::int64_t order = 1;
    for (const choice& each : list)
        append_choice(out, std::to_string(each.value), each, order++); // a text, although the field itself is a number
    out += ']';
}

/// Of a user-defined list: what a row holds is what a person sees.
void append_choices(std::string& out, const std::vector<std::string>& list) {
    if (list.empty()) {
        out += "null";
        return;
    }
    out += '[';
    std::int64_t order = 1;
    for (const std::string& each : list)
        append_choice(out, each, {0, each}, order++);
    out += ']';
}

void append_field(std::string& out, const table& rows, const database& tenant, const field& shown) {
    out += out.back() == '}' ? ",{" : "{";
    append_json_key(out, "name");
    append_json_string(out, shown.name);
    append_json_key(out, "dataType");
    append_json_string(out, type_name(shown.type));
    append_json_key(out, "length");
    append_json_integer(out, shown.length);
    append_flag(out, "isRequired", shown.has(required));
    append_flag(out, "isReadOnly", shown.has(read_only));
    append_flag(out, "isQueryable", !shown.has(not_queryable));
    append_flag(out, "isReference", !shown.reference.empty());
    append_json_key(out, "referenceEntityType");
    append_json_string(out, shown.reference);
    append_flag(out, "isPickList", shown.has(picklist));
    append_json_key(out, "picklistValues");
    if (shown.has(picklist))
        append_choices(out, choices_of(rows, tenant, shown.name).value_or(std::vector<choice>{}));
    else
        out += "null";
    append_json_key(out, "picklistParentValueField");
    out += "\"\"";
    append_flag(out, "isSupportedWebhookField", false);
    out += '}';
}

} // namespace

http_response entity_information(const table& rows, const api_user& user) {
    const schema& shape = rows.shape();
    const entity_access access = user.access_to(rows.which());
    const auto level = [](bool allowed) -> std::string_view { return allowed ? "All" : "None"; };
    std::string out = "{\"info\":{";
    append_json_key(out, "name");
    append_json_string(out, shape.singular);
    append_flag(out, "canCreate", access.write);
    append_flag(out, "canDelete", access.write && (shape.deletable_at_top || rows.which() == entity::contacts));
    append_flag(out, "canQuery", access.query);
    append_flag(out, "canUpdate", access.write);
    append_json_key(out, "userAccessForCreate");
    append_json_string(out, level(access.write));
    append_json_key(out, "userAccessForDelete");
    append_json_string(out, level(access.write && (shape.deletable_at_top || rows.which() == entity::contacts)));
    append_json_key(out, "userAccessForQuery");
    append_json_string(out, level(access.query));
    append_json_key(out, "userAccessForUpdate");
    append_json_string(out, level(access.write));
    append_flag(out, "hasUserDefinedFields", shape.has_user_defined_fields);
    append_flag(out, "supportsWebhookCallouts", shape.has_user_defined_fields);
    return json_reply(out + "}}");
}

http_response field_information(const table& rows, const database& tenant, const switches& options) {
    std::string out = "{\"fields\":[";
    for (field shown : rows.shape().fields) {
        if (options.device_category == category_style::picklist && shown.name == "configurationItemCategoryID") {
            shown.flags |= picklist;
            shown.reference = {};
        }
        append_field(out, rows, tenant, shown);
    }
    return json_reply(out + "]}");
}

http_response user_defined_field_information(const table& rows) {
    std::string out = "{\"fields\":[";
    std::int64_t order = 1;
    for (const user_defined_field& shown : rows.user_defined_fields()) {
        out += order++ > 1 ? ",{" : "{";
        append_json_key(out, "name");
        append_json_string(out, shown.name);
        append_json_key(out, "label");
        append_json_string(out, shown.name);
        append_json_key(out, "type");
        out += "\"string\"";
        append_json_key(out, "length");
        append_json_integer(out, 8'000);
        append_json_key(out, "description");
        out += "\"\"";
        append_flag(out, "isRequired", shown.is_required);
        append_flag(out, "isReadOnly", false);
        append_flag(out, "isQueryable", true);
        append_flag(out, "isReference", false);
        append_json_key(out, "referenceEntityType");
        out += "\"\"";
        append_flag(out, "isPickList", !shown.choices.empty());
        append_json_key(out, "picklistValues");
        append_choices(out, shown.choices);
        append_json_key(out, "picklistParentValueField");
        out += "\"\"";
        append_json_key(out, "defaultValue");
        out += "null";
        append_flag(out, "isSupportedWebhookField", false);
        out += '}';
    }
    return json_reply(out + "]}");
}

bool picklist_allows(const table& rows, const database& tenant, field_index field, std::int64_t value) {
    const sandbox::field& column = rows.shape().fields[field];
    if (!column.has(picklist))
        return true;
    const auto list = choices_of(rows, tenant, column.name);
    if (!list)
        return true;
    for (const choice& each : *list)
        if (each.value == value)
            return true;
    return false;
}

} // namespace sandbox
