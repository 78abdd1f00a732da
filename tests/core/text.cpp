#include "core/text.hpp"

#include "tests/core/support.hpp"

#include <catch2/catch.hpp>

using namespace core_tests;
using namespace std::string_view_literals;

TEST_CASE("Text is measured in UTF-16 units") {
    CHECK(core::utf16_units("") == 0);
    CHECK(core::utf16_units("abc") == 3);
    CHECK(core::utf16_units("a\0b"sv) == 3);
    CHECK(core::utf16_units("\xC3\xA4") == 1);
    CHECK(core::utf16_units("a\xCC\x88") == 2);
    CHECK(core::utf16_units("\xE2\x82\xAC") == 1);
    CHECK(core::utf16_units("\xEF\xBF\xBF") == 1);
    CHECK(core::utf16_units("\xF0\x90\x80\x80") == 2);
    CHECK(core::utf16_units("\xF0\x9F\x98\x80x") == 3);
    CHECK(core::utf16_units("\xE2\x80\x8B") == 1);
}

TEST_CASE("Every byte that is not valid UTF-8 counts as one unit") {
    CHECK(core::utf16_units("\xFF\xFE") == 2);
    CHECK(core::utf16_units("\xC3") == 1);
    CHECK(core::utf16_units("\xE2\x80") == 2);
    CHECK(core::utf16_units("\xED\xA0\x80") == 3);
    CHECK(core::utf16_units("a\x80z") == 3);
    CHECK(core::utf16_units("\xF4\x90\x80\x80") == 4);
}

TEST_CASE("Trimming stops at the first character that is neither blank nor quote") {
    CHECK(core::trim("").empty());
    CHECK(core::trim(" \t\r\n\"'`").empty());
    CHECK(core::trim("  a b  ") == "a b");
    CHECK(core::trim("\"'a'\"") == "a");
    CHECK(core::trim("\xE2\x80\x9E"
                     "a\xE2\x80\x9C") == "a");
    CHECK(core::trim("\xC2\xAB\xC2\xA0"
                     "a\xC2\xA0\xC2\xBB") == "a");
    CHECK(core::trim("\xC2\xB4"
                     "a`") == "a");
    CHECK(core::trim("o'brien") == "o'brien");
    CHECK(core::trim("(a)") == "(a)");
    CHECK(core::trim("\0a\0"sv) == "a");
    CHECK(core::trim("\xE2\x80\xB9"
                     "a\xE2\x80\xBA") == "\xE2\x80\xB9"
                                         "a\xE2\x80\xBA"); // single angle quotes stay
    CHECK(core::trim("\xE2\x80\x8F"
                     "a") == "\xE2\x80\x8F"
                             "a"); // a mark of direction stays
}

TEST_CASE("Trimming never cuts into a character and never eats an invalid byte") {
    CHECK(core::trim(" \xFF ") == "\xFF");
    CHECK(core::trim("a\x80 ") == "a\x80");
    CHECK(core::trim(" \xC2") == "\xC2");
    CHECK(core::trim("\xC2\xA0\xA0") == "\xA0");
    CHECK(core::trim("a\xC2\xA0\xA0") == "a\xC2\xA0\xA0");
    CHECK(core::trim("\xF0\x9F\x98\x80 ") == "\xF0\x9F\x98\x80");
    CHECK(core::trim("\x85\xC2\x85").starts_with('\x85'));
}

TEST_CASE("Trimming blanks alone keeps the quotes") {
    CHECK(core::trim_blanks(" \"a\"\xC2\xA0") == "\"a\"");
    CHECK(core::trim_blanks("\t\n").empty());
    CHECK(core::trim_blanks("' a '") == "' a '");
}

TEST_CASE("Only the documented zero-width characters are removed") {
    CHECK(core::without_zero_width("plain") == "plain");
    CHECK(core::without_zero_width("\xEF\xBB\xBF"
                                   "a\xE2\x80\x8B"
                                   "b\xE2\x80\x8C"
                                   "c\xE2\x80\x8D"
                                   "d\xE2\x81\xA0") == "abcd");
    for (const auto* kept : {"\xE2\x80\x8A", "\xE2\x80\x8E", "\xE2\x80\x8F", "\xE2\x81\xA1", "\xC2\xAD", "\xE2\x80",
                             "\xFF", "\xEF\xBB\xBE"})
        CHECK(core::without_zero_width(kept) == kept);
}

TEST_CASE("Every separator of lines and paragraphs is a line break") {
    for (const auto* text : {"a\nb", "a\rb", "a\vb", "a\fb",
                             "a\xC2\x85"
                             "b",
                             "a\xE2\x80\xA8"
                             "b",
                             "a\xE2\x80\xA9"
                             "b"})
        CHECK(core::has_line_break(text));
    for (const auto* text : {"", "a b", "a\tb",
                             "a\xC2\xA0"
                             "b",
                             "a\xE2\x80\xA7"
                             "b"})
        CHECK_FALSE(core::has_line_break(text));
}

TEST_CASE("Text is ASCII when every byte is below 128") {
    CHECK(core::is_ascii(""));
    CHECK(core::is_ascii("a\x7F\0"sv));
    CHECK_FALSE(core::is_ascii("a\x80"));
    CHECK_FALSE(core::is_ascii("\xC3\xA4"));
}

TEST_CASE("Trimming what is trimmed changes nothing and takes only from the ends") {
    dice random(42);
    for (int i = 0; i < 50'000; ++i) {
        const auto text = random.one_in(2) ? random_bytes(random, 12) : random_text(random, 8);
        const auto trimmed = core::trim(text);
        REQUIRE(core::trim(trimmed) == trimmed);
        REQUIRE(text.find(trimmed) != std::string::npos);
        REQUIRE(core::trim_blanks(text).size() >= trimmed.size());
        REQUIRE(core::utf16_units(text) <= text.size());
        REQUIRE(core::without_zero_width(text).size() <= text.size());
    }
}
