#include "autotask/spawn.hpp"
#include "core/schedule.hpp"
#include "daemon/audit/audit_file.hpp"
#include "daemon/audit/audit_recorder.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/one_shot.hpp"
#include "daemon/config/config_file.hpp"
#include "daemon/report/sweep_log.hpp"
#include "daemon/sweep/sinks.hpp"
#include "daemon/timestamp.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>

namespace contactd {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

/// The daemon: sweeps when one is due and obeys signals in between.
class service {
public:
    service(const command_context& context, instance_list instances, std::unique_ptr<audit_file> audit)
        : context_(context), settings_(context.settings), instances_(std::move(instances)), audit_(std::move(audit)) {
        give_memory(instances_, settings_.schedule);
    }

    void run(asio::io_context& loop) {
        loop_ = &loop;
        autotask::spawn(loop.get_executor(), obey_signals());
        autotask::spawn(loop.get_executor(), sweep_on_schedule());
        loop.run();
    }

private:
    asio::awaitable<void> obey_signals() {
        asio::signal_set signals(*loop_, SIGTERM, SIGINT, SIGHUP);
        signals.add(SIGUSR1);
        while (!stop_.requested()) {
            const auto [failed, signal] = co_await signals.async_wait(asio::as_tuple(asio::use_awaitable));
            if (failed)
                co_return;
            obey(signal);
        }
    }

    void obey(int signal) {
        if (signal == SIGHUP) {
            reload_wanted_ = !sweeping_ || is_worth_reloading();
            if (auto reopened = audit_->reopen(); !reopened)
                context_.messages.error(reopened.error());
        } else if (signal == SIGUSR1) {
            sweep_wanted_ = true;
            context_.messages.info("sweeping now, as asked by SIGUSR1");
        } else {
            context_.messages.info("stopping: what is under way is finished first");
            stop_.request();
        }
        if (nap_)
            nap_->request();
    }

    /// What is wrong with the file is said at once, and not when a sweep that may wait for an hour has ended.
    bool is_worth_reloading() {
        const auto read = read_config(context_.line.config_file, context_.variables);
        if (!read)
            refuse(read.error());
        else
            context_.messages.info("the configuration is taken over when the sweep that is under way has ended");
        return read.has_value();
    }

    void refuse(const std::vector<config_message>& wrong) {
        for (const auto& one : wrong)
            context_.messages.error(one.text());
        context_.messages.error("the configuration in use stays in use");
    }

    asio::awaitable<void> sweep_on_schedule() {
        while (!stop_.requested()) {
            const auto started = time_.wall();
            sweeping_ = true;
            co_await sweep_once(started);
            sweeping_ = false;
            co_await wait_for_the_next(started);
        }
        loop_->stop();
    }

    asio::awaitable<void> wait_for_the_next(core::wall_time started) {
        const core::schedule plan{settings_.schedule.every.value, settings_.schedule.jitter.value};
        auto due = plan.next(started, dice_());
        if (!stop_.requested())
            context_.messages.debug("the next sweep is due at " + timestamp(due));
        while (!stop_.requested()) {
            if (reload_wanted_ && reload()) {
                const core::schedule changed{settings_.schedule.every.value, settings_.schedule.jitter.value};
                due = changed.next(started, dice_());
            }
            const auto rest = core::sleep_before(time_.wall(), started, due);
            if (rest == 0ms || sweep_wanted_)
                break;
            nap_.emplace();
            co_await time_.sleep_for(rest, *nap_);
            nap_.reset();
        }
        sweep_wanted_ = false;
    }

