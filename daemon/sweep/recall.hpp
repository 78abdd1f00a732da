#pragma once

#include "daemon/sweep/sweep_context.hpp"

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <expected>
#include <string>

namespace contactd {

/// What is known of the instance from before: by the journal of whoever records, or as a plan reads it. Of people,
/// those who were seen so long ago at the most. Nothing where there is no journal. The error is a sentence; without an
/// answer nobody knows what people chose, and nothing may be written over that.
boost::asio::awaitable<std::expected<instance_past, std::string>>
recall(const sweep_context& with, std::string instance, std::chrono::seconds people_within);

} // namespace contactd
