#include "daemon/sweep/session_news.hpp"

#include "daemon/sweep/trouble.hpp"

#include <utility>

namespace contactd {

session_news::session_news(autotask::session& session, const instance_settings& settings, sweep_listener& listener,
                           std::function<work_left()> left, std::function<void(bool)> on_wait)
    : settings_(settings), listener_(listener), left_(std::move(left)), on_wait_(std::move(on_wait)) {
    session.on_retry = [this](const autotask::error& failure, std::chrono::milliseconds pause) {
        if (failure.thread_limit)
            ++refused_for_slots_;
        else
            warn(failure.message() + "; asking again in " + std::to_string((pause.count() + 999) / 1000) + " s");
    };
    session.on_outage = [this](const autotask::error& failure) {
        warn(failure.message() + "; everything waits, and one request at a time asks whether the server is back");
    };
    session.on_outage_over = [this] { warn("the server is back: going on"); };
    session.on_use_unreadable = [this](const autotask::error& failure) {
        warn(failure.message() + "; only our own requests count towards hourly_share");
    };
    session.on_request = [this](const autotask::request_record& what) {
        listener_.request_ended(settings_.name.value, what);
    };
    session.on_waiting = [this](const autotask::allowance_wait& why) {
        on_wait_(true);
        const auto rest = left_();
        waiting_sweep waits{settings_.name.value, why, rest.companies, rest.time};
        listener_.allowance_used_up(waits);
    };
    session.on_going_on = [this] {
        on_wait_(false);
        listener_.allowance_free_again(settings_.name.value);
    };
}

void session_news::warn(std::string message) const {
    auto what = make_trouble(settings_, std::move(message));
    what.only_a_warning = true;
    listener_.trouble_met(what);
}

} // namespace contactd
