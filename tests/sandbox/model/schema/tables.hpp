#pragma once

#include <span>

#include "tests/sandbox/model/schema.hpp"

namespace sandbox {

// Names and types of the fields are those of the vendor's Swagger document of the REST API; lengths and flags those
// of its entity help pages and field metadata. `userDefinedFields` is not listed: it is no field of its own.
[[nodiscard]] std::span<const field> company_fields();
[[nodiscard]] std::span<const field> contact_fields();
[[nodiscard]] std::span<const field> configuration_item_fields();
[[nodiscard]] std::span<const field> configuration_item_type_fields();
[[nodiscard]] std::span<const field> configuration_item_category_fields();

} // namespace sandbox
