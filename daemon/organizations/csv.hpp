#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace contactd {

struct csv_row {
    int line = 0;                    ///< On which it begins.
    std::vector<std::string> fields; ///< As many as the header has.
};

struct csv_table {
    std::vector<std::string> header; ///< The names of the columns without the blanks around them.
    int header_line = 0;
    std::vector<csv_row> rows;
};

/// Reads a CSV file (RFC 4180): UTF-8, with or without a byte order mark, with any line ends. The fields are separated
/// by whichever of ",", ";" and tab stands most often in the header, outside of quotes. Blank lines are skipped, and so
/// are the blanks around a field that is not in quotes. A column may be without a name.
///
/// `file` is its name in messages, which are sentences that begin with it and the line. Refused are: a text that is not
/// UTF-8 or holds NUL bytes; no header; a name that stands twice in it, without regard to case; a row with too few or
/// too many fields; a quote that is not closed, or stands where none may; more than 64 MiB, 1,000 columns or 1,000,000
/// rows.
std::expected<csv_table, std::string> read_csv(std::string_view text, const std::string& file);

/// A value as a field, in quotes where it needs them with any of the three separators. It reads back to the same value;
/// nothing is done about texts that a spreadsheet takes for formulas.
std::string csv_field(std::string_view value);

} // namespace contactd
