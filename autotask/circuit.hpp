#pragma once

#include "autotask/breaker.hpp"
#include "autotask/time_limit.hpp"
#include "autotask/waiting_room.hpp"

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <deque>
#include <functional>

namespace autotask {

/// The way to one server. While it is down, requests wait here together and one at a time finds out whether it is back,
/// so that an outage costs a fixed number of requests, however many wait.
class circuit {
public:
    /// `dice` gives random numbers in [0, 1).
    circuit(clock& time, stop_signal& stop, std::function<double()> dice,
            const breaker_policy& policy = breaker_policy());

    /// Waits until a request may be sent, and permits one. The error is the failure after which nothing more is tried;
    /// it is of kind cancelled after a stop, unless the request has to be sent even then, and when the limit passes.
    boost::asio::awaitable<result<breaker::permit>> pass(bool is_write, bool even_when_stopping,
                                                         const time_limit& limit);

    /// False when the way was closed while the owner of the permit waited for something else.
    bool still_holds(const breaker::permit& given) const { return given.is_probe() || !breaker_.is_open(); }

    /// To be called when a permitted request failed.
    void failed(breaker::permit& by, const error& failure) { by.failed(time_.now(), failure, dice_()); }

    /// To be called when a sweep begins.
    void sweep_begins() { breaker_.sweep_begins(time_.now()); }

    /// True while requests wait for a probe.
    bool is_open() const { return breaker_.is_open(); }

private:
    clock& time_;
    stop_signal& stop_;
    std::function<double()> dice_;
    waiting_room changed_;
    breaker breaker_;
    std::deque<std::uint64_t> reads_; ///< Tickets of those who wait, in the order in which they are probes.
    std::deque<std::uint64_t> writes_;
    std::uint64_t next_ticket_ = 0;
};

} // namespace autotask
