#pragma once

#include "daemon/audit/reading/audit_query.hpp"
#include "daemon/audit/reading/byte_search.hpp"

#include <vector>

namespace contactd {

/// Bytes of which at least one has to be in a line that is wanted, or else an escape that could stand for any of them.
using needle_group = std::vector<byte_search>;

/// What tells a line that may be wanted from one that certainly is not, the most telling group first. Every group has
/// to be met; without any, nothing can be told.
std::vector<needle_group> needles_of(const audit_filter& wanted);

/// True of an ASCII character that nothing but itself and, of a letter, its other case turns into by core::fold(), and
/// that JSON never escapes but by \u.
bool is_sure_byte(char c);

} // namespace contactd
