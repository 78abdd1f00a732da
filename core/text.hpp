#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace core {

/// True when every byte is ASCII.
bool is_ascii(std::string_view text);

/// The number of UTF-16 code units of a UTF-8 text: the unit in which Windows and SQL Server count field lengths.
/// Every byte that is not valid UTF-8 counts as one.
std::size_t utf16_units(std::string_view text);

/// The text without the Unicode white space, control characters and quotation marks around it. Loses nothing that a
/// login name or an address can hold.
std::string_view trim(std::string_view text);

/// The text without the Unicode white space and control characters around it.
std::string_view trim_blanks(std::string_view text);

/// The text without zero-width characters (U+200B to U+200D, U+2060) and byte order marks, wherever they stand.
std::string without_zero_width(std::string_view text);

/// True when the text holds a line or paragraph separator of any kind.
bool has_line_break(std::string_view text);

} // namespace core