    /// Puts the configuration file in place of the one in use, or keeps that and says why. True when it was replaced.
    bool reload() {
        reload_wanted_ = false;
        auto read = read_config(context_.line.config_file, context_.variables);
        if (!read) {
            refuse(read.error());
            return false;
        }
        auto made = make_instances(read->settings, {}, loop_->get_executor(), context_.variables, context_.messages);
        if (!made) {
            for (const auto& one : made.error())
                context_.messages.error(one);
            context_.messages.error("the configuration in use stays in use");
            return false;
        }
        for (const auto& one : read->warnings)
            context_.messages.warn(one.text());
        if (read->settings.daemon.audit_log.value != settings_.daemon.audit_log.value)
            context_.messages.warn("daemon.audit_log takes effect with the next start");
        give_memory(*made, read->settings.schedule);
        keep_what_was_learned(*made);
        instances_ = std::move(*made);
        settings_ = std::move(read->settings);
        if (!context_.line.log_level)
            context_.messages.set_level(settings_.daemon.log_level.value);
        context_.messages.info("the configuration was reloaded");
        return true;
    }

    /// Without a time in which not everything is read, there is nothing to remember.
    static void give_memory(const instance_list& to, const schedule_settings& schedule) {
        for (const auto& one : to)
            if (schedule.full_every.value > 0s)
                one->memory = std::make_unique<row_memory>(schedule.full_every.value);
    }

    /// What was learned of an API user, and what it has sent in the last hour, holds whatever the file says; the rows
    /// that are known do where the same is asked of the same place.
    void keep_what_was_learned(const instance_list& changed) {
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

    asio::awaitable<void> sweep_once(core::wall_time started) {
        const auto complain = [this](const std::string& sentence) { context_.messages.error(sentence); };
        audit_recorder recorder(*audit_, time_, sweep_id(started, dice_()), skips_, complain);
        sweep_log logged(context_.messages, time_);
        listeners all;
        all.add(recorder);
        all.add(logged);

        const selection everything;
        selection_found found;
        core::allowance unlimited(std::nullopt);
        sweep_context context{loop_->get_executor(), time_, stop_, all, everything, found, unlimited, dice_};
        const auto due = due_instances(started);
        const auto make_sink = [this, &recorder](const instance& one) {
            return writing_sink(one, false, loop_->get_executor(), stop_, recorder);
        };
        co_await contactd::sweep(context, due, make_sink);
    }

    std::vector<instance*> due_instances(core::wall_time now) {
        std::vector<instance*> due;
        for (const auto& one : instances_) {
            const auto turn = one->pause.next_sweep(now);
            const auto line = "instance " + one->settings.name.value + ' ' + turn.words;
            if (!turn.is_swept)
                context_.messages.error(line);
            else if (!turn.words.empty())
                context_.messages.info(line);
            if (turn.is_swept)
                due.push_back(one.get());
        }
        return due;
    }

    const command_context& context_;
    config settings_;
    instance_list instances_;
    std::unique_ptr<audit_file> audit_;
    asio::io_context* loop_ = nullptr;
    autotask::real_clock time_;
    autotask::stop_signal stop_;
    std::optional<autotask::stop_signal> nap_; ///< Ends the sleep between two sweeps.
    std::function<double()> dice_ = make_dice();
    skip_memory skips_;
    bool sweep_wanted_ = false;
    bool reload_wanted_ = false;
    bool sweeping_ = false;
};

} // namespace

exit_status run_daemon(const command_context& context) {
    // Until the loop obeys them, these must not end the process.
    std::signal(SIGHUP, SIG_IGN);
    std::signal(SIGUSR1, SIG_IGN);
    asio::io_context loop{1};
    auto instances = make_instances(context.settings, {}, loop.get_executor(), context.variables, context.messages);
    if (!instances) {
        for (const auto& one : instances.error())
            context.messages.error(one);
        return exit_status::config;
    }
    auto audit = audit_file::open(context.settings.daemon.audit_log.value);
    if (!audit) {
        context.messages.error(audit.error());
        return exit_status::failed;
    }
    context.messages.info("contactd " CONTACTD_VERSION " sweeps " + std::to_string(instances->size()) +
                          (instances->size() == 1 ? " instance" : " instances"));
    service daemon(context, std::move(*instances), std::move(*audit));
    daemon.run(loop);
    context.messages.info("stopped");
    return exit_status::done;
}

} // namespace contactd
