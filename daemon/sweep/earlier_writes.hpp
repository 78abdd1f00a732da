#pragma once

#include "autotask/clock.hpp"
#include "autotask/reader.hpp"
#include "daemon/journal/entry.hpp"
#include "daemon/sweep/listener.hpp"
#include "daemon/sweep/row_lookup.hpp"

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace contactd {

/// So long after it was sent a write may still be stored whose sender has gone away: as long as a request may take, and
/// a little. Until then a read-back that does not show it proves nothing.
inline constexpr std::chrono::seconds longest_flight{90};

/// What became of earlier writes, as far as it could be found out.
struct found_out {
    std::vector<found_out_write> writes;
    std::vector<core::device_id> unknown; ///< The devices of the others: their writes stay open.
};

/// Finds out what became of writes that were begun and not settled, by reading their devices back. Where one is not
/// stored and may still arrive, it waits, because a late write would undo what is decided meanwhile. What is not known
/// after a stop is missing.
class earlier_writes {
public:
    earlier_writes(autotask::reader& from, autotask::clock& time, autotask::stop_signal& stop)
        : reader_(from), time_(time), stop_(stop) {}

    /// The error concerns more than single devices.
    boost::asio::awaitable<autotask::result<found_out>> find_out(std::vector<open_write> open);

    /// Called before it waits, with how many writes and how long. May be empty.
    std::function<void(std::size_t, std::chrono::milliseconds)> on_waiting;

    /// Called for a device that cannot be read back. May be empty.
    std::function<void(const std::string& why)> on_unreadable;

private:
    boost::asio::awaitable<autotask::result<looked_up<core::device>>> read(const std::vector<open_write>& open);
    std::chrono::milliseconds still_in_flight(const std::vector<open_write>& open) const;

    autotask::reader& reader_;
    autotask::clock& time_;
    autotask::stop_signal& stop_;
};

} // namespace contactd
