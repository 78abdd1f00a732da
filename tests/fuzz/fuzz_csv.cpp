// A CSV file that somebody has saved from a spreadsheet.

#include "daemon/organizations/csv.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/require.hpp"
#include "tests/fuzz/texts.hpp"

#include <algorithm>
#include <string>

namespace {

using fuzz::require;

const std::string file = "c.csv";

void check_error(const std::string& error) {
    require(error.starts_with(file + ':') && error.ends_with('.'), "an error is a sentence that names the file");
    require(fuzz::is_one_line(error) && fuzz::is_utf8(error), "an error is one line of UTF-8");
}

void check_table(const contactd::csv_table& table, std::string_view text) {
    const auto most_lines = std::ranges::count_if(text, [](char c) { return c == '\n' || c == '\r'; }) + 1;
    require(!table.header.empty() && table.header_line >= 1, "a table has a header");
    int line = table.header_line;
    for (const auto& row : table.rows) {
        require(row.fields.size() == table.header.size(), "a row has as many fields as the header");
        require(row.line > line && row.line <= most_lines, "rows come in the order of their lines");
        line = row.line;
        for (const auto& field : row.fields)
            require(fuzz::is_utf8(field), "a field is UTF-8");
    }
}

/// An empty field alone on its line makes it a blank one, and so do several with tabs between them before the header.
bool has_blank_row(const contactd::csv_table& table) {
    const auto is_blank = [](const std::vector<std::string>& fields) {
        return std::ranges::all_of(fields, [](const std::string& field) { return field.empty(); });
    };
    return is_blank(table.header) || std::ranges::any_of(table.rows, is_blank, &contactd::csv_row::fields);
}

void check_written(const contactd::csv_table& table, char separator) {
    std::string text;
    const auto add = [&text, separator](const std::vector<std::string>& fields) {
        for (std::size_t i = 0; i < fields.size(); ++i)
            text.append(i > 0 ? std::string(1, separator) : "").append(contactd::csv_field(fields[i]));
        text += '\n';
    };
    add(table.header);
    for (const auto& row : table.rows)
        add(row.fields);
    const auto again = contactd::read_csv(text, file);
    require(again.has_value(), "what is written can be read");
    require(again->header == table.header, "a header reads back to the same");
    require(std::ranges::equal(again->rows, table.rows, {}, &contactd::csv_row::fields, &contactd::csv_row::fields),
            "rows read back to the same");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    const auto table = contactd::read_csv(text, file);
    if (!table) {
        check_error(table.error());
        return 0;
    }
    check_table(*table, text);
    if (!has_blank_row(*table))
        for (const char separator : {',', ';', '\t'})
            check_written(*table, separator);
    return 0;
}
