#pragma once

#include "daemon/journal/entry.hpp"
#include "daemon/journal/sqlite.hpp"

#include <optional>
#include <string>

namespace contactd {

/// See journal::past(). Of one device only, if `only` says so.
sqlite::result<instance_past> read_past(sqlite::database& from, const std::string& instance,
                                        core::wall_time people_since, std::optional<core::device_id> only = {});

} // namespace contactd
