#include "daemon/organizations/organizations_text.hpp"

#include "daemon/config/toml_tree.hpp"
#include "daemon/config/toml_write.hpp"
#include "daemon/organizations/text_lines.hpp"

#include <catch2/catch.hpp>

#include <chrono>

namespace {

using contactd::edit_organizations;
using contactd::key_edit;
using contactd::organization_edit;
using edits = std::vector<organization_edit>;

const std::string sample = "# Our clients\n"
                           "[[organization]]\n"
                           "name       = \"Adler Bau\"            # required\n"
                           "instance   = \"main\"                 # may be left out\n"
                           "company_id = 1234                   # absent = not mapped yet\n"
                           "tags       = [\"managed\", \"gold\"]\n"
                           "[organization.match]\n"
                           "device_types = [\"*\"]\n"
                           "\n"
                           "# The bakery; pays late.\n"
                           "[[organization]]\n"
                           "name = \"Bäckerei Zöller\"\n";

/// The new text, or the refusal.
std::string edited(std::string_view text, const edits& changes) {
    const auto result = edit_organizations(text, changes);
    return result ? *result : result.error();
}

std::string with(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

edits one(const std::string& name, const std::string& key, std::optional<std::string> value) {
    return {{name, {{key, std::move(value)}}}};
}

} // namespace

TEST_CASE("every value of a TOML text stands where the tree says, whatever is around it") {
    struct row {
        std::string text; ///< With one key "v".
        std::string value;
    };
    const row rows[] = {
        {"v = 1", "1"},
        {"v = 1 ", "1"},
        {"v=\t1\t# c\r\n", "1"},
        {"v = 1_000# c", "1_000"},
        {"v = 0xFF #", "0xFF"},
        {"v = -1.5e-3 #", "-1.5e-3"},
        {"v = +nan\n", "+nan"},
        {"v = true # c", "true"},
        {"'ü' = 'ü'\nv = 'ü' # ü", "'ü'"},
        {"\xEF\xBB\xBFv = 'ü' # ü", "'ü'"},
        {"\xEF\xBB\xBF# ü\nv = '😀' # ü", "'😀'"},
        {"\"é\" = { v = 1 }\r\nv = 'a\tü' # ü", "'a\tü'"},
        {"v = \"\"\"a\n ü\"\"\" # c\n", "\"\"\"a\n ü\"\"\""},
        {"v = '''''x''''' # c\n", "'''''x'''''"},
        {"v = \"\"\"\r\nx\\\r\n  y\r\n\"\"\"\r\n", "\"\"\"\r\nx\\\r\n  y\r\n\"\"\""},
        {"v = '' # c", "''"},
        {"v = \"\"", "\"\""},
        {"v = [ 1, # ]\n 'ü' ] # ]", "[ 1, # ]\n 'ü' ]"},
        {"v = []#", "[]"},
        {"v = [\n]", "[\n]"},
        {"v = { a = {}, b = [1] } # }", "{ a = {}, b = [1] }"},
        {"v = 1979-05-27", "1979-05-27"},
        {"v = 1979-05-27 # c", "1979-05-27"},
        {"v = 1979-05-27 \n", "1979-05-27"},
        {"v = 1979-05-27 07:32:00 # c", "1979-05-27 07:32:00"},
        {"v = 1979-05-27T07:32:00.123-07:00\t", "1979-05-27T07:32:00.123-07:00"},
        {"v = 07:32:00 #c", "07:32:00"},
    };
    for (const row& each : rows) {
        INFO(each.text);
        const auto tree = contactd::parse_toml(each.text);
        REQUIRE(tree);
        const auto* value = tree->find("v");
        REQUIRE(value != nullptr);
        const contactd::text_lines lines(each.text);
        const auto begin = lines.offset(value->value_begin);
        CHECK(each.text.substr(begin, lines.offset(value->value_end) - begin) == each.value);
    }
}

TEST_CASE("a date or time has words that are the same for the same value only") {
    const auto tree = contactd::parse_toml("a = 1979-05-27 07:32:00Z\nb = 1979-05-27T07:32:00.000+00:00\n"
                                           "c = 1979-05-27T07:32:00\nd = 1979-05-27\ne = 07:32:00\nf = 07:32:00.5\n");
    REQUIRE(tree);
    const auto words = [&tree](std::string_view key) { return tree->find(key)->text; };
    CHECK(words("a") == words("b"));
    CHECK(words("a") != words("c"));
    CHECK(words("c") != words("d"));
    CHECK(words("e") != words("f"));
}

TEST_CASE("a value is replaced where it stands, and a comment stays in its column where there is room") {
    struct row {
        std::string key, value, from, to;
    };
    const row rows[] = {
        {"company_id", "7", "1234                   # absent", "7                      # absent"},
        {"company_id", "12345678", "1234                   # absent", "12345678               # absent"},
        {"company_id", "\"1234567890123456789012345\"", "1234                   # absent",
         "\"1234567890123456789012345\" # absent"},
        {"name", "\"Ädler\"", "\"Adler Bau\"            #", "\"Ädler\"                #"},
        {"tags", "[]", "[\"managed\", \"gold\"]", "[]"},
        {"tags", "[\n  \"a\",\n]", "[\"managed\", \"gold\"]", "[\n  \"a\",\n]"},
        {"instance", "\"other\"", "\"main\"                 #", "\"other\"                #"},
    };
    for (const row& each : rows) {
        INFO(each.value);
        CHECK(edited(sample, one("Adler Bau", each.key, each.value)) == with(sample, each.from, each.to));
    }
    CHECK(edited("[[organization]]\nname='A'\nb = 1 # c\n", one("A", "b", "123")) ==
          "[[organization]]\nname='A'\nb = 123 # c\n");
    CHECK(edited("[[organization]]\nname='A'\nb = 123 # c\n", one("A", "b", "1")) ==
          "[[organization]]\nname='A'\nb = 1 # c\n");
    CHECK(edited("[[organization]]\nname='A'\nb = 123\t# c\n", one("A", "b", "1")) ==
          "[[organization]]\nname='A'\nb = 1\t# c\n");
}

TEST_CASE("a value of several lines is replaced as a whole") {
    const std::string text =
        "[[organization]]\nname = 'A'\ntags = [ # first\n  'x', # ]\n  ']' ] # last\nb = '''\n[x]\n"
        "''' # c\n[other]\n";
    CHECK(edited(text, one("A", "tags", "[]")) ==
          "[[organization]]\nname = 'A'\ntags = [] # last\nb = '''\n[x]\n''' # c\n[other]\n");
    CHECK(edited(text, one("A", "b", "1")) ==
          "[[organization]]\nname = 'A'\ntags = [ # first\n  'x', # ]\n  ']' ] # last\nb = 1 # c\n[other]\n");
    CHECK(edited(text, one("A", "tags", std::nullopt)) ==
          "[[organization]]\nname = 'A'\nb = '''\n[x]\n''' # c\n[other]\n");
    CHECK(edited(text, {{"A", {{"b", std::nullopt}, {"c", "2"}}}}) ==
          "[[organization]]\nname = 'A'\ntags = [ # first\n  'x', # ]\n  ']' ] # last\nc = 2\n[other]\n");
}

TEST_CASE("what says the same already is not touched") {
    const std::string text = "[[organization]]\nname = 'A'\nid = 1_0  # ten\nt = [ 'x' ,]\nd = 1979-05-27 07:32:00Z\n"
                             "m = { a = 1, b = 2 }\nn = nan";
    CHECK(edited(text, {{"A",
                         {{"id", "10"},
                          {"t", "[\"x\"]"},
                          {"name", "\"A\""},
                          {"d", "1979-05-27T07:32:00Z"},
                          {"m", "{b=2,a=1}"},
                          {"n", "nan"},
                          {"absent", std::nullopt}}}}) == text);
    CHECK(edited(text, {}) == text);
    CHECK(edited("", {}) == "");
}

TEST_CASE("a new key comes behind the organization's own keys, before its sections and the comments of what follows") {
    CHECK(edited(sample, one("Adler Bau", "domain", "\"adler-bau.de\"")) ==
          with(sample, "[organization.match]", "domain     = \"adler-bau.de\"\n[organization.match]"));
    CHECK(edited(sample, {{"Bäckerei Zöller", {{"company_id", "5"}, {"company", "\"Z\""}}}}) ==
          sample + "company_id = 5\ncompany = \"Z\"\n");
    CHECK(
        edited("[[organization]]\nname = 'A' # a\n\n# B is next\n[[organization]]\nname = 'B'\n", one("A", "x", "1")) ==
        "[[organization]]\nname = 'A' # a\nx = 1\n\n# B is next\n[[organization]]\nname = 'B'\n");
    CHECK(edited(
              "[[organization]]\n  name = 'A'\n  match.rules = [\n 'email' ]\n  [organization.policy]\n  write = 'x'\n",
              one("A", "x", "1")) ==
          "[[organization]]\n  name = 'A'\n  match.rules = [\n 'email' ]\n  x = 1\n  [organization.policy]\n  write = "
          "'x'\n");
    CHECK(edited("[[organization]]\nname = 'A'\n[[organization.note]]\na = 1\n", one("A", "x", "1")) ==
          "[[organization]]\nname = 'A'\nx = 1\n[[organization.note]]\na = 1\n");
    CHECK(edited("[[organization]]\nname = 'A'\n[organization.a.b]\nc = 1\n", one("A", "x", "1")) ==
          "[[organization]]\nname = 'A'\nx = 1\n[organization.a.b]\nc = 1\n");
}

TEST_CASE("a key that cannot stand bare is put in quotes") {
    CHECK(edited("[[organization]]\nname = 'A'\n", {{"A", {{"ü b", "1"}, {"", "2"}, {"c.d", "3"}}}}) ==
          "[[organization]]\nname = 'A'\n\"ü b\" = 1\n\"\" = 2\n\"c.d\" = 3\n");
    CHECK(edited("[[organization]]\n\"name\" = 'A'\n'company_id' = 1\n", one("A", "company_id", "2")) ==
          "[[organization]]\n\"name\" = 'A'\n'company_id' = 2\n");
}

TEST_CASE("a removed key takes its line and the comment on it along") {
    CHECK(edited(sample, one("Adler Bau", "company_id", std::nullopt)) ==
          with(sample, "company_id = 1234                   # absent = not mapped yet\n", ""));
    CHECK(edited("[[organization]]\nname = 'A'\nb = 1", one("A", "b", std::nullopt)) == "[[organization]]\nname = 'A'");
    CHECK(edited("[[organization]]\nb = 1\nc = 1\nname = 'A'",
                 {{"A", {{"b", std::nullopt}, {"c", std::nullopt}, {"d", "4"}}}}) ==
          "[[organization]]\nname = 'A'\nd = 4");
    CHECK(edited("[[organization]]\nname = 'A'\n\nb = 1", one("A", "b", std::nullopt)) ==
          "[[organization]]\nname = 'A'\n");
    CHECK(edited("[[organization]]\r\nname = 'A'\r\nb = 1\r\nc = 2",
                 {{"A", {{"b", std::nullopt}, {"c", std::nullopt}}}}) == "[[organization]]\r\nname = 'A'");
}

TEST_CASE("line ends, a byte order mark and a missing last line end stay") {
    CHECK(edited("\xEF\xBB\xBF[[organization]]\r\nname = 'A'\r\n", one("A", "b", "1")) ==
          "\xEF\xBB\xBF[[organization]]\r\nname = 'A'\r\nb = 1\r\n");
    CHECK(edited("\xEF\xBB\xBF[[organization]]\r\nname = 'A'", one("A", "b", "1")) ==
          "\xEF\xBB\xBF[[organization]]\r\nname = 'A'\r\nb = 1");
    CHECK(edited("[[organization]]\r\nname = 'A' # x\nc = 1", one("A", "c", "2")) ==
          "[[organization]]\r\nname = 'A' # x\nc = 2");
    CHECK(edited("[[organization]]\r\nname = 'A'\r\n", one("B", "b", "1")) ==
          "[[organization]]\r\nname = 'A'\r\n\r\n[[organization]]\r\nname = \"B\"\r\nb = 1\r\n");
    CHECK(edited("# x", one("B", "b", "1")) == "# x\n\n[[organization]]\nname = \"B\"\nb = 1");
    CHECK(edited("\xEF\xBB\xBF", one("B", "b", "1")) == "\xEF\xBB\xBF[[organization]]\nname = \"B\"\nb = 1\n");
}

TEST_CASE("an organization that is not there is added at the end, its name first") {
    CHECK(edited("", {{"A \"B\"", {{"company_id", "1"}, {"x", std::nullopt}}}, {"C", {}}}) ==
          "[[organization]]\nname = \"A \\\"B\\\"\"\ncompany_id = 1\n\n[[organization]]\nname = \"C\"\n");
    CHECK(edited("# nothing yet\n\n", {{"C", {}}}) == "# nothing yet\n\n[[organization]]\nname = \"C\"\n");
    CHECK(edited("# nothing yet\r\n \t\r\n", {{"C", {}}}) ==
          "# nothing yet\r\n \t\r\n[[organization]]\r\nname = \"C\"\r\n");
    CHECK(edited("[[organization]]\nname = 'A'\n[organization.policy]\nx = 1\n", one("C", "b", "2")) ==
          "[[organization]]\nname = 'A'\n[organization.policy]\nx = 1\n\n[[organization]]\nname = \"C\"\nb = 2\n");
    CHECK(edited("[[organization]]\nname   = 'A'\n", {{"C", {{"name", "'C'"}, {"b", "2"}, {"longer_key", "3"}}}}) ==
          "[[organization]]\nname   = 'A'\n\n[[organization]]\nname   = 'C'\nb      = 2\nlonger_key = 3\n");
}

TEST_CASE("edits of an organization at the end and new ones behind it do not mix") {
    CHECK(edited("[[organization]]\nname = 'A'", {{"B", {}}, {"A", {{"x", "1"}}}, {"C", {}}}) ==
          "[[organization]]\nname = 'A'\nx = 1\n\n[[organization]]\nname = \"B\"\n\n[[organization]]\nname = \"C\"");
}

TEST_CASE("an organization is found whatever the case of its name and the blanks around it") {
    CHECK(edited("[[organization]]\nname = ' BÄCKER '\nb = 1\n", one("Bäcker", "b", "2")) ==
          "[[organization]]\nname = ' BÄCKER '\nb = 2\n");
    CHECK(edited("[[organization]]\nname = 'STRASSE'\n", one("\u00a0Straße", "name", "\"Straße\"")) ==
          "[[organization]]\nname = \"Straße\"\n");
}

TEST_CASE("headings with blanks and comments are understood") {
    CHECK(edited(
              "  [[ organization ]]  # A\n name='A'#c\n[[ 'organization' ]]\nname=\"B\"\n[ organization . match ]\nx=1",
              {{"A", {{"b", "1"}}}, {"B", {{"b", "2"}}}}) ==
          "  [[ organization ]]  # A\n name='A'#c\n b = 1\n[[ 'organization' ]]\nname=\"B\"\nb = 2\n[ organization . "
          "match ]\nx=1");
}

TEST_CASE("organizations may have other sections and keys around them") {
    const std::string text =
        "version = 1\n[[organization]]\nname = 'A'\n[other]\nname = 'A'\n[[organization]]\nname = 'B'\n"
        "[x.organization]\nname = 'B'\n";
    CHECK(edited(text, {{"A", {{"k", "1"}}}, {"B", {{"name", "'C'"}}}}) ==
          "version = 1\n[[organization]]\nname = 'A'\nk = 1\n[other]\nname = 'A'\n[[organization]]\nname = 'C'\n"
          "[x.organization]\nname = 'B'\n");
}

TEST_CASE("what cannot be edited is refused with a sentence that names the line") {
    struct row {
        std::string text;
        edits changes;
        std::string expected;
    };
    const std::string sections = " The organizations are not written as sections, so they cannot be edited here; write "
                                 "each of them as [[organization]], with its keys on lines below.";
    const std::string by_hand = " of the organization \"A\" is not on a line of its own here, but a section or dotted "
                                "keys; edit it by hand.";
    const std::string a = "[[organization]]\nname = 'A'\n";
    const row rows[] = {
        {"a = 1\nb = hunter\n", {}, "line 2: This value is not valid TOML; a text needs quotes around it."},
        {"\norganization = [ { name = 'A' } ]\n", one("A", "b", "1"), "line 2:" + sections},
        {"organization = []\n", one("A", "b", "1"), "line 1:" + sections},
        {"[organization]\nname = 'A'\n", one("A", "b", "1"), "line 1:" + sections},
        {"organization.name = 'A'\n", one("A", "b", "1"), "line 1:" + sections},
        {"organization = 'A'\n", one("A", "b", "1"), "line 1:" + sections},
        {a + "[organization.match]\nx = 1\n", one("A", "match", "1"), "line 3: \"match\"" + by_hand},
        {a + "[[organization.match]]\nx = 1\n", one("A", "match", "1"), "line 3: \"match\"" + by_hand},
        {a + "\nmatch.x = 1\n", one("A", "match", std::nullopt), "line 4: \"match\"" + by_hand},
        {a + "[organization.match.x]\n", one("A", "match", std::nullopt), "line 3: \"match\"" + by_hand},
        {a + "[[organization]]\nname = 'a '\n", one("A", "b", "1"),
         "line 3: There is another organization \"A\" on line 1; give each a name of its own."},
        {a, one("A", "name", std::nullopt), "line 2: The organization \"A\" has to keep a name."},
        {a, one("\xff", "b", "1"), "The name or a key of an organization is not UTF-8 text."},
        {a, one("A", "\xc3", std::nullopt), "The name or a key of an organization is not UTF-8 text."},
        {a, one(" ", "b", "1"), "An organization without a name cannot be edited or added."},
        {a, {{"A", {}}, {"a", {}}}, "The organization \"a\" is edited twice at once."},
        {a, {{"A", {{"b", "1"}, {"b", "2"}}}}, "The key \"b\" of the organization \"A\" is edited twice at once."},
        {a, one("A", "name", "1"), "The name of an organization must be a text that is not blank."},
        {a, one("A", "name", "' '"), "The name of an organization must be a text that is not blank."},
        {a + "[[organization]]\nname = 'B'\n", one("B", "name", "'a'"), "Two organizations would have the name \"a\"."},
        {a, {{"A", {{"name", "'C'"}}}, {"C", {}}}, "Two organizations would have the name \"C\"."},
    };
    for (const row& each : rows) {
        INFO(each.text);
        const auto result = edit_organizations(each.text, each.changes);
        CHECK_FALSE(result.has_value());
        CHECK(edited(each.text, each.changes) == each.expected);
    }
}

TEST_CASE("a value that is anything but one TOML value is refused") {
    for (const std::string value : {"", " ", "1 ", " 1", "1 # c", "1\n", "1\nx = 2", "main", "1, 2", "\"a", "[1",
                                    "{ a = 1", "'''a", "1\r\n[[organization]]", "\xff", "1\n[v.x]", "]"}) {
        INFO(value);
        CHECK(edited("[[organization]]\nname = 'A'\nb = 1\n", one("A", "b", value)) ==
              "The new value of \"b\" of the organization \"A\" is not exactly one TOML value.");
        CHECK(edited("", one("A", "b", value)) ==
              "The new value of \"b\" of the organization \"A\" is not exactly one TOML value.");
    }
}

TEST_CASE("two organizations can swap names in one go, and case can be changed") {
    CHECK(edited("[[organization]]\nname = 'A'\n[[organization]]\nname = 'B'\n",
                 {{"A", {{"name", "'B'"}}}, {"B", {{"name", "'a'"}}}}) ==
          "[[organization]]\nname = 'B'\n[[organization]]\nname = 'a'\n");
}

TEST_CASE("thousands of organizations are edited in one go") {
    std::string before, after;
    edits changes;
    for (int i = 0; i < 5000; ++i) {
        const std::string name = "Organization " + std::to_string(i) + (i % 2 ? " ä" : "");
        const std::string head = "[[organization]]\nname = \"" + name + "\" # " + std::to_string(i) + '\n';
        before += head + "company_id = 1\nold = 1\ndomain = \"d\"\n\n";
        after += head + "company_id = " + std::to_string(i + 2) + "\ndomain = \"d\"\ncompany = \"C\"\n\n";
        changes.push_back({name, {{"company_id", std::to_string(i + 2)}, {"old", std::nullopt}, {"company", "\"C\""}}});
    }
    const auto began = std::chrono::steady_clock::now();
    const bool right = edited(before, changes) == after;
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    CHECK(right);
    CHECK(took.count() < 20); // Under sanitizers; a second at the most where it ships.
}
