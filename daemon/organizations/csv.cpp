#include "daemon/organizations/csv.hpp"

#include "core/fold.hpp"
#include "core/text.hpp"
#include "daemon/organizations/csv_text.hpp"
#include "daemon/printable.hpp"

#include <csv.h>
#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <unordered_set>
#include <utility>

namespace contactd {

namespace {

constexpr std::size_t most_columns = 1'000;
constexpr std::size_t most_rows = 1'000'000;

/// The library's parser, and what it reports put together. Fed line by line, because it does not count them.
class reader {
public:
    reader(char separator, const std::string& file) : file_(file) {
        // Cannot fail: it takes no memory before it parses.
        (void)csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI);
        csv_set_delim(&parser_, static_cast<unsigned char>(separator));
    }
    ~reader() { csv_free(&parser_); }
    reader(const reader&) = delete;
    reader& operator=(const reader&) = delete;

    std::expected<csv_table, std::string> read(std::string_view text);

private:
    void feed(std::string_view line);
    void end();
    void take_field(const void* data, std::size_t size);
    void take_row();
    void take_header();
    std::string why_not();
    void refuse(int line, std::string_view why);

    static void on_field(void* data, std::size_t size, void* self) {
        static_cast<reader*>(self)->take_field(data, size);
    }
    static void on_row(int, void* self) { static_cast<reader*>(self)->take_row(); }

    const std::string& file_;
    csv_parser parser_{};
    csv_table table_;
    csv_row row_;
    int line_ = 0;       ///< Which is being parsed.
    int field_line_ = 0; ///< On which the field begins that is being parsed.
    bool in_row_ = false;
    std::optional<std::string> error_;
};

std::expected<csv_table, std::string> reader::read(std::string_view text) {
    while (!text.empty() && !error_)
        feed(take_csv_line(text));
    if (!error_)
        end();
    if (error_)
        return std::unexpected(std::move(*error_));
    if (table_.header_line == 0)
        return std::unexpected(fmt::format("{}: The file is empty. Its first line names the columns.", file_));
    return std::move(table_);
}

void reader::feed(std::string_view line) {
    ++line_;
    if (!in_row_) {
        row_.line = field_line_ = line_;
        // The library passes over such a line without a word.
        in_row_ = line.find_first_not_of(" \t\r\n") != std::string_view::npos;
    }
    const std::size_t parsed = csv_parse(&parser_, line.data(), line.size(), on_field, on_row, this);
    if (parsed != line.size() && !error_)
        refuse(line_, why_not());
}

void reader::end() {
    if (csv_fini(&parser_, on_field, on_row, this) != 0 && !error_)
        refuse(field_line_, "A quote that opens here is never closed.");
}

std::string reader::why_not() {
    // Its position is not told: where the fault shows may be far behind where it is.
    if (csv_error(&parser_) == CSV_EPARSE)
        return "There is a quote in the middle of a field, or something behind its closing quote. A field that holds a "
               "quote needs quotes around it, and each of its own written twice.";
    return "There is not enough memory for this line.";
}

void reader::take_field(const void* data, std::size_t size) {
    field_line_ = line_; // Of the next one.
    if (row_.fields.size() == most_columns) {
        if (!error_)
            refuse(row_.line, "This row has more than 1,000 columns, so the file is no list of organizations.");
        return;
    }
    row_.fields.emplace_back(static_cast<const char*>(data), size);
}

void reader::take_row() {
    in_row_ = false;
    if (error_)
        return;
    if (table_.header_line == 0)
        take_header();
    else if (row_.fields.size() != table_.header.size())
        refuse(row_.line, fmt::format("This row has {}, and the header has {}. A field that holds a separator needs "
                                      "quotes around it.",
                                      counted(std::ssize(row_.fields), "field", "fields"), table_.header.size()));
    else if (table_.rows.size() == most_rows)
        refuse(row_.line, "The file has more than 1,000,000 rows, so it is no list of organizations.");
    else
        table_.rows.push_back(std::move(row_));
    row_ = {};
    row_.line = line_;
}

void reader::take_header() {
    std::unordered_set<std::string> seen;
    for (const std::string& field : row_.fields) {
        std::string name(core::trim_blanks(field));
        // A spreadsheet writes nameless columns where somebody once typed a blank.
        if (!name.empty() && !seen.insert(core::fold(name)).second)
            return refuse(row_.line, fmt::format("The header has the column \"{}\" twice.", printable(name)));
        table_.header.push_back(std::move(name));
    }
    table_.header_line = row_.line;
}

void reader::refuse(int line, std::string_view why) {
    error_ = fmt::format("{}:{}: {}", file_, line, why);
}

} // namespace

std::expected<csv_table, std::string> read_csv(std::string_view text, const std::string& file) {
    const auto checked = check_csv_text(text, file);
    if (!checked)
        return std::unexpected(checked.error());
    return reader(csv_separator(*checked), file).read(*checked);
}

std::string csv_field(std::string_view value) {
    // What a reader would take off the ends; a byte order mark at the start of the file.
    const bool loses_ends = value.starts_with(' ') || value.ends_with(' ') || value.starts_with("\xEF\xBB\xBF");
    if (!loses_ends && value.find_first_of(",;\t\"\r\n") == std::string_view::npos)
        return std::string(value);
    std::string result = "\"";
    for (const char c : value) {
        if (c == '"')
            result += '"';
        result += c;
    }
    return result + '"';
}

} // namespace contactd
