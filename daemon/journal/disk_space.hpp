#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace contactd {

/// So much is left to what has to be recorded of writes that are under way. When it is touched no further contact is
/// written, and everything else goes on.
inline constexpr std::uint64_t space_in_reserve = 4 << 20;

/// A sentence when the file system of one of the directories has less room than the reserve. One that cannot be asked
/// has enough: whoever writes there will find out.
std::optional<std::string> no_space(const std::vector<std::string>& directories);

} // namespace contactd
