#include "daemon/organizations/organization_layout.hpp"

#include <algorithm>
#include <optional>

namespace contactd {

namespace {

constexpr std::string_view blanks = " \t";

std::string_view indent_of(std::string_view line) {
    return line.substr(0, std::min(line.find_first_not_of(blanks), line.size()));
}

// No key begins with a bracket, so such a line is a heading.
bool is_heading(int line, const text_lines& lines) {
    const std::string_view content = lines.content(line);
    return content.substr(indent_of(content).size()).starts_with('[');
}

/// The lines of the key that stands last among the organization's own ones, dotted keys included.
struct last_key {
    int begin = 0;
    int end = 0;
};

void find_last_key(const toml_node& table, std::string_view text, const text_lines& lines, last_key& last) {
    for (const toml_node& child : table.children) {
        const key_form form = form_of(child, text, lines);
        if (form == key_form::dotted)
            find_last_key(child, text, lines, last);
        else if (form == key_form::plain && child.value_end.line > last.end)
            last = {child.value_begin.line, child.value_end.line};
    }
}

/// What stands before the "=" of a plain key, without the indent.
std::string_view before_equals(const toml_node& value, std::string_view text, const text_lines& lines) {
    const std::size_t begin = lines.begin(value.value_begin.line);
    std::string_view before = text.substr(begin, lines.offset(value.value_begin) - begin);
    before = before.substr(0, before.find_last_not_of(blanks)); // Which is the "=".
    before.remove_prefix(indent_of(before).size());
    return before;
}

/// Nothing when they are not in one column, or when a single blank before each would come to the same.
std::size_t common_equals_column(const toml_node& table, std::string_view text, const text_lines& lines) {
    std::optional<std::size_t> column;
    bool padded = false;
    for (const toml_node& child : table.children) {
        if (form_of(child, text, lines) != key_form::plain)
            continue;
        const std::string_view before = before_equals(child, text, lines);
        if (before.contains('\t') || (column && *column != code_points(before)))
            return 0;
        column = code_points(before);
        padded = padded || before.ends_with("  ");
    }
    return padded ? column.value_or(0) : 0;
}

} // namespace

key_form form_of(const toml_node& value, std::string_view text, const text_lines& lines) {
    if (is_heading(value.value_begin.line, lines))
        return key_form::heading;
    const bool written_as_table = text.substr(lines.offset(value.value_begin)).starts_with('{');
    return value.kind == toml_kind::table && !written_as_table ? key_form::dotted : key_form::plain;
}

bool has_headings(const toml_node& array, const text_lines& lines) {
    return array.kind == toml_kind::array && is_heading(array.value_begin.line, lines);
}

key_style style_of(const toml_node& organization, std::string_view text, const text_lines& lines) {
    last_key last{organization.value_begin.line, organization.value_begin.line};
    find_last_key(organization, text, lines, last);
    return {last.end, std::string(indent_of(lines.content(last.begin))),
            common_equals_column(organization, text, lines)};
}

} // namespace contactd
