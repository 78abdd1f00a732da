#include "autotask/clock.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace autotask {

std::chrono::steady_clock::time_point real_clock::now() const {
    return std::chrono::steady_clock::now();
}

std::chrono::sys_time<std::chrono::milliseconds> real_clock::wall() const {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

boost::asio::awaitable<void> real_clock::sleep_for(std::chrono::milliseconds time, stop_signal& stop) {
    if (stop.requested())
        co_return;
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
    const stop_signal::listener listening(stop, timer);
    timer.expires_after(time);
    co_await timer.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
}

} // namespace autotask
