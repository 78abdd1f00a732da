#pragma once

#include "autotask/clock.hpp"
#include "autotask/spawn.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <list>
#include <utility>

namespace test_support {

/// A clock that stands still while anything can run and then jumps to the end of the shortest sleep. Sleeps of equal
/// end wake in the order in which they began. It may serve several loops.
class virtual_clock final : public autotask::clock {
public:
    using wall_time = std::chrono::sys_time<std::chrono::milliseconds>;

    std::chrono::steady_clock::time_point now() const override { return now_; }

    wall_time wall() const override { return true_time() + wrong_by_; }

    /// What the calendar of the rest of the world says.
    wall_time true_time() const {
        return start_of_time + std::chrono::duration_cast<std::chrono::milliseconds>(now_.time_since_epoch()) +
               suspended_;
    }

    /// From now on wall() is so much ahead of the rest of the world.
    void set_wrong_by(std::chrono::milliseconds ahead) { wrong_by_ = ahead; }

    /// The machine sleeps for so long: timers do not notice (CLOCK_MONOTONIC, clock_gettime(2)).
    void suspend(std::chrono::milliseconds time) { suspended_ += time; }

    /// Whoever sleeps on that loop never wakes: its process has died.
    void forget(const boost::asio::any_io_executor& loop) {
        std::erase_if(sleepers_, [&loop](sleeper& one) { return one.wake.get_executor() == loop; });
    }

    boost::asio::awaitable<void> sleep_for(std::chrono::milliseconds time, autotask::stop_signal& stop) override {
        if (stop.requested())
            co_return;
        const auto on = co_await boost::asio::this_coro::executor;
        const auto mine = sleepers_.emplace(sleepers_.end(), now_ + time, boost::asio::steady_timer(on));
        mine->wake.expires_at(boost::asio::steady_timer::time_point::max());
        {
            const autotask::stop_signal::listener listening(stop, mine->wake);
            co_await mine->wake.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
        }
        sleepers_.erase(mine);
    }

    /// Wakes the first sleeper. False when nobody sleeps.
    bool advance() {
        sleeper* first = nullptr;
        for (auto& one : sleepers_)
            if (!one.woken && (!first || one.until < first->until))
                first = &one;
        if (!first)
            return false;
        now_ = std::max(now_, first->until);
        first->woken = true;
        first->wake.cancel();
        return true;
    }

    /// Since the beginning of this clock.
    std::chrono::milliseconds elapsed() const {
        return std::chrono::duration_cast<std::chrono::milliseconds>(now_ - beginning);
    }

    /// 2026-11-21T00:00:00Z, minus the hour at which steady time begins.
    static constexpr wall_time start_of_time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 21} -
                                             std::chrono::hours{1}};

private:
    struct sleeper {
        sleeper(std::chrono::steady_clock::time_point end, boost::asio::steady_timer timer)
            : until(end), wake(std::move(timer)) {}
        std::chrono::steady_clock::time_point until;
        boost::asio::steady_timer wake;
        bool woken = false;
    };

    /// Later than the epoch, as every real time is.
    static constexpr std::chrono::steady_clock::time_point beginning{std::chrono::hours{1}};

    std::chrono::steady_clock::time_point now_ = beginning;
    std::chrono::milliseconds wrong_by_{};
    std::chrono::milliseconds suspended_{};
    std::list<sleeper> sleepers_;
};

/// A loop in virtual time.
class virtual_loop {
public:
    boost::asio::any_io_executor executor() { return loop_.get_executor(); }
    virtual_clock& time() { return time_; }

    void start(boost::asio::awaitable<void> task) {
        ++running_;
        autotask::spawn(executor(), run(std::move(task)));
    }

    /// Everything that can happen without time passing.
    void settle() {
        loop_.restart();
        loop_.poll();
    }

    /// Runs until everything that was started has ended, or until nothing can ever happen again. True in the first
    /// case.
    bool finish() {
        settle();
        while (running_ > 0 && time_.advance())
            settle();
        return running_ == 0;
    }

    /// Runs for so long, in virtual time, or until nothing can ever happen again.
    void run_for(std::chrono::milliseconds time) {
        bool over = false;
        autotask::stop_signal never;
        const auto wait = [&]() -> boost::asio::awaitable<void> {
            co_await time_.sleep_for(time, never);
            over = true;
        };
        start(wait());
        settle();
        while (!over && time_.advance())
            settle();
    }

private:
    boost::asio::awaitable<void> run(boost::asio::awaitable<void> task) {
        co_await std::move(task);
        --running_;
    }

    boost::asio::io_context loop_{1};
    virtual_clock time_;
    int running_ = 0;
};

} // namespace test_support
