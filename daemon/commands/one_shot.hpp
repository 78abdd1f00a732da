#pragma once

#include "autotask/clock.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/instances.hpp"
#include "daemon/report/sweep_report.hpp"
#include "daemon/sweep/sweep.hpp"
#include "daemon/trace/sweep_trace.hpp"

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <random>
#include <span>
#include <string>
#include <vector>

namespace contactd {

/// Random numbers in [0, 1), seeded by the system.
std::function<double()> make_dice();

/// Whether the instances that the command line names are configured; if not, that has been said.
std::expected<void, exit_status> check_instances(const command_context& context);

/// How the questions of a command that does not sweep are sent.
struct asking_manner {
    std::chrono::milliseconds patience{0}; ///< With one request, and once more in an outage; zero asks nothing twice.
    std::chrono::milliseconds request_time{60000}; ///< For one attempt.
    bool watches_share = true;                     ///< Waits where `hourly_share` is used up.
};

/// One sweep on a loop of its own, for the commands that end with it. The first SIGINT or SIGTERM stops it in good
/// order, the second ends the process.
class one_shot {
public:
    explicit one_shot(const command_context& context);

    /// Takes the instances that the command line names, or all, reads their secrets and opens the trace; says what is
    /// wrong with them.
    std::expected<void, exit_status> prepare() { return prepare(context_.line.chosen.instances); }

    /// The same with the instances of these names, or all.
    std::expected<void, exit_status> prepare(const std::vector<std::string>& of);

    const instance_list& instances() const { return instances_; }

    autotask::clock& time() { return time_; }
    autotask::stop_signal& stop() { return stop_; }
    const std::function<double()>& dice() const { return dice_; }
    boost::asio::any_io_executor executor() { return loop_.get_executor(); }

    /// Sweeps. `recorder` hears everything first; it is null for a plan.
    sweep_report sweep(sweep_recorder* recorder, std::function<sink_factory(const instance&)> make_sink);

    /// Something else that is done with the instances.
    using work = std::function<boost::asio::awaitable<void>(const sweep_context&, std::span<instance* const>)>;

    /// Does it, while the log and the progress line tell of it, and gives the report of it in its stable order.
    sweep_report follow(sweep_recorder* recorder, const work& what);

    /// Runs a question on every instance, one after the other, each on a session of its own. By default it asks nothing
    /// twice: a check is there to show what is wrong, not to wait until it is right.
    exit_status check_each(std::function<boost::asio::awaitable<bool>(instance&, autotask::session&)> question,
                           const asking_manner& how = {});

private:
    void check_selection(sweep_report& report);
    void complain(sweep_report& report, std::string message);

    const command_context& context_;
    boost::asio::io_context loop_{1};
    autotask::real_clock time_;
    autotask::stop_signal stop_;
    std::function<double()> dice_;
    instance_list instances_;
    selection_found found_;
    std::unique_ptr<sweep_trace> trace_; ///< Null unless it is wanted.
};

} // namespace contactd
