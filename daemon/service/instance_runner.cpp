#include "daemon/service/instance_runner.hpp"

#include "core/schedule.hpp"

#include <utility>

namespace contactd {

namespace asio = boost::asio;
using namespace std::chrono_literals;

void keep_what_was_learned(instance& before, instance& now) {
    if (is_same_user(before, now))
        now.reached.limits = before.reached.limits;
    if (!reads_the_same(before, now))
        return;
    now.sweeps = before.sweeps;
    if (!now.memory || !before.memory)
        return;
    before.memory->full_every = now.memory->full_every;
    now.memory = std::move(before.memory);
}

instance_runner::instance_runner(const runner_context& with, std::unique_ptr<instance> subject)
    : with_(with), subject_(std::move(subject)) {}

asio::awaitable<void> instance_runner::run() {
    while (!with_.stop.requested() && !retired_) {
        const auto started = with_.time.wall();
        sweeping_ = true;
        co_await with_.sweep(*subject_, started);
        sweeping_ = false;
        co_await wait(started);
    }
}

core::wall_time instance_runner::next_after(core::wall_time started) {
    const auto& schedule = subject_->settings.schedule;
    const core::schedule plan{schedule.every.value, schedule.jitter.value};
    return plan.next(started, with_.dice());
}

asio::awaitable<void> instance_runner::wait(core::wall_time started) {
    if (next_)
        take_over();
    auto due = next_after(started);
    if (!with_.stop.requested() && !retired_)
        with_.on_waiting(name(), due);
    while (!with_.stop.requested() && !retired_) {
        if (next_) {
            take_over();
            due = next_after(started);
        }
        const auto rest = core::sleep_before(with_.time.wall(), started, due);
        if (rest == 0ms || sweep_wanted_)
            break;
        nap_.emplace();
        co_await with_.time.sleep_for(rest, *nap_);
        nap_.reset();
    }
    sweep_wanted_ = false;
}

void instance_runner::take_over() {
    keep_what_was_learned(*subject_, *next_);
    subject_ = std::exchange(next_, nullptr);
    if (std::exchange(had_to_wait_, false))
        with_.on_taken_over(name());
}

void instance_runner::replace(std::unique_ptr<instance> next) {
    next_ = std::move(next);
    had_to_wait_ = sweeping_;
    retired_ = false;
    wake();
}

void instance_runner::retire() {
    retired_ = true;
    wake();
}

void instance_runner::sweep_now() {
    sweep_wanted_ = true;
    wake();
}

void instance_runner::wake() {
    if (nap_)
        nap_->request();
}

} // namespace contactd
