#pragma once

#include "core/wall_time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace autotask {

/// A date as the API writes it, "2012-10-24T05:00:00.000Z", always UTC. The fraction may have any length or be absent,
/// as may the Z; what is finer than a millisecond is dropped. Nothing when it is anything else.
/// Source: developer help, "Introduction to REST API calls".
std::optional<core::wall_time> read_api_date(std::string_view text);

/// The same, for a filter.
std::string write_api_date(core::wall_time when);

} // namespace autotask
