#include "daemon/printable.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <string>

using contactd::counted;
using contactd::grouped;
using contactd::padded;
using contactd::printable;

TEST_CASE("names from the network cannot steer a terminal or disguise a line") {
    struct {
        std::string text;
        const char* shown;
    } const rows[] = {
        {"PC-17", "PC-17"},
        {"", ""},
        {"J\xC3\xB6rg \xE6\x97\xA5\xE6\x9C\xAC \xF0\x9F\x92\xBB",
         "J\xC3\xB6rg \xE6\x97\xA5\xE6\x9C\xAC \xF0\x9F\x92\xBB"},
        {"\x1b[31mred", " [31mred"},
        {"\x1b]0;title\x07", " ]0;title "},
        {"a\r\nb\tc\bd", "a  b c d"},
        {std::string("a\0b", 3), "a b"},
        {"a\x7F"
         "b",
         "a b"},
        {"\xC2\x9B"
         "31m",
         " 31m"}, // The one-character form of ESC [.
        {"a\xE2\x80\xAE"
         "b",
         "a b"}, // Right-to-left override.
        {"a\xE2\x81\xA6"
         "b",
         "a b"}, // Left-to-right isolate.
        {"a\xE2\x80\x8F"
         "b",
         "a b"}, // Right-to-left mark.
        {"a\xD8\x9C"
         "b",
         "a b"}, // Arabic letter mark.
        {"a\xE2\x80\x8B"
         "b",
         "a b"},                 // Zero width space.
        {"\xEF\xBB\xBFx", " x"}, // Byte order mark.
        {"a\xE2\x80\xA8"
         "b\xE2\x80\xA9",
         "a b "},                    // Line and paragraph separators.
        {"a\xFF\xC3", "a  "},        // No UTF-8.
        {"\xED\xA0\x80", "   "},     // A surrogate.
        {"\xF3\xA0\x81\x81x", " x"}, // A tag character.
        {"e\xCC\x81", "e\xCC\x81"},  // A combining accent is a letter's.
    };
    for (const auto& one : rows) {
        INFO(one.text);
        CHECK(printable(one.text) == one.shown);
        CHECK(printable(printable(one.text)) == printable(one.text));
    }
}

TEST_CASE("columns are those of the screen, not bytes") {
    CHECK(padded("ab", 4) == "ab  ");
    CHECK(padded("abcd", 4) == "abcd");
    CHECK(padded("abcde", 4) == "abcde");
    CHECK(padded("\xC3\xB6", 3) == "\xC3\xB6  ");
    CHECK(padded("\xE6\x97\xA5", 3) == "\xE6\x97\xA5 "); // Two columns wide.
    CHECK(padded("e\xCC\x81", 3) == "e\xCC\x81  ");
    CHECK(padded("\xFF", 3) == "\xFF  ");
    CHECK(padded("", 2) == "  ");
}

TEST_CASE("numbers are grouped by thousands") {
    CHECK(grouped(0) == "0");
    CHECK(grouped(999) == "999");
    CHECK(grouped(1000) == "1,000");
    CHECK(grouped(20031) == "20,031");
    CHECK(grouped(1234567) == "1,234,567");
    CHECK(grouped(-1) == "-1");
    CHECK(grouped(-123) == "-123");
    CHECK(grouped(-1234) == "-1,234");
    CHECK(grouped(std::numeric_limits<std::int64_t>::min()) == "-9,223,372,036,854,775,808");
}

TEST_CASE("one is singular, everything else plural") {
    CHECK(counted(1, "device", "devices") == "1 device");
    CHECK(counted(0, "device", "devices") == "0 devices");
    CHECK(counted(20031, "device", "devices") == "20,031 devices");
}
