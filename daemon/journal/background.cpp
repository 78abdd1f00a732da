#include "daemon/journal/background.hpp"

#include "autotask/spawn.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <csignal>
#include <memory>
#include <pthread.h>

namespace contactd {

namespace asio = boost::asio;

namespace {

/// Shared by whoever waits and the thread, because either may go first.
struct errand {
    explicit errand(const asio::any_io_executor& on) : done_(on) {}
    bool is_done = false; ///< Touched on the loop only.
    autotask::wake_point done_;
};

} // namespace

// Signals are for the loop's thread.
worker_thread::worker_thread() {
    sigset_t all;
    sigset_t before;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

worker_thread::~worker_thread() = default;

asio::awaitable<void> worker_thread::run(std::function<void()> work) {
    const auto loop = co_await asio::this_coro::executor;
    const auto mine = std::make_shared<errand>(loop);
    auto whole = [loop, mine, work = std::move(work)] {
        work();
        asio::post(loop, [mine] {
            mine->is_done = true;
            mine->done_.wake_all();
        });
    };
    {
        const std::scoped_lock lock(guard_);
        waiting_.emplace_back(std::move(whole));
    }
    changed_.notify_one();
    while (!mine->is_done)
        co_await mine->done_.wait();
}

void worker_thread::work(const std::stop_token& stop) {
    while (true) {
        std::function<void()> next;
        {
            std::unique_lock lock(guard_);
            if (!changed_.wait(lock, stop, [this] { return !waiting_.empty(); }) || stop.stop_requested())
                return;
            next = std::move(waiting_.front());
            waiting_.pop_front();
        }
        next();
    }
}

} // namespace contactd
