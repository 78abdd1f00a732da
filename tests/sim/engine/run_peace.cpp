#include "tests/sim/engine/run.hpp"

#include <algorithm>
#include <fmt/format.h>

// What has to be when the faults have stopped.

namespace simulation {

using namespace std::chrono_literals;

namespace {

/// However bad it was, a sweep ends within so long: the window of the allowance has drained twice by then.
constexpr auto longest_sweep = 4h;

} // namespace

/// The faults stop, and the operator tells contactd, as docs say, that what it left alone for them is mended.
void run::make_good() {
    note("the faults stop");
    for (auto& one : sites_)
        one->faults.end_all();
    host_trouble_.end_all();
    run_for(2min);
    dies_in_ = 0;
    administrator_->bring_all_back();
    save(*administrator_->wants());
    if (!machine_.running())
        start();
    const bool leave_traces = std::ranges::all_of(sites_, [](const auto& one) { return one->leaves_traces; });
    if (dice_.per_mille(300) || !leave_traces) { // What left no trace is found when everything is read.
        machine_.kill();
        start();
    } else {
        machine_.reload();
    }
    for (auto& one : sites_)
        one->watch.expect_calm();
}

/// One sweep of every instance, from its beginning to its end.
void run::sweep_once() {
    std::vector<std::pair<std::string, std::int64_t>> before;
    for (const auto& one : taken_over_->instances)
        before.emplace_back(one.name, site_of(one.name).watch.sweep_of(one.name));
    const auto latest = time_.elapsed() + longest_sweep;
    const auto is_over = [&](const auto& one) {
        auto& watch = site_of(one.first).watch;
        return watch.sweep_of(one.first) > one.second && watch.last_sweep_has_ended(one.first);
    };
    machine_.sweep_now();
    while (!std::ranges::all_of(before, is_over)) {
        step();
        if (time_.elapsed() > latest) {
            result_.wrong.push_back(fmt::format("{:>9} ms: a sweep does not end", time_.elapsed().count()));
            return;
        }
    }
    note("a sweep has ended");
}

void run::expect_peace() {
    sweep_once();
    sweep_once();
    std::int64_t due = 0;
    for (auto& one : sites_) {
        one->watch.expect_settled(2);
        due += one->watch.due_changes();
    }
    const auto written = writes();
    sweep_once();
    if (writes() > written + due)
        result_.wrong.push_back(fmt::format("{:>9} ms: a third sweep still writes", time_.elapsed().count()));
    for (auto& one : sites_)
        one->watch.expect_welcome();
    machine_.terminate();
    on_time_.ended();
    while (machine_.running())
        step();
    finished_ = true;
    const auto log = support::read_file(machine_.audit_path());
    for (auto& one : sites_)
        one->watch.read_audit(log);
    for (auto& one : sites_)
        one->watch.read_journal(machine_.journal_path());
}

} // namespace simulation
