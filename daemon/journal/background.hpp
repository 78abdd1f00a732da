#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace contactd {

/// Where work is done that would block the event loop. Tests do it on the loop, in virtual time.
class background {
public:
    virtual ~background() = default;

    /// Does the work elsewhere and returns when it is done. It must not throw; what it refers to must live until then,
    /// also when whoever awaits it goes away.
    virtual boost::asio::awaitable<void> run(std::function<void()> work) = 0;
};

/// One thread, which does one thing after the other.
class worker_thread final : public background {
public:
    worker_thread();

    /// Returns when what was begun is done; what only waits is never done.
    ~worker_thread() override;

    boost::asio::awaitable<void> run(std::function<void()> work) override;

private:
    void work(const std::stop_token& stop);

    std::mutex guard_;
    std::condition_variable_any changed_;
    std::deque<std::function<void()>> waiting_;
    std::jthread thread_;
};

} // namespace contactd
