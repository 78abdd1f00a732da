#pragma once

#include <string_view>

namespace core {

/// The legal form in the way it is usually written, "GmbH & Co. KG", when the text is one: lower case, without
/// diacritics, blanks and punctuation other than '&', as in "gmbh&cokg". Empty when it is none.
std::string_view legal_form(std::string_view text);

/// True when a legal form of this spelling may as well be another word: "Garden Spa", "Smith Plumbing SE". In single
/// letters, "S.p.A.", few are one.
bool may_be_another_word(std::string_view text, bool in_single_letters);

} // namespace core
