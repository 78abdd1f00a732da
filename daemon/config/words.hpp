#pragma once

#include <span>
#include <string>
#include <string_view>

namespace contactd {

/// The words in quotes, as a list for a sentence: "a", "b" and "c".
std::string listed(std::span<const std::string_view> words);

/// The same, when one of them is to be chosen: "a", "b" or "c".
std::string listed_choices(std::span<const std::string_view> words);

/// A text as it may stand in a message of one line: control characters become "?", and a long text is cut.
std::string shown(std::string_view text);

} // namespace contactd
