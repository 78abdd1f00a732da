#include "daemon/sweep/instance_sweep.hpp"
#include "daemon/sweep/trouble.hpp"

#include <cmath>
#include <utility>

// What a sweep tells of its session and of how far it is.

namespace contactd {

void instance_sweep::listen_to_session() {
    session_.on_retry = [this](const autotask::error& failure, std::chrono::milliseconds pause) {
        if (failure.thread_limit)
            ++refused_for_slots_;
        else
            warn(failure.message() + "; asking again in " + std::to_string((pause.count() + 999) / 1000) + " s");
    };
    session_.on_outage = [this](const autotask::error& failure) {
        warn(failure.message() + "; everything waits, and one request at a time asks whether the server is back");
    };
    session_.on_outage_over = [this] { warn("the server is back: going on"); };
    session_.on_use_unreadable = [this](const autotask::error& failure) {
        warn(failure.message() + "; only our own requests count towards hourly_share");
    };
    session_.on_request = [this](const autotask::request_record& what) {
        context_.listener.request_ended(subject_.settings.name.value, what);
    };
    session_.on_waiting = [this](const autotask::allowance_wait& why) {
        progress_.waiting = true;
        waiting_sweep waits{subject_.settings.name.value, why, companies_left(), time_left()};
        context_.listener.allowance_used_up(waits);
        show_progress();
    };
    session_.on_going_on = [this] {
        progress_.waiting = false;
        context_.listener.allowance_free_again(subject_.settings.name.value);
        show_progress();
    };
}

/// From what was done so far: as long again for each company that is left, and what has to leave the window first.
std::optional<std::chrono::milliseconds> instance_sweep::time_left() const {
    if (progress_.companies_done == 0)
        return std::nullopt;
    const auto scale = static_cast<double>(companies_left()) / static_cast<double>(progress_.companies_done);
    const auto now = context_.time.now();
    if (!progress_.waiting)
        return std::chrono::duration_cast<std::chrono::milliseconds>((now - started_) * scale);
    const auto requests = static_cast<std::int64_t>(std::ceil(static_cast<double>(session_.requests()) * scale));
    const auto& budget = session_.limits().allowance.budget();
    const auto free = budget.free_from(requests, subject_.settings.hourly_share.value, now);
    if (!free)
        return std::nullopt;
    return std::chrono::duration_cast<std::chrono::milliseconds>(*free - now);
}

void instance_sweep::warn(std::string message) {
    auto what = make_trouble(subject_.settings, std::move(message));
    what.only_a_warning = true;
    context_.listener.trouble_met(what);
}

void instance_sweep::show_progress() {
    progress_.requests = session_.requests();
    progress_.left = time_left();
    context_.listener.progressed(subject_.settings.name.value, progress_);
}

} // namespace contactd
