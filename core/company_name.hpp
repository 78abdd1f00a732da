#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace core {

/// A word of a company's name in lower case and without diacritics. For "Müller" these are two, because both are in
/// use: "muller", where the dots were left away, and "mueller". For most words they are the same.
struct name_word {
    std::string plain;   ///< "ü" is "u".
    std::string spelled; ///< "ü" is "ue"; so are "ä", "ö", "å", "ø" spelled with two letters.

    friend bool operator==(const name_word&, const name_word&) = default;
};

/// A company's name as it is compared. Case, blanks, punctuation, diacritics and the spelling of the legal form make no
/// difference; "&", "+", "and", "und", "et", "y" and "en" between words are one and the same.
struct company_name {
    std::vector<name_word> words;  ///< Without the legal form, unless that is all there is.
    std::string legal_form;        ///< As it is usually written, "GmbH & Co. KG"; empty where there is none.
    bool form_may_be_word = false; ///< "Spa", "SE": the legal form may be a word of the name, a place or a trade.
    std::string plain_key;         ///< The plain words run together: blanks are set too differently to count.
    std::string spelled_key;       ///< The spelled words run together.
};

/// Reads a name as people type it. No words only when it holds nothing that can be seen.
company_name read_company_name(std::string_view text);

/// True when both names say the same, whatever the legal form; "Müller" is both "Mueller" and "Muller", which are not
/// each other.
bool is_same_name(const company_name& one, const company_name& other);

/// True when both names have a legal form, and not the same.
bool legal_forms_differ(const company_name& one, const company_name& other);

} // namespace core
