#pragma once

#include "autotask/stop_signal.hpp"

#include <boost/asio/awaitable.hpp>
#include <chrono>

namespace autotask {

/// Time as everything sees it that waits or stamps. An interface instead of a template parameter: a virtual call a
/// request costs nothing, and a test can then run a day of sweeps in the compiled code that ships.
class clock {
public:
    virtual ~clock() = default;

    virtual std::chrono::steady_clock::time_point now() const = 0;
    virtual std::chrono::sys_time<std::chrono::milliseconds> wall() const = 0;

    /// Returns after this long, or as soon as a stop is requested.
    virtual boost::asio::awaitable<void> sleep_for(std::chrono::milliseconds time, stop_signal& stop) = 0;
};

/// The machine's own clocks.
class real_clock final : public clock {
public:
    std::chrono::steady_clock::time_point now() const override;
    std::chrono::sys_time<std::chrono::milliseconds> wall() const override;
    boost::asio::awaitable<void> sleep_for(std::chrono::milliseconds time, stop_signal& stop) override;
};

} // namespace autotask
