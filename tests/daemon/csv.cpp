#include "daemon/organizations/csv.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace {

using namespace std::string_literals;
using contactd::read_csv;

/// The table as "line: field|field" a row, the header first; or the refusal.
std::string shown(std::string_view text) {
    const auto table = read_csv(text, "c.csv");
    if (!table)
        return table.error();
    std::string result;
    const auto show = [&result](int line, const std::vector<std::string>& fields) {
        result += (result.empty() ? "" : "\n") + std::to_string(line) + ": ";
        for (std::size_t i = 0; i < fields.size(); ++i)
            result += (i > 0 ? "|" : "") + fields[i];
    };
    show(table->header_line, table->header);
    for (const auto& row : table->rows)
        show(row.line, row.fields);
    return result;
}

const std::string save = " Save it as \"CSV UTF-8\".";
const std::string odd_quote =
    " There is a quote in the middle of a field, or something behind its closing quote. A field "
    "that holds a quote needs quotes around it, and each of its own written twice.";

} // namespace

TEST_CASE("a CSV file is read into rows with the lines on which they begin") {
    struct row {
        std::string text, expected;
    };
    const row rows[] = {
        {"a,b\n1,2\n3,4\n", "1: a|b\n2: 1|2\n3: 3|4"},
        {"a,b\n1,2", "1: a|b\n2: 1|2"},
        {"a", "1: a"},
        {"a;b\r\n1,5;2\r\n", "1: a|b\n2: 1,5|2"},
        {"a\tb\r1;2\t3,4\r", "1: a|b\n2: 1;2|3,4"},
        {"a\tb\tc\n\t\t\n1\t\t\n", "1: a|b|c\n2: ||\n3: 1||"},
        {"\xEF\xBB\xBFä;b\n1;2\n", "1: ä|b\n2: 1|2"},
        {"\xEF\xBB\xBF\"a\";b\n", "1: a|b"},
        {"\"a;;;\",b,c\n1,2,3\n", "1: a;;;|b|c\n2: 1|2|3"},
        {"\"a \"\" ;;;\",b\n1,2\n", "1: a \" ;;;|b\n2: 1|2"},
        {"\n \r\n\r\na,b\n\n  \n1,2\n\n", "4: a|b\n7: 1|2"},
        {"a,b\n\"1\n\n1\",\"x\r\ny\"\n3,4\n", "1: a|b\n2: 1\n\n1|x\r\ny\n6: 3|4"},
        {"\"a\nb\";c\n1;2\n", "1: a\nb|c\n3: 1|2"},
        {"a,b\n\"1\"\"2\",\"\"\"\"\n", "1: a|b\n2: 1\"2|\""},
        {"a,b\n \"1 \" , 2 \n", "1: a|b\n2: 1 |2"},
        {" a , \" b \",\xC2\xA0"
         "c\n1, 2 2 ,\n",
         "1: a|b|c\n2: 1|2 2|"},
        {"a,,\n1,,3\n", "1: a||\n2: 1||3"},
        {"a,b\n,\n", "1: a|b\n2: |"},
        {"a\n\"\"\n", "1: a\n2: "},
        {"a,b;c\td\n1,2\n", "1: a|b;c\td\n2: 1|2"},
        {"a,b\n=1+1,@x\n", "1: a|b\n2: =1+1|@x"},
    };
    for (const row& each : rows) {
        INFO(each.text);
        CHECK(shown(each.text) == each.expected);
    }
}

