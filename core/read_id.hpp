#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace core {

/// The id that a text is: digits and nothing else, 0 and above.
std::optional<std::int64_t> read_id(std::string_view text);

} // namespace core
