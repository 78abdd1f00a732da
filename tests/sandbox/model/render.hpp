#pragma once

#include <string>
#include <vector>

#include "tests/sandbox/model/table.hpp"

namespace sandbox {

/// Which fields of a row a reply shows. `id` is always there, and the array of user-defined fields nearly always.
struct projection {
    bool everything = true;
    std::vector<field_index> fields;       ///< without `id`; when not everything
    std::vector<field_index> user_defined; ///< the same for user-defined fields
    bool protected_visible = true;
    bool with_user_defined = true; ///< false leaves the array of user-defined fields out altogether
};

/// Whether one of the user-defined fields that would be shown is not null.
[[nodiscard]] bool has_user_defined_values(const table& rows, const row& shown, const projection& wanted);

void append_row(std::string& out, const table& rows, const row& shown, const projection& wanted);

/// A cell in the form its column has on the wire; null as `null`.
void append_cell(std::string& out, field_type type, const value& content);

} // namespace sandbox
