#include "daemon/service/service.hpp"

#include "daemon/journal/sweep_recorder.hpp"
#include "daemon/report/sweep_log.hpp"
#include "daemon/sweep/sinks.hpp"
#include "daemon/sweep/sweep.hpp"
#include "daemon/timestamp.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace contactd {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

/// How often the journal is rid of what is too old.
constexpr auto between_tidying = 24h;

/// Without a time in which not everything is read, there is nothing to remember.
void give_memory(instance& to) {
    const auto full_every = to.settings.schedule.full_every.value;
    if (full_every > 0s)
        to.memory = std::make_unique<row_memory>(full_every);
}

} // namespace

service::service(service_context with, loaded_configuration first)
    : with_(std::move(with)), settings_(std::move(first.settings)), for_runners_(make_runner_context()),
      running_(with_.on), runner_ended_(with_.on) {
    for (auto& one : first.instances) {
        give_memory(*one);
        share_what_is_shared(*one);
        runners_.push_back(std::make_shared<instance_runner>(for_runners_, std::move(one)));
    }
}

runner_context service::make_runner_context() {
    return {with_.time,
            stop_,
            with_.dice,
            [this](instance& subject, core::wall_time started) { return sweep(subject, started); },
            [this](const std::string& name, core::wall_time due) {
                with_.messages.debug("instance " + name + ": the next sweep is due at " + timestamp(due));
            },
            [this](const std::string& name) {
                with_.messages.info("instance " + name + ": the configuration was reloaded");
            }};
}

asio::awaitable<void> service::run() {
    for (const auto first = runners_; const auto& one : first)
        running_.start(run_to_its_end(one));
    co_await running_.join();
    (void)co_await with_.journal.flush(); // What could not be recorded was complained of.
}

asio::awaitable<void> service::run_to_its_end(std::shared_ptr<instance_runner> one) {
    while (is_left_by_another(*one))
        co_await runner_ended_.wait();
    co_await one->run();
    std::erase(runners_, one);
    runner_ended_.wake_all();
}

/// An instance that got another name is still being swept under the old one: two sweeps of a database at a time would
/// decide on top of each other's writes.
bool service::is_left_by_another(const instance_runner& one) const {
    return std::ranges::any_of(runners_, [&one](const std::shared_ptr<instance_runner>& other) {
        return other.get() != &one && other->is_retired() && is_same_user(other->subject(), one.subject());
    });
}

void service::reload() {
    auto loaded = with_.load();
    if (loaded)
        take_over(std::move(*loaded));
}

void service::sweep_now() {
    for (const auto& one : runners_)
        one->sweep_now();
}

void service::stop() {
    stop_.request();
    for (const auto& one : runners_)
        one->wake();
}

void service::take_over(loaded_configuration loaded) {
    if (loaded.settings.daemon.audit_log.value != settings_.daemon.audit_log.value)
        with_.messages.warn("daemon.audit_log takes effect with the next start");
    if (loaded.settings.daemon.state_dir.value != settings_.daemon.state_dir.value)
        with_.messages.warn("daemon.state_dir takes effect with the next start");
    settings_ = std::move(loaded.settings);
    if (with_.on_taken_over)
        with_.on_taken_over(settings_);
    bool has_to_wait = false;
    for (const auto& one : runners_) {
        const auto is_same = [&one](const std::unique_ptr<instance>& next) {
            return next && next->settings.name.value == one->name();
        };
        const auto next = std::ranges::find_if(loaded.instances, is_same);
        if (next == loaded.instances.end()) {
            with_.messages.info("instance " + one->name() + ": no longer configured, so it is not swept any more");
            one->retire();
            continue;
        }
        has_to_wait = has_to_wait || one->is_sweeping();
        if (one->is_sweeping())
            with_.messages.info("instance " + one->name() +
                                ": the configuration is taken over when the sweep that is under way has ended");
        give_memory(**next);
        share_what_is_shared(**next);
        one->replace(std::move(*next));
    }
    for (auto& one : loaded.instances)
        if (one)
            start(std::move(one));
    runner_ended_.wake_all(); // One that had to end may have been called back.
    if (!has_to_wait)
        with_.messages.info("the configuration was reloaded");
}

void service::start(std::unique_ptr<instance> subject) {
    give_memory(*subject);
    share_what_is_shared(*subject);
    runners_.push_back(std::make_shared<instance_runner>(for_runners_, std::move(subject)));
    running_.start(run_to_its_end(runners_.back()));
}

/// Slots and requests are counted by the server for all instances of an API user together.
void service::share_what_is_shared(instance& with) {
    for (const auto& runner : runners_)
        for (const auto* one : {&runner->subject(), runner->next()})
            if (one && !with.reached.limits && is_same_user(*one, with))
                with.reached.limits = one->reached.limits;
    if (!with.reached.limits)
        with.reached.limits = std::make_shared<autotask::api_limits>(with_.time, stop_, with_.dice);
}

asio::awaitable<void> service::sweep(instance& subject, core::wall_time started) {
    if (!has_its_turn(subject, started))
        co_return;
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
    sweep_context context{with_.on, with_.time, stop_, all, everything, found, unlimited, unlimited, with_.dice, &recorder};
    const std::array only{&subject};
    const auto make_sink = [this, &recorder](const instance& one) {
        return writing_sink(one, false, with_.on, stop_, recorder);
    };
    co_await contactd::sweep(context, only, make_sink);
    (void)co_await with_.journal.flush(); // What could not be recorded was complained of.
    co_await forget_old(started);
}

/// A file that only grows would fill the disk one day.
asio::awaitable<void> service::forget_old(core::wall_time now) {
    if (tidying_ || (tidied_ && now - *tidied_ < between_tidying && now >= *tidied_))
        co_return;
    tidying_ = true;
    const bool is_tidy = co_await with_.journal.forget(now - settings_.daemon.keep_history.value);
    tidying_ = false;
    if (is_tidy)
        tidied_ = now;
}

bool service::has_its_turn(instance& subject, core::wall_time now) {
    const auto turn = subject.pause.next_sweep(now);
    const auto line = "instance " + subject.settings.name.value + ' ' + turn.words;
    if (!turn.is_swept)
        with_.messages.error(line);
    else if (!turn.words.empty())
        with_.messages.info(line);
    return turn.is_swept;
}

} // namespace contactd
