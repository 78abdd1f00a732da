#pragma once

#include "core/company_name.hpp"

#include <string_view>

namespace core {

/// True when both names hold the same words, in whatever order.
bool has_same_words(const company_name& one, const company_name& other);

/// True when the names differ in at most two words, by one slip of a finger each, and the domain of both settles how
/// each of these words is spelled. A slip alone proves nothing, "Adler Hamburg" is not "Adler Homburg"; but a company
/// that owns nordlicht.de is called "Nordlicht" and not "Nordlciht". Numbers and words of less than five letters have
/// to be the same.
bool is_misspelling(const company_name& one, const company_name& other, std::string_view label);

/// True when one login name may be the other with one slip of a finger: a letter more, one less, another one, or two
/// that changed places. Both have at least five letters or digits, and the same digits: "user01" is not "user02".
bool is_near_login(std::string_view one, std::string_view other);

} // namespace core
