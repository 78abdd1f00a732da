#pragma once

#include "core/wall_time.hpp"

#include <cstdint>

namespace contactd {

/// Where in the plain file the lines begin that may be as young as `since`: the beginning of a line before which every
/// line is older, found without reading more than a few parts of the file. 0 where that is not certain, because the
/// file is short, holds something else, or its times do not only rise. Lines of the same hour as `since` are all behind
/// it, so that a clock that was set back by less hides nothing.
std::uint64_t first_line_since(int descriptor, core::wall_time since);

/// Where a line begins at that byte of the file or behind it; the end of what was looked at when none does.
std::uint64_t line_begin_from(int descriptor, std::uint64_t offset);

} // namespace contactd
