#include "tests/sandbox/model/render.hpp"

#include <algorithm>
#include <numeric>

#include "tests/sandbox/model/dates.hpp"
#include "tests/sandbox/model/json_writer.hpp"

namespace sandbox {
namespace {

void append_field(std::string& out, const field& column, const value& content) {
    out += ",\"";
    out += column.name; // names of fields need no escape
    out += "\":";
    append_cell(out, column.type, content);
}

void append_user_defined(std::string& out, const table& rows, const row& shown, field_index index, bool visible) {
    const auto& definition = rows.user_defined_fields()[index - rows.shape().fields.size()];
    if (out.back() == '}')
        out += ',';
    out += "{\"name\":";
    append_json_string(out, definition.name);
    out += ",\"value\":";
    if (definition.is_protected && !visible)
        out += "\"*****\"";
    else
        append_cell(out, field_type::text, shown.get(index));
    out += '}';
}

std::vector<field_index> shown_user_defined(const table& rows, const projection& wanted) {
    if (!wanted.everything)
        return wanted.user_defined;
    std::vector<field_index> all(rows.user_defined_fields().size());
    std::iota(all.begin(), all.end(), static_cast<field_index>(rows.shape().fields.size()));
    return all;
}

} // namespace

bool has_user_defined_values(const table& rows, const row& shown, const projection& wanted) {
    return std::ranges::any_of(shown_user_defined(rows, wanted),
                               [&shown](field_index index) { return !shown.get(index).is_null(); });
}

void append_cell(std::string& out, field_type type, const value& content) {
    switch (content.type()) {
    case value::kind::null:
        out += "null";
        return;
    case value::kind::boolean:
        append_json_boolean(out, content.as_boolean());
        return;
    case value::kind::real:
        append_json_real(out, content.as_real());
        return;
    case value::kind::text:
        append_json_string(out, content.as_text());
        return;
    case value::kind::integer:
        if (type != field_type::date)
            return append_json_integer(out, content.as_integer());
        out += '"';
        append_date(out, content.as_integer());
        out += '"';
    }
}

void append_row(std::string& out, const table& rows, const row& shown, const projection& wanted) {
    const auto columns = rows.shape().fields;
    out += "{\"id\":";
    append_json_integer(out, shown.id());
    if (wanted.everything) {
        for (std::size_t i = 1; i < columns.size(); ++i)
            append_field(out, columns[i], shown.get(static_cast<field_index>(i)));
    } else {
        for (const field_index index : wanted.fields)
            append_field(out, columns[index], shown.get(index));
    }
    if (!wanted.with_user_defined) {
        out += '}';
        return;
    }
    out += ",\"userDefinedFields\":[";
    for (const field_index index : shown_user_defined(rows, wanted))
        append_user_defined(out, rows, shown, index, wanted.protected_visible);
    out += "]}";
}

} // namespace sandbox
