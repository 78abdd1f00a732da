#pragma once

#include "tests/sandbox/model/database.hpp"
#include "tests/sandbox/model/http.hpp"
#include "tests/sandbox/model/switches.hpp"

namespace sandbox {

[[nodiscard]] http_response entity_information(const table& rows, const api_user& user);
[[nodiscard]] http_response field_information(const table& rows, const database& tenant, const switches& options);
[[nodiscard]] http_response user_defined_field_information(const table& rows);

/// Whether the picklist of the field has that value; true for a field without a list of its own here.
[[nodiscard]] bool picklist_allows(const table& rows, const database& tenant, field_index field, std::int64_t value);

} // namespace sandbox
