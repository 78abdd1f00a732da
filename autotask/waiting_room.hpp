#pragma once

#include "autotask/clock.hpp"
#include "autotask/stop_signal.hpp"

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <vector>

namespace autotask {

/// Where coroutines wait until something changes, a time has come, or a stop is requested; each then looks again for
/// itself. Lives longer than they do.
class waiting_room {
public:
    waiting_room(clock& time, stop_signal& stop);

    /// Returns at the next wake_all(), at `until`, or with the next request to stop.
    boost::asio::awaitable<void> wait(std::chrono::steady_clock::time_point until);

    void wake_all();

private:
    clock& time_;
    std::vector<stop_signal*> waiting_;
    stop_signal::listener stopping_;
};

} // namespace autotask
