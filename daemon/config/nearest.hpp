#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace contactd {

/// The number of single-character slips (one missing, one too many, one wrong, two swapped) between two words. Case and
/// the difference between "-" and "_" do not count.
std::size_t edit_distance(std::string_view left, std::string_view right);

/// The known word that somebody who typed `typed` most likely meant, or nothing when no guess is plausible: at most one
/// slip in three characters, or else the only known word that contains what was typed.
std::optional<std::string_view> nearest(std::string_view typed, std::span<const std::string_view> known);

} // namespace contactd
