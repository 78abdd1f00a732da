#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <functional>
#include <memory>

namespace autotask {

/// Calls a function from the loop when its time has come, and not any more after it has been stopped or destroyed. One
/// in the background is no reason for the loop to go on: a loop that has nothing else to do ends without it. Not for
/// use from several threads.
class timed_call {
public:
    enum class kind { ordinary, background };

    timed_call(boost::asio::any_io_executor on, kind how, std::function<void()> what);
    ~timed_call();
    timed_call(const timed_call&) = delete;
    timed_call& operator=(const timed_call&) = delete;

    /// In place of what was set before. When the time has passed it comes as soon as the loop runs, never from in here.
    /// One in the background is set from a handler of the loop.
    void set(std::chrono::steady_clock::time_point at);

    void stop();

private:
    struct state;
    std::shared_ptr<state> state_;
};

} // namespace autotask
