#include "daemon/commands/one_shot.hpp"

#include "autotask/spawn.hpp"
#include "daemon/config/find_instance.hpp"
#include "daemon/journal/journal_store.hpp"
#include "daemon/printable.hpp"
#include "daemon/report/progress_line.hpp"
#include "daemon/report/sweep_log.hpp"

#include <algorithm>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <memory>
#include <unistd.h>

namespace contactd {

namespace asio = boost::asio;

std::function<double()> make_dice() {
    return [generator = std::mt19937_64(std::random_device{}()),
            zero_to_one = std::uniform_real_distribution<>(0, 1)]() mutable { return zero_to_one(generator); };
}

one_shot::one_shot(const command_context& context) : context_(context), dice_(make_dice()) {}

std::expected<void, exit_status> check_instances(const command_context& context) {
    for (const auto& wanted : context.line.chosen.instances) {
        if (find_instance(context.settings.instances, wanted) == nullptr) {
            context.messages.error("--instance " + wanted + ": " + context.settings.file +
                                   " has no instance of this name");
            return std::unexpected(exit_status::usage);
        }
    }
    return {};
}

std::expected<void, exit_status> one_shot::prepare(const std::vector<std::string>& of) {
    if (auto good = check_instances(context_); !good)
        return good;
    auto made = make_instances(context_.settings, of, executor(), context_.variables, context_.messages);
    if (!made) {
        for (const auto& one : made.error())
            context_.messages.error(one);
        return std::unexpected(exit_status::config);
    }
    instances_ = std::move(*made);
    if (context_.line.trace_file) {
        auto file = trace_file::open(*context_.line.trace_file);
        if (!file) {
            context_.messages.error(file.error());
            return std::unexpected(exit_status::failed);
        }
        trace_ = std::make_unique<sweep_trace>(std::move(*file), time_);
    }
    return {};
}

sweep_report one_shot::sweep(sweep_recorder* recorder, std::function<sink_factory(const instance&)> make_sink) {
    auto report = follow(recorder, [&make_sink](const sweep_context& context, std::span<instance* const> instances) {
        return contactd::sweep(context, instances, make_sink);
    });
    check_selection(report);
    return report;
}

sweep_report one_shot::follow(sweep_recorder* recorder, const work& what) {
    sweep_report report;
    sweep_log logged(context_.messages, time_);
    progress_line shown(time_);
    const bool show = ::isatty(STDERR_FILENO) != 0;
    listeners all;
    if (recorder)
        all.add(*recorder);
    all.add(report);
    all.add(logged);
    if (show)
        all.add(shown);
    if (trace_)
        all.add(*trace_);

    asio::signal_set signals(loop_, SIGINT, SIGTERM);
    signals.async_wait([this](boost::system::error_code cancelled, int) {
        if (cancelled)
            return;
        std::signal(SIGINT, SIG_DFL);
        std::signal(SIGTERM, SIG_DFL);
        context_.messages.warn("stopping: what is under way is finished first");
        stop_.request();
    });

    core::allowance of_command(context_.line.chosen.most_changes);
    auto of_dry_companies = of_command;
    std::vector<instance*> chosen;
    for (const auto& one : instances_)
        chosen.push_back(one.get());
    sweep_context context{executor(),       time_, stop_,   all, context_.line.chosen, found_, of_command,
                          of_dry_companies, dice_, recorder};
    if (recorder == nullptr)
        context.read_past = [this](const std::string& instance, core::wall_time people_since) {
            return read_past_of(context_.settings.daemon.state_dir.value, instance, people_since);
        };
    std::expected<void, std::string> recorded;
    const auto task = [&]() -> asio::awaitable<void> {
        co_await what(context, chosen);
        if (recorder) {
            recorded = co_await recorder->journal().flush();
            (void)co_await recorder->journal().forget(time_.wall() - context_.settings.daemon.keep_history.value);
        }
        loop_.stop();
    };
    autotask::spawn(executor(), task());
    loop_.run();

    if (show)
        progress_line::clear();
    if (!recorded)
        complain(report, std::move(recorded.error()));
    if (trace_)
        if (auto written = trace_->finish(); !written)
            complain(report, std::move(written.error()));
    report.sort();
    return report;
}

exit_status one_shot::check_each(std::function<asio::awaitable<bool>(instance&, autotask::session&)> question,
                                 const asking_manner& how) {
    bool good = true;
    const auto task = [&]() -> asio::awaitable<void> {
        for (const auto& one : instances_) {
            auto options = one->reached;
            options.retry.patience = how.patience;
            options.request_time = how.request_time;
            options.repeat_time = std::min(options.repeat_time, how.request_time);
            autotask::breaker_policy in_an_outage;
            in_an_outage.patience = how.patience;
            options.limits = std::make_shared<autotask::api_limits>(time_, stop_, dice_, in_an_outage);
            if (!how.watches_share)
                options.hourly_share.reset();
            autotask::session session(executor(), *one->network, time_, stop_, one->login, std::move(options), dice_);
            const bool passed = co_await question(*one, session);
            good = good && passed;
        }
        loop_.stop();
    };
    autotask::spawn(executor(), task());
    loop_.run();
    return good ? exit_status::done : exit_status::failed;
}

/// What was asked for and not done makes the command fail, although the rest was done.
void one_shot::complain(sweep_report& report, std::string message) {
    context_.messages.error(message);
    trouble what;
    what.message = std::move(message);
    report.troubles.push_back(std::move(what));
}

/// A name that stands for nothing is a mistake, not a sweep without findings.
void one_shot::check_selection(sweep_report& report) {
    if (!report.troubles.empty() || stop_.requested())
        return; // Then it is not known what the selection would have found.
    for (const auto& name : context_.line.chosen.companies)
        if (!found_.companies.contains(name)) {
            const auto why = found_.left_out.find(name);
            complain(report, "--company " + name + ": " +
                                 (why != found_.left_out.end()
                                      ? printable(why->second)
                                      : std::string("no company of this id or name passes the filter")));
        }
    if (context_.line.chosen.device && !found_.device)
        complain(
            report,
            "--device " + std::to_string(context_.line.chosen.device->value) +
                ": there is no such configuration item in scope: it must be active, of a wanted type, have a last user "
                "and belong to a company that is swept");
}

} // namespace contactd
