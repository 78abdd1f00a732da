#include "core/fold.hpp"

#include "tests/core/support.hpp"

#include <catch2/catch.hpp>

using namespace core_tests;
using namespace std::string_view_literals;

TEST_CASE("Spellings that differ in case or in composition fold to one form") {
    struct row {
        std::string_view one;
        std::string_view other;
    };
    for (const auto& [one, other] : std::initializer_list<row>{
             {"JSmith", "jsmith"},
             {"M\xC3\x9CLLER", "m\xC3\xBCller"},  // Ü, ü
             {"Mu\xCC\x88ller", "m\xC3\xBCller"}, // u and a combining diaeresis
             {"MU\xCC\x88LLER", "m\xC3\xBCller"}, // U and a combining diaeresis
             {"Stra\xC3\x9F"
              "e",
              "STRASSE"}, // ß
             {"Stra\xE1\xBA\x9E"
              "e",
              "strasse"}, // capital ẞ
             {"\xC5\xBF"
              "am",
              "sam"},                                                  // long s
             {"\xC5\xBF\xCC\x87", "\xE1\xB9\xA1"},                     // long s with a dot, ṡ
             {"\xCE\xA3\xCE\x91\xCE\xA3", "\xCF\x83\xCE\xB1\xCF\x82"}, // Σ Α Σ against σ α final ς
             {"\xE2\x84\xAA", "k"},                                    // Kelvin sign
             {"\xE2\x84\xAB", "a\xCC\x8A"},                            // Angstrom sign, a and a ring
             {"\xC4\xB0", "i\xCC\x87"},                                // İ is i and a dot in full folding
             {"\xE1\xBE\xB4", "\xCE\xB1\xCD\x85\xCC\x81"},             // ᾴ, alpha with iota first and acute after it
             {"\xE1\xBE\xB4", "\xCE\xB1\xCC\x81\xCD\x85"},             // ... and the other way round
             {"\xE1\xBE\xB4", "\xCE\xAC\xCE\xB9"},                     // ᾴ folds to ά and ι
             {"e\xCC\xA3\xCC\x82", "e\xCC\x82\xCC\xA3"},               // two marks in either order
             {"\xEF\xAC\x81", "FI"},                                   // the ligature fi
             {"\xEA\xB0\x81", "\xE1\x84\x80\xE1\x85\xA1\xE1\x86\xA8"}, // a Hangul syllable and its letters
             {"\xF0\x90\x90\x80", "\xF0\x90\x90\xA8"},                 // Deseret, beyond the basic plane
         }) {
        CAPTURE(one, other);
        CHECK(core::fold(one) == core::fold(other));
    }
}

TEST_CASE("Letters that are different stay different, whatever the locale") {
    struct row {
        std::string_view one;
        std::string_view other;
    };
    for (const auto& [one, other] : std::initializer_list<row>{
             {"m\xC3\xBCller", "muller"},
             {"m\xC3\xBCller", "mueller"},
             {"\xC4\xB1", "i"},     // dotless i
             {"I", "\xC4\xB1"},     // Turkish casing is not asked for
             {"\xC4\xB0", "i"},     // dotted capital I
             {"\xD0\xB0", "a"},     // the Cyrillic a
             {"\xEF\xBD\x81", "a"}, // the full-width a
             {"o'brien", "o\xE2\x80\x99"
                         "brien"},
             {"j.smith", "jsmith"},
             {"a\0b"sv, "a"},
         }) {
        CAPTURE(one, other);
        CHECK(core::fold(one) != core::fold(other));
    }
}

TEST_CASE("Folding leaves what is not a letter as it is") {
    CHECK(core::fold("").empty());
    CHECK(core::fold("09 .-_@\\$") == "09 .-_@\\$");
    CHECK(core::fold("A\0B"sv) == "a\0b"sv);
    CHECK(core::fold("\xC3\x84\0\xC3\x84"sv) == "\xC3\xA4\0\xC3\xA4"sv);
    CHECK(core::fold("[\\]^_`{|}~@") == "[\\]^_`{|}~@");
}

TEST_CASE("A text that is not valid UTF-8 is folded in its ASCII letters only") {
    for (const auto text : {"AB\xFF"sv, "\xC3"sv, "AB\xED\xA0\x80"sv,
                            "\xC0\x80"
                            "AB"sv,
                            "\xF5\x80\x80\x80"sv, "\xC3\x84\xFFZ"sv, "\xE2\x80"sv}) {
        std::string expected(text);
        for (auto& c : expected)
            if (c >= 'A' && c <= 'Z')
                c = static_cast<char>(c + 32);
        CAPTURE(text);
        CHECK(core::fold(text) == expected);
    }
}

TEST_CASE("Letters with an iota below meet their capitals, whatever accents come with it") {
    // U+1F80 to U+1FAF: small and capital forms of one letter fold to the same text, composed or not.
    CHECK(core::fold("\xE1\xBE\x88") == core::fold("\xE1\xBE\x80"));
    CHECK(core::fold("\xCE\x91\xCC\x93\xCD\x85") == core::fold("\xE1\xBE\x80"));
    CHECK(core::fold("\xCE\x91\xCD\x85\xCC\x93") == core::fold("\xE1\xBE\x80"));
    CHECK(core::fold("\xE1\xBE\xB3\xCC\x81") == core::fold("\xE1\xBE\xB4")); // the accent follows the iota
    CHECK(core::fold("\xE1\xBC\x80\xCD\x85") == core::fold("\xE1\xBE\x80"));
}

TEST_CASE("A text longer than any name is folded in its ASCII letters only") {
    const auto longest = repeated("\xC3\x84", 2048);
    CHECK(core::fold(longest) == repeated("\xC3\xA4", 2048));
    CHECK(core::fold(longest + "A") == longest + "a");
    CHECK(core::fold(std::string(5000, 'A')) == std::string(5000, 'a'));
    const auto grows = repeated("\xCE\x90", 2000); // each becomes three characters
    CHECK(core::fold(core::fold(grows)) == core::fold(grows));
}

TEST_CASE("Folding twice is folding once") {
    dice random(1);
    for (int i = 0; i < 50'000; ++i) {
        const auto text = random.one_in(4) ? random_bytes(random, 12) : random_text(random, 8);
        const auto once = core::fold(text);
        REQUIRE(core::fold(once) == once);
    }
    // Every code point alone, and with marks that reorder and compose around it.
    for (std::uint32_t c = 0x80; c < 0x110000; c = c == 0xD7FF ? 0xE000 : c + 1) {
        std::string text;
        if (c < 0x800) {
            text += static_cast<char>(0xC0 | (c >> 6));
        } else if (c < 0x10000) {
            text += static_cast<char>(0xE0 | (c >> 12));
            text += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        } else {
            text += static_cast<char>(0xF0 | (c >> 18));
            text += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
            text += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        }
        text += static_cast<char>(0x80 | (c & 0x3F));
        for (const auto* marks : {"", "\xCD\x85\xCC\x81", "\xCC\x88\xCC\xA3\xCD\x85"}) {
            const auto once = core::fold(text + marks);
            if (core::fold(once) != once) {
                CAPTURE(c, marks);
                REQUIRE(core::fold(once) == once);
            }
            if (c > 0x20000)
                break;
        }
    }
}
