#pragma once

#include "daemon/journal/entry.hpp"
#include "daemon/journal/sqlite.hpp"

#include <string>

namespace contactd {

/// See journal::past().
sqlite::result<instance_past> read_past(sqlite::database& from, const std::string& instance,
                                        core::wall_time people_since);

} // namespace contactd