TEST_CASE("a CSV file that cannot be read is refused with a sentence that names the line") {
    struct row {
        std::string text, expected;
    };
    const row rows[] = {
        {"", "c.csv: The file is empty. Its first line names the columns."},
        {"\xEF\xBB\xBF\r\n  \n", "c.csv: The file is empty. Its first line names the columns."},
        {"a,b\n1\n", "c.csv:2: This row has 1 field, and the header has 2. A field that holds a separator needs quotes "
                     "around it."},
        {"a;b\n1;2\n\"x\ny\";3;4\n",
         "c.csv:3: This row has 3 fields, and the header has 2. A field that holds a separator "
         "needs quotes around it."},
        {"a,b,c\r\n1,2", "c.csv:2: This row has 2 fields, and the header has 3. A field that holds a separator needs "
                         "quotes around it."},
        {"a,b, A\n", "c.csv:1: The header has the column \"A\" twice."},
        {"a,\"x\ny\",\"x\ny\"\n", "c.csv:1: The header has the column \"x y\" twice."},
        {"\na,\"a \"\n", "c.csv:2: The header has the column \"a\" twice."},
        {"a,b\n1,M\xFCller\n", "c.csv:2: The file is not UTF-8 text here." + save},
        {"a,b\r\r\n1,2\r3,\xC3", "c.csv:4: The file is not UTF-8 text here." + save},
        {"\xFF\xFE"
         "a\0b\0"s,
         "c.csv: The file is UTF-16." + save},
        {"\xFE\xFF\0a"s, "c.csv: The file is UTF-16." + save},
        {"a\0,\0b\0\n\0"s, "c.csv:1: There is a NUL byte here, so the file is UTF-16 or no text." + save},
        {"a,b\n1,\0\n"s, "c.csv:2: There is a NUL byte here, so the file is UTF-16 or no text." + save},
        {"a,b\n1,\"2\n3,4\n5,6", "c.csv:2: A quote that opens here is never closed."},
        {"a,b\n\"1\n2\",\"3\n4,5\n", "c.csv:3: A quote that opens here is never closed."},
        {"a,\"", "c.csv:1: A quote that opens here is never closed."},
        {"a,b\n1,5\" pipe\n", "c.csv:2:" + odd_quote},
        {"a,b\n\"1\"x,2\n", "c.csv:2:" + odd_quote},
        {"a,b\n\"1\n\"x,2\n", "c.csv:3:" + odd_quote},
    };
    for (const row& each : rows) {
        INFO(each.text);
        CHECK(shown(each.text) == each.expected);
    }
}

TEST_CASE("a CSV file is bounded") {
    const auto columns = [](int count) {
        std::string text = "c0";
        for (int i = 1; i < count; ++i)
            text += ",c" + std::to_string(i);
        return text + '\n';
    };
    CHECK(read_csv(columns(1000), "c.csv").has_value());
    CHECK(shown(columns(1001)) ==
          "c.csv:1: This row has more than 1,000 columns, so the file is no list of organizations.");
    CHECK(shown("a,b\n" + std::string(5000, ',')) ==
          "c.csv:2: This row has more than 1,000 columns, so the file is no list of organizations.");
    CHECK(shown(std::string((std::size_t{64} << 20) + 1, 'a')) ==
          "c.csv: The file is larger than 64 MiB, so it is no list of organizations.");
    std::string rows = "a\n";
    for (int i = 0; i < 1'000'001; ++i)
        rows += "1\n";
    CHECK(shown(rows) == "c.csv:1000002: The file has more than 1,000,000 rows, so it is no list of organizations.");
}

TEST_CASE("a field is put in quotes where it needs them, and reads back to the same") {
    struct row {
        std::string value, expected;
    };
    const row rows[] = {
        {"", ""},
        {"Adler Bau", "Adler Bau"},
        {"Müller & Söhne", "Müller & Söhne"},
        {"a,b", "\"a,b\""},
        {"a;b", "\"a;b\""},
        {"a\tb", "\"a\tb\""},
        {"5\" pipe", "\"5\"\" pipe\""},
        {"\"", "\"\"\"\""},
        {"a\nb", "\"a\nb\""},
        {"a\r", "\"a\r\""},
        {" a", "\" a\""},
        {"a ", "\"a \""},
        {" ", "\" \""},
        {"\xEF\xBB\xBF", "\"\xEF\xBB\xBF\""},
        {"=1+1", "=1+1"},
        {"'a'", "'a'"},
    };
    for (const row& each : rows) {
        INFO(each.value);
        CHECK(contactd::csv_field(each.value) == each.expected);
        for (const char separator : {',', ';', '\t'}) {
            const std::string field = contactd::csv_field(each.value);
            const auto table = read_csv("x"s + separator + "y\n" + field + separator + field + '\n', "c.csv");
            REQUIRE(table);
            CHECK(table->rows.at(0).fields == std::vector{each.value, each.value});
        }
    }
}
