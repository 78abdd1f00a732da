#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace lint {

enum class lexeme_kind { word, number, string, character, header, punctuation };

/// A piece of C++ as the compiler sees it: no comments, no white space. Points into the text it came from.
struct lexeme {
    lexeme_kind kind = lexeme_kind::punctuation;
    std::string_view text; ///< A header's name without its quotes; nothing of a string or a character.
    std::size_t line = 0;
    bool of_directive = false; ///< On a line that begins with '#'.

    /// Whether it is this word or this sign; what a string says is neither.
    bool is(std::string_view expected) const { return text == expected && kind != lexeme_kind::header; }
};

/// The text must outlive what is returned. Whatever the text is, this ends and reads no byte outside of it.
std::vector<lexeme> lexemes_of(std::string_view text);

} // namespace lint
