#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace contactd {

// What is to know of a CSV file before its fields are read. A line ends with "\n", "\r\n" or "\r".

/// The text without its byte order mark, or why it cannot be read as text: a sentence that begins with the file, and
/// with the line where there is one.
std::expected<std::string_view, std::string> check_csv_text(std::string_view text, const std::string& file);

/// What separates the fields of the header: whichever of ",", ";" and tab stands most often in it, outside of quotes.
char csv_separator(std::string_view text);

/// Takes the first line off, with its end.
std::string_view take_csv_line(std::string_view& rest);

} // namespace contactd
