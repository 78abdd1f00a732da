#pragma once

#include <cstdint>
#include <limits>
#include <unordered_set>
#include <vector>

#include "tests/sandbox/model/filter.hpp"
#include "tests/sandbox/model/table.hpp"

namespace sandbox {

/// Which rows a user with a restricted security level may see: those of some companies. Null means all.
using visible_companies = std::unordered_set<std::int64_t>;

inline constexpr std::int64_t before_every_row = std::numeric_limits<std::int64_t>::min();

/// The rows that match, ascending by id, with an id above `above`; at most `limit`.
/// The pointers stay valid until the table changes.
[[nodiscard]] std::vector<const row*> scan(const table& rows, const filter& wanted, const visible_companies* visible,
                                           std::int64_t above, std::size_t limit);

/// The last `limit` matching rows with an id below `below`, ascending.
[[nodiscard]] std::vector<const row*> scan_before(const table& rows, const filter& wanted,
                                                  const visible_companies* visible, std::int64_t below,
                                                  std::size_t limit);

[[nodiscard]] std::size_t count_matches(const table& rows, const filter& wanted, const visible_companies* visible);

[[nodiscard]] bool is_visible(const table& rows, const row& candidate, const visible_companies* visible);

} // namespace sandbox
