#pragma once

#include "autotask/reader.hpp"
#include "daemon/memory/row_memory.hpp"

#include <boost/asio/awaitable.hpp>
#include <functional>

namespace contactd {

/// Who hears how the questions went that only save others.
struct question_listener {
    std::function<void()> answered;
    std::function<void(const autotask::error&)> failed;
};

/// Asks for what was modified since the last sweep, where the memory may be used in this one, takes it over, and counts
/// the contacts. What a question that fails was about is read in full. `listener` lives until the end.
boost::asio::awaitable<void> refresh(row_memory& memory, boost::asio::any_io_executor on, autotask::reader& from,
                                     const question_listener& listener);

/// Looks after rows that were known and were not found in this sweep: whether their dates say so.
boost::asio::awaitable<void> look_after_vanished(row_memory& memory, autotask::reader& from,
                                                 const question_listener& listener);

} // namespace contactd
