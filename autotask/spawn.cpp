#include "autotask/spawn.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>

namespace autotask {

namespace asio = boost::asio;

void spawn(const asio::any_io_executor& on, asio::awaitable<void> task) {
    asio::co_spawn(on, std::move(task), [](const std::exception_ptr& failure) noexcept {
        if (failure)
            std::rethrow_exception(
                failure); // In a noexcept function: the process ends and says which exception it was.
    });
}

task_group::task_group(asio::any_io_executor on) : on_(std::move(on)), ended_(on_) {}

void task_group::start(asio::awaitable<void> task) {
    ++running_;
    spawn(on_, run(std::move(task)));
}

asio::awaitable<void> task_group::run(asio::awaitable<void> task) {
    co_await std::move(task);
    if (--running_ == 0)
        ended_.wake_all();
}

asio::awaitable<void> task_group::join() {
    while (running_ > 0)
        co_await ended_.wait();
}

wake_point::wake_point(const asio::any_io_executor& on) : timer_(on) {
    timer_.expires_at(asio::steady_timer::time_point::max());
}

asio::awaitable<void> wake_point::wait() {
    co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));
}

void wake_point::wake_all() {
    timer_.cancel();
}

} // namespace autotask
