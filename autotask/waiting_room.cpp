#include "autotask/waiting_room.hpp"

#include <algorithm>

namespace autotask {

namespace asio = boost::asio;

namespace {

/// Timers count in 64 bits of nanoseconds: "for ever" is a day, after which the waiter looks again.
constexpr std::chrono::hours longest_nap{24};

} // namespace

waiting_room::waiting_room(clock& time, stop_signal& stop) : time_(time), stopping_(stop, [this] { wake_all(); }) {}

asio::awaitable<void> waiting_room::wait(std::chrono::steady_clock::time_point until) {
    const auto now = time_.now();
    if (until <= now)
        co_return;
    const auto end = std::min(until, now + longest_nap);
    stop_signal wake;
    waiting_.push_back(&wake);
    co_await time_.sleep_for(std::chrono::ceil<std::chrono::milliseconds>(end - now), wake);
    std::erase(waiting_, &wake);
}

void waiting_room::wake_all() {
    for (auto* one : waiting_)
        one->request();
}

} // namespace autotask
