#pragma once

#include "daemon/config/checks.hpp"
#include "daemon/config/choices.hpp"
#include "daemon/config/config.hpp"
#include "daemon/config/section.hpp"

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace contactd {

// Each of these reads one key into a setting, with the line as its origin. A key that is not there leaves the setting
// as it is; a value that will not do is complained about, and leaves it as well.

void read_flag(const section& from, std::string_view key, setting<bool>& into);

void read_text(const section& from, std::string_view key, setting<std::string>& into, text_check check);

/// An integer from `least` on.
void read_integer(const section& from, std::string_view key, setting<std::int64_t>& into, std::int64_t least);

/// A share of 100, from 0 to 100.
void read_percent(const section& from, std::string_view key, setting<double>& into);

/// A share of 1, above 0 and up to 1.
void read_share(const section& from, std::string_view key, setting<double>& into);

/// A duration from `least` to `most`.
void read_duration(const section& from, std::string_view key, setting<std::chrono::seconds>& into,
                   std::chrono::seconds least, std::chrono::seconds most);

/// What an array of names may hold. It may never hold a name twice.
struct names_rule {
    explicit names_rule(std::string_view of) : wanted(of) {}

    std::string_view wanted;                  ///< Ends the sentence "This must be ...".
    bool ids = false;                         ///< Integers as well.
    std::string_view if_empty;                ///< What to do about an empty array; may be empty when that is allowed.
    std::span<const std::string_view> choice; ///< The only names allowed, when there are any here.
};

void read_names(const section& from, std::string_view key, setting<names>& into, const names_rule& rule);

/// The fault of a word that is none of the choices.
fault not_a_choice(std::string_view word, std::span<const std::string_view> choice);

/// One of the words of an enumeration.
template <class T, std::size_t N>
void read_choice(const section& from, std::string_view key, setting<T>& into, const choices<T, N>& choice) {
    setting<std::string> word;
    word.origin.clear();
    read_text(from, key, word, [](std::string_view) -> std::optional<fault> { return std::nullopt; });
    if (word.origin.empty())
        return;
    if (const auto value = choice.value_of(word.value))
        into = {*value, word.origin};
    else
        from.complain(*from.find(key), key, not_a_choice(word.value, choice.words()));
}

} // namespace contactd
