#pragma once

#include "core/rules.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace core {

/// A made-up login name of fewer letters would fit too many people.
inline constexpr std::size_t shortest_name_form = 3;

/// The login names that administrators make out of a person's names by one of the name rules, in the form in which they
/// are compared: folded, in plain letters, of the names nothing but letters and digits. None where a name is missing or
/// the outcome is shorter than `shortest_name_form`.
std::vector<std::string> name_forms(rule form, std::string_view first_name, std::string_view last_name);

/// What an account has to be compared with these for: its own plain spellings, without hyphens and apostrophes.
std::vector<std::string> comparable_with_name_forms(std::string_view folded_account);

} // namespace core
