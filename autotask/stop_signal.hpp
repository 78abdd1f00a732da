#pragma once

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <vector>

namespace autotask {

/// Tells everything that waits that it is time to come to an end. What is in flight goes on; what only waits is woken.
/// Lives longer than every coroutine that listens to it. Not for use from several threads.
class stop_signal {
public:
    bool requested() const { return requested_; }

    void request() {
        requested_ = true;
        for (auto* timer : waiting_)
            timer->cancel();
    }

    /// While it lives, a stop cancels the timer.
    class listener {
    public:
        listener(stop_signal& signal, boost::asio::steady_timer& timer) : signal_(signal), timer_(timer) {
            signal_.waiting_.push_back(&timer_);
        }
        ~listener() { std::erase(signal_.waiting_, &timer_); }
        listener(const listener&) = delete;
        listener& operator=(const listener&) = delete;

    private:
        stop_signal& signal_;
        boost::asio::steady_timer& timer_;
    };

private:
    bool requested_ = false;
    std::vector<boost::asio::steady_timer*> waiting_;
};

} // namespace autotask
