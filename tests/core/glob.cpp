#include "core/glob.hpp"

#include "core/fold.hpp"
#include "tests/core/support.hpp"

#include <catch2/catch.hpp>

using namespace core_tests;

namespace {

/// The characters of a text: a leading byte with the continuation bytes after it.
std::vector<std::string> characters(std::string_view text) {
    std::vector<std::string> list;
    for (const char c : text) {
        if ((static_cast<unsigned char>(c) & 0xC0u) != 0x80u || list.empty())
            list.emplace_back();
        list.back() += c;
    }
    return list;
}

/// The definition itself, one recursion for each choice.
bool naive_match(const std::vector<std::string>& pattern, std::size_t p, const std::vector<std::string>& text,
                 std::size_t t) {
    if (p == pattern.size())
        return t == text.size();
    if (pattern[p] == "*")
        return naive_match(pattern, p + 1, text, t) || (t < text.size() && naive_match(pattern, p, text, t + 1));
    return t < text.size() && (pattern[p] == "?" || pattern[p] == text[t]) && naive_match(pattern, p + 1, text, t + 1);
}

} // namespace

TEST_CASE("A glob covers the whole text") {
    struct row {
        std::string_view pattern;
        std::string_view text;
        bool matches;
    };
    for (const auto& [pattern, text, matches] : std::initializer_list<row>{
             {"", "", true},
             {"", "a", false},
             {"a", "", false},
             {"*", "", true},
             {"*", "anything", true},
             {"**", "", true},
             {"?", "", false},
             {"?", "a", true},
             {"?", "ab", false},
             {"svc-*", "svc-", true},
             {"svc-*", "svc-backup", true},
             {"svc-*", "xsvc-backup", false},
             {"*-svc", "a-svc-svc", true},
             {"a*b*c", "a--b--b--c", true},
             {"a*b*c", "a--c--b", false},
             {"a*?", "a", false},
             {"a?*", "ab", true},
             {"*a", "aaab", false},
             {"m?ller", "m\xC3\xBCller", true},
             {"??", "\xC3\xBC", false},
             {"?", "\xF0\x9F\x98\x80", true},
             {"*\xBC", "\xC3\xBC", false}, // never matches from inside a character
             {"[ab]", "a", false},
             {"[ab]", "[ab]", true},
             {"\\*", "\\x", true},
         }) {
        CAPTURE(pattern, text);
        CHECK(core::glob_matches(pattern, text) == matches);
    }
}

TEST_CASE("Globs agree with their definition") {
    constexpr std::string_view pattern_parts[]{"a", "b", "*", "*", "?", "\xC3\xBC", "\xF0\x9F\x98\x80"};
    constexpr std::string_view text_parts[]{"a", "b", "a", "b", "\xC3\xBC", "\xC3\xA4", "\xF0\x9F\x98\x80"};
    dice random(5);
    int matched = 0;
    for (int i = 0; i < 100'000; ++i) {
        std::string pattern;
        std::string text;
        for (auto n = random.roll(8); n > 0; --n)
            pattern += random.pick(pattern_parts);
        for (auto n = random.roll(9); n > 0; --n)
            text += random.pick(text_parts);
        const bool expected = naive_match(characters(pattern), 0, characters(text), 0);
        matched += expected;
        CAPTURE(pattern, text);
        REQUIRE(core::glob_matches(pattern, text) == expected);
    }
    CHECK(matched > 5'000);
}

TEST_CASE("A glob never reads outside of random bytes") {
    dice random(6);
    for (int i = 0; i < 20'000; ++i) {
        const auto text = random_bytes(random, 20);
        const auto pattern = random.one_in(2) ? random_bytes(random, 8) : random_text(random, 5);
        core::glob_matches(pattern, text);
        if (text.find_first_of("*?") == std::string::npos)
            REQUIRE(core::glob_matches(text, text));
        REQUIRE(core::glob_matches("*", text));
    }
}

TEST_CASE("Many stars cost no more than the product of the lengths") {
    CHECK_FALSE(core::glob_matches(repeated("a*", 50) + "b", std::string(100'000, 'a')));
    CHECK(core::glob_matches(repeated("a*", 50), std::string(100'000, 'a')));
}

TEST_CASE("A list of globs ignores case on both sides and matches when any does") {
    const std::vector<std::string> patterns{"Admin", "SVC-*", "M\xC3\x9CL?ER"};
    core::glob_list list(patterns);
    CHECK(list.matches(core::fold("ADMIN")));
    CHECK(list.matches(core::fold("svc-1")));
    CHECK(list.matches(core::fold("Mu\xCC\x88ller")));
    CHECK_FALSE(list.matches(core::fold("admin2")));
    CHECK_FALSE(list.matches(""));
    list.add("Extra");
    CHECK(list.matches("extra"));
    CHECK_FALSE(core::glob_list().matches(""));
    CHECK_FALSE(core::glob_list().matches("a"));
}
