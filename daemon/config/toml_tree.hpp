#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace contactd {

enum class toml_kind { table, array, text, integer, number, boolean, date_or_time };

/// A place in the text. Lines and columns count from 1; a column is a code point, a tab and a carriage return like any
/// other, and a byte order mark none. Only a line feed ends a line.
struct toml_position {
    int line = 0;
    int column = 0;
};

/// One value of a TOML document with the line it stands on. A tree of our own, because the TOML library takes seconds
/// to compile: one unit pays for it, and everything that reads the configuration includes only this.
struct toml_node {
    toml_kind kind = toml_kind::table;
    int line = 0;     ///< Of the key, or of the value itself inside an array.
    std::string key;  ///< Its key in the table around it; empty inside an array.
    std::string text; ///< The value of a text. Of a date or time, words that are the same for the same value only.
    /// Where the value itself begins and where it has ended, without blanks and comments around it. Of a table that has
    /// a heading, the heading; of one that only dotted keys speak of, its part of the first of them.
    toml_position value_begin;
    toml_position value_end;
    std::int64_t integer = 0;
    double number = 0;
    bool boolean = false;
    std::vector<toml_node> children; ///< Of a table or an array, in the order of the lines.

    /// The child of that key, or null.
    const toml_node* find(std::string_view name) const;
};

/// How the kind is called in a message: "a text", "an integer", ...
std::string_view kind_in_words(toml_kind kind);

/// Where and why a text is no TOML. The sentence never repeats what stands in the file: it may be a pasted secret.
struct toml_syntax_error {
    int line = 0;
    int column = 0;
    std::string what;
};

std::expected<toml_node, toml_syntax_error> parse_toml(std::string_view text);

} // namespace contactd
