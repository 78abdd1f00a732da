#include "daemon/service/service.hpp"

#include "core/schedule.hpp"
#include "daemon/journal/sweep_recorder.hpp"
#include "daemon/report/sweep_log.hpp"
#include "daemon/sweep/sinks.hpp"
#include "daemon/sweep/sweep.hpp"
#include "daemon/timestamp.hpp"

#include <utility>

namespace contactd {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

/// How often the journal is rid of what is too old.
constexpr auto between_tidying = 24h;

/// Without a time in which not everything is read, there is nothing to remember.
void give_memory(const instance_list& to, const schedule_settings& schedule) {
    for (const auto& one : to)
        if (schedule.full_every.value > 0s)
            one->memory = std::make_unique<row_memory>(schedule.full_every.value);
}

core::schedule plan_of(const config& settings) {
    return core::schedule{settings.schedule.every.value, settings.schedule.jitter.value};
}

} // namespace

service::service(service_context with, loaded_configuration first)
    : with_(std::move(with)), settings_(std::move(first.settings)), instances_(std::move(first.instances)) {
    give_memory(instances_, settings_.schedule);
}

asio::awaitable<void> service::run() {
    while (!stop_.requested()) {
        const auto started = with_.time.wall();
        sweeping_ = true;
        co_await sweep_once(started);
        sweeping_ = false;
        co_await forget_old(started);
        co_await wait_for_the_next(started);
    }
    (void)co_await with_.journal.flush(); // What could not be recorded was complained of.
}

void service::reload() {
    reload_wanted_ = true;
    // What is wrong with the file is said at once, and not when a sweep that may wait for an hour has ended.
    if (sweeping_) {
        reload_wanted_ = with_.load().has_value();
        if (reload_wanted_)
            with_.messages.info("the configuration is taken over when the sweep that is under way has ended");
    }
    wake();
}

void service::sweep_now() {
    sweep_wanted_ = true;
    wake();
}

void service::stop() {
    stop_.request();
    wake();
}

void service::wake() {
    if (nap_)
        nap_->request();
}

asio::awaitable<void> service::wait_for_the_next(core::wall_time started) {
    auto due = plan_of(settings_).next(started, with_.dice());
    if (!stop_.requested())
        with_.messages.debug("the next sweep is due at " + timestamp(due));
    while (!stop_.requested()) {
        if (std::exchange(reload_wanted_, false) && take_over())
            due = plan_of(settings_).next(started, with_.dice());
        const auto rest = core::sleep_before(with_.time.wall(), started, due);
        if (rest == 0ms || sweep_wanted_)
            break;
        nap_.emplace();
        co_await with_.time.sleep_for(rest, *nap_);
        nap_.reset();
    }
    sweep_wanted_ = false;
}

bool service::take_over() {
    auto loaded = with_.load();
    if (!loaded)
        return false;
    if (loaded->settings.daemon.audit_log.value != settings_.daemon.audit_log.value)
        with_.messages.warn("daemon.audit_log takes effect with the next start");
    if (loaded->settings.daemon.state_dir.value != settings_.daemon.state_dir.value)
        with_.messages.warn("daemon.state_dir takes effect with the next start");
    give_memory(loaded->instances, loaded->settings.schedule);
    keep_what_was_learned(loaded->instances);
    instances_ = std::move(loaded->instances);
    settings_ = std::move(loaded->settings);
    if (with_.on_taken_over)
        with_.on_taken_over(settings_);
    with_.messages.info("the configuration was reloaded");
    return true;
}

/// What was learned of an API user, and what it has sent in the last hour, holds whatever the file says; the rows
/// that are known do where the same is asked of the same place.
void service::keep_what_was_learned(const instance_list& changed) {
    for (const auto& one : changed)
        for (const auto& before : instances_) {
            if (is_same_user(*one, *before))
                one->reached.limits = before->reached.limits;
            if (one->memory && before->memory && reads_the_same(*one, *before)) {
                before->memory->full_every = one->memory->full_every;
                one->memory = std::move(before->memory);
                one->sweeps = before->sweeps;
            }
        }
}

asio::awaitable<void> service::sweep_once(core::wall_time started) {
    const auto complain = [this](const std::string& sentence) { with_.messages.error(sentence); };
    sweep_recorder::parts records{with_.audit, with_.journal, with_.time, with_.decisions, complain};
    sweep_recorder recorder(std::move(records), sweep_id(started, with_.dice()));
    sweep_log logged(with_.messages, with_.time);
    listeners all;
    all.add(recorder);
    all.add(logged);

    const selection everything;
    selection_found found;
    core::allowance unlimited(std::nullopt);
    sweep_context context{with_.on, with_.time, stop_, all, everything, found, unlimited, with_.dice, &recorder};
    const auto due = due_instances(started);
    const auto make_sink = [this, &recorder](const instance& one) {
        return writing_sink(one, false, with_.on, stop_, recorder);
    };
    co_await contactd::sweep(context, due, make_sink);
    (void)co_await with_.journal.flush(); // What could not be recorded was complained of.
}

/// A file that only grows would fill the disk one day.
asio::awaitable<void> service::forget_old(core::wall_time now) {
    if (tidied_ && now - *tidied_ < between_tidying && now >= *tidied_)
        co_return;
    const bool is_tidy = co_await with_.journal.forget(now - settings_.daemon.keep_history.value);
    if (is_tidy)
        tidied_ = now;
}

std::vector<instance*> service::due_instances(core::wall_time now) {
    std::vector<instance*> due;
    for (const auto& one : instances_) {
        const auto turn = one->pause.next_sweep(now);
        const auto line = "instance " + one->settings.name.value + ' ' + turn.words;
        if (!turn.is_swept)
            with_.messages.error(line);
        else if (!turn.words.empty())
            with_.messages.info(line);
        if (turn.is_swept)
            due.push_back(one.get());
    }
    return due;
}

} // namespace contactd
