#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

namespace autotask {

/// Starts a coroutine that nobody awaits. An exception out of it is a bug and ends the process: a task that died in
/// silence would be worse.
void spawn(const boost::asio::any_io_executor& on, boost::asio::awaitable<void> task);

/// A place to wait until somebody calls wake_all(). Waiters check their condition again after each wake.
class wake_point {
public:
    explicit wake_point(const boost::asio::any_io_executor& on);

    boost::asio::awaitable<void> wait();
    void wake_all();

    /// Cancelling it wakes everybody: for a stop_signal::listener.
    boost::asio::steady_timer& timer() { return timer_; }

private:
    boost::asio::steady_timer timer_;
};

/// Coroutines that run side by side and end together. Lives longer than its tasks: await join() before it goes.
class task_group {
public:
    explicit task_group(boost::asio::any_io_executor on);

    void start(boost::asio::awaitable<void> task);

    /// Returns when every task that was started, also by another task meanwhile, has ended.
    boost::asio::awaitable<void> join();

private:
    boost::asio::awaitable<void> run(boost::asio::awaitable<void> task);

    boost::asio::any_io_executor on_;
    wake_point ended_;
    std::size_t running_ = 0;
};

} // namespace autotask
