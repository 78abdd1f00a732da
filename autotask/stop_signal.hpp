#pragma once

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <vector>

namespace autotask {

/// Tells everything that waits that it is time to come to an end. What is in flight goes on; what only waits is woken.
/// Lives longer than every coroutine that listens to it. Not for use from several threads.
class stop_signal {
public:
    bool requested() const { return requested_; }

    void request() {
        requested_ = true;
        for (const auto* one : listening_)
            one->requested_();
    }

    /// While it lives, a stop cancels the timer, or calls the function; that must not end any listener itself.
    class listener {
    public:
        listener(stop_signal& signal, boost::asio::steady_timer& timer)
            : listener(signal, [&timer] { timer.cancel(); }) {}
        listener(stop_signal& signal, std::function<void()> requested)
            : signal_(signal), requested_(std::move(requested)) {
            signal_.listening_.push_back(this);
        }
        ~listener() { std::erase(signal_.listening_, this); }
        listener(const listener&) = delete;
        listener& operator=(const listener&) = delete;

    private:
        friend stop_signal;

        stop_signal& signal_;
        std::function<void()> requested_;
    };

private:
    bool requested_ = false;
    std::vector<const listener*> listening_;
};

} // namespace autotask
