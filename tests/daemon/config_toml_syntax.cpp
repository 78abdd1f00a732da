#include "config_support.hpp"

#include "daemon/config/toml_tree.hpp"

TEST_CASE("what is no TOML is named with file, line, column and a sentence") {
    struct row {
        std::string text;
        std::string expected;
    };
    const row rows[] = {
        {"a = 1\nb = hunter\n", "c.toml:2:5: This value is not valid TOML; a text needs quotes around it."},
        {"a = 1\na = 2\n", "c.toml:2:5: This key or section is in the file already."},
        {"[policy]\n[policy]\n", "c.toml:2:1: This key or section is in the file already."},
        {"[policy\n", "c.toml:1:8: A section is written as [name], alone on its line."},
        {"a =\n", "c.toml:1:4: There is no value after the \"=\"."},
        {"dry_run\n", "c.toml:1:8: A key must be followed by \"=\" and its value."},
        {"a = [1, 2", "c.toml:1:10: The file ends in the middle of a key or value."},
        {"a = [1 2]\n", "c.toml:1:8: This array is not valid TOML; a comma separates its values and \"]\" ends it."},
        {"a = {b = 1,}\n",
         "c.toml:1:12: This inline table is not valid TOML; it stands on one line, and no comma comes "
         "before its \"}\"."},
        {"a = \"C:\\q\"\n",
         "c.toml:1:9: This text is not valid TOML; its closing quote is missing, or a backslash in it "
         "is not written twice."},
        {"a = 'b\n",
         "c.toml:1:7: This text is not valid TOML; its closing quote is missing, or a backslash in it is not "
         "written twice."},
        {"a = 010\n", "c.toml:1:8: This number is not valid TOML; a text needs quotes around it."},
        {"a = 2026-99-01\n", "c.toml:1:12: This date or time is not valid TOML; a text needs quotes around it."},
        {"a = \"b\" c\n", "c.toml:1:9: Nothing but a comment may follow a value on its line."},
        {"a = \"\xff\"\n", "c.toml:1:5: The file is not UTF-8 text here."},
    };
    for (const row& each : rows) {
        INFO(each.text);
        CHECK(errors_of(each.text) == each.expected);
    }
}

TEST_CASE("the tree keeps the lines and their order") {
    const auto tree = contactd::parse_toml("z = 1\n[b]\ny = [\n 2,\n 'x' ]\n[a]\nd = 2026-01-31\nf = 0.5\nt = true\n");
    REQUIRE(tree);
    REQUIRE(tree->children.size() == 3);
    CHECK(tree->children[0].key == "z");
    CHECK(tree->children[1].key == "b");
    CHECK(tree->children[2].key == "a");
    const auto* y = tree->find("b")->find("y");
    REQUIRE(y != nullptr);
    CHECK(y->line == 3);
    CHECK(y->children[0].line == 4);
    CHECK(y->children[1].line == 5);
    CHECK(y->children[1].text == "x");
    CHECK(tree->find("a")->find("d")->kind == contactd::toml_kind::date_or_time);
    CHECK(tree->find("a")->find("f")->number == 0.5);
    CHECK(tree->find("a")->find("t")->boolean);
    CHECK(tree->find("c") == nullptr);
    CHECK(tree->find("z")->find("c") == nullptr);
}

TEST_CASE("a heading that the TOML library itself stumbles over is named like any other fault") {
    const std::string expected = ": This is not valid TOML; a section is written as [name] or [[instance]].";
    CHECK(errors_of("a = 1\n[[[instance]]]\n") == "c.toml:2" + expected);
    CHECK(errors_of(small_instance + " [[ = ]]\n") == "c.toml:8" + expected);
    CHECK(errors_of("a = [\n 1 ]\n[$x]\n") == "c.toml:3" + expected);
}

TEST_CASE("a letter beyond ASCII outside of quotes is named like any other fault") {
    for (const std::string text : {"a = ü", "ü = 1", "a = 1 ü", "a = bü", "[ü]", "[[ü]]", "a = 1ü", "a = trueü",
                                   "a.ü = 1", "a = [ü]", "a = {ü = 1}", "a = 'b'ü", "a = \xe2\x88\x9e",
                                   "a\xe3\x80\x80= 1", "a = 1979-01-01ü", "\xc3", "a = \xf0\x9f\x98\x80"}) {
        INFO(text);
        CHECK(errors_of(text + "\n").starts_with("c.toml:1:"));
    }
    CHECK(config_of("# ü\n" + small_instance + "exclude_companies = [\"ü\", '😀']\n").instances.size() == 1);
}

TEST_CASE("a file nested without end is refused, not followed") {
    CHECK(errors_of("a = " + std::string(100000, '[')) != "accepted");
    CHECK(errors_of("a = " + std::string(5000, '[') + std::string(5000, ']') + "\n") != "accepted");
}

TEST_CASE("a key of a great many parts is refused, wherever it stands") {
    std::string parts = "a";
    for (int i = 0; i < 30'000; ++i)
        parts += ".a";
    CHECK(errors_of("[daemon]\n" + parts + " = 1\n") == "c.toml:2: This key has too many parts.");
    CHECK(errors_of("[" + parts + "]\n") == "c.toml:1: This key has too many parts.");
    CHECK(errors_of("\nx = [ { " + parts + " = 1 } ]\n") == "c.toml:2: This key has too many parts.");
}
