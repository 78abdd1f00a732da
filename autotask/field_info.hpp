#pragma once

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace autotask {

/// One value of a picklist. Labels belong to the tenant: two databases rarely agree on them.
struct picklist_value {
    std::string value; ///< As the API writes it: digits, as a text.
    std::string label;
    bool active = true;
};

/// What the API says of one field of an entity. Source: developer help, "REST entityInformation calls".
struct field_info {
    std::string name;
    std::string data_type; ///< As the API writes it: "integer", "string", "boolean" ...
    bool queryable = true;
    bool is_picklist = false;
    std::vector<picklist_value> values;
};

/// Reads the reply to entityInformation/fields; nothing when it is none.
std::optional<std::vector<field_info>> read_fields(std::string_view body);

/// Whether the reply to entityInformation lets this API user change rows of the entity; nothing when it is no such
/// reply.
std::optional<bool> read_may_update(std::string_view body);

/// The field of that name, whatever its case; null when there is none.
const field_info* find_field(std::span<const field_info> fields, std::string_view name);

/// The number of the picklist value with this label, whatever its case, or the number the text itself is. The error
/// says which labels there are.
std::expected<std::int64_t, std::string> resolve_label(const field_info& field, std::string_view label);

} // namespace autotask
