#include "tests/lint/source_text.hpp"

#include "tests/lint/statements.hpp"

#include <catch2/catch.hpp>
#include <string>

namespace {

/// "line:text" of each; "S" for a string, "C" for a character, "<name>" for a header.
std::string words(std::string_view text) {
    std::string all;
    for (const auto& one : lint::lexemes_of(text)) {
        all += all.empty() ? "" : " ";
        all += std::to_string(one.line) + (one.of_directive ? "#" : ":");
        switch (one.kind) {
        case lint::lexeme_kind::string:
            all += "S";
            break;
        case lint::lexeme_kind::character:
            all += "C";
            break;
        case lint::lexeme_kind::header:
            all += "<" + std::string(one.text) + ">";
            break;
        default:
            all += one.text;
        }
    }
    return all;
}

} // namespace

TEST_CASE("Comments and literals say nothing, and every lexeme keeps its line") {
    struct row {
        std::string_view text;
        std::string_view expected;
    };
    const row rows[] = {
        {"", ""},
        {"a b\n\nc_1", "1:a 1:b 3:c_1"},
        {"a // b\nc", "1:a 2:c"},
        {"a // b \\\n c\nd", "1:a 3:d"},
        {"a // b\\\\\nc\nd // e\\f\ng", "1:a 3:d 4:g"},
        {"a /* b\n // */ c", "1:a 2:c"},
        {"\"a // b\" c", "1:S 1:c"},
        {"\"a\\\"b\" c", "1:S 1:c"},
        {"'\"' a '\\'' b", "1:C 1:a 1:C 1:b"},
        {"R\"(a\n\")\" b", "1:S 2:b"},
        {"R\"x(a)\"\n)x\" b", "1:S 2:b"},
        {"u8R\"(a)\" L'b' u8\"c\" R(d)", "1:S 1:C 1:S 1:R 1:( 1:d 1:)"},
        {"1'000'000 'a' 0xFF'FFu 1.5e3 .5", "1:1'000'000 1:C 1:0xFF'FFu 1:1.5e3 1:.5"},
        {"a::b->c<d>>e <=> f&&g", "1:a 1::: 1:b 1:-> 1:c 1:< 1:d 1:> 1:> 1:e 1:<=> 1:f 1:&& 1:g"},
        {"#include <a/b.hpp> // c\nd", "1## 1#include 1#<a/b.hpp> 2:d"},
        {"  # include \"a.hpp\"", "1## 1#include 1#<a.hpp>"},
        {"#define a b \\\n c\nd", "1## 1#define 1#a 1#b 2#c 3:d"},
        {"#error don't\na", "1## 1#error 1#don 1#C 2:a"},
    };
    for (const auto& [text, expected] : rows) {
        CAPTURE(text);
        CHECK(words(text) == expected);
    }
}

TEST_CASE("A text that ends anywhere, or closes what it never opened, is read to its end") {
    const std::string text =
        "#include <a>\nnamespace b { template <class T> struct c : d<T> { c() : e{1}, f(2) { g(); }\n"
        "asio::awaitable<void> h() { if (auto [i, j] = co_await k(); i) { [l]() -> m<n> { return\n"
        "R\"x(\")x\" ? 'o' : \"p\"; }(); } else switch (q) { case 1'0: [[r]] s[2]; } } }; } // t \\";
    for (std::size_t begin = 0; begin < text.size(); ++begin) {
        for (const auto& part : {text.substr(begin), text.substr(0, begin)}) {
            const auto found = lint::statements_of(lint::lexemes_of(part));
            CHECK(found.size() <= part.size());
        }
    }
}
