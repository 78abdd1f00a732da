#pragma once

#include "daemon/config/toml_tree.hpp"
#include "daemon/organizations/text_lines.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace contactd {

/// How a key came to be: "key = value", a heading such as "[organization.match]", or dotted keys "match.rules = ...".
enum class key_form { plain, heading, dotted };

/// Tells of any value below `[[organization]]` that is no item of an array how its key is written.
key_form form_of(const toml_node& value, std::string_view text, const text_lines& lines);

/// True when the array is made of headings [[...]] and not written as a value.
bool has_headings(const toml_node& array, const text_lines& lines);

/// How the lines of one organization's own keys look.
struct key_style {
    int last_line = 0;             ///< On which its last own key ends, or its heading where it has none.
    std::string indent;            ///< The blanks before its last own key.
    std::size_t equals_column = 0; ///< The number of characters before each "=", without the indent; 0: not aligned.
};

key_style style_of(const toml_node& organization, std::string_view text, const text_lines& lines);

} // namespace contactd
