#include "tests/sim/engine/mandate_text.hpp"
#include "tests/sim/engine/run.hpp"

#include <fmt/format.h>

// Five hours in which nobody is spared.

namespace simulation {

namespace asio = boost::asio;

namespace {

/// Most sweeps of this little world take fewer steps.
constexpr std::uint64_t steps_of_a_sweep = 200;

} // namespace

/// A sweep takes seconds, so that what happens at any time would rarely happen in its middle.
void run::disturb_the_sweep(site& there) {
    if (dice_.per_mille(crashes_per_mille_ / sites_.size()))
        dies_in_ = 1 + dice_.below(steps_of_a_sweep * sites_.size());
    for (auto events = dice_.below(4); events > 0; --events)
        in(std::chrono::milliseconds(dice_.below(6000)), [this, &there] { something_happens(there); });
}

void run::something_happens(site& there) {
    if (calm_)
        return;
    switch (dice_.below(9)) {
    case 0:
    case 1:
        there.people.people_move(3);
        break;
    case 2:
        there.model->options().edit_touches_last_modified = there.leaves_traces || dice_.per_mille(500);
        there.people.something_happens();
        break;
    case 3:
        there.people.somebody_is_called_otherwise();
        break;
    case 4:
    case 5:
        there.people.somebody_sets_a_contact();
        break;
    case 6:
    case 7:
        trouble_begins(there);
        break;
    default:
        the_administrator_acts();
        break;
    }
    there.watch.look();
}

/// At that site, unless it is spared; or on the host.
void run::trouble_begins(site& there) {
    for (auto& one : sites_)
        one->faults.end_what_is_over();
    host_trouble_.end_what_is_over();
    if (dice_.below(4) == 0)
        host_trouble_.begin_some();
    else if (!there.is_spared)
        there.faults.begin_some();
}

asio::awaitable<void> run::keep_people_busy(site& there) {
    autotask::stop_signal never;
    while (!calm_) {
        co_await time_.sleep_for(std::chrono::seconds(dice_.below(300)), never);
        if (calm_)
            co_return;
        there.people.people_move(static_cast<int>(dice_.below(4)));
        there.people.something_happens();
        if (dice_.per_mille(500))
            there.people.somebody_is_called_otherwise();
        there.watch.look();
    }
}

asio::awaitable<void> run::keep_trouble_coming() {
    autotask::stop_signal never;
    while (!calm_) {
        co_await time_.sleep_for(std::chrono::seconds(dice_.below(600 / sites_.size())), never);
        if (calm_)
            co_return;
        auto& there = *sites_[dice_.below(sites_.size())];
        trouble_begins(there);
        there.watch.look();
    }
}

asio::awaitable<void> run::keep_the_administrator_busy() {
    autotask::stop_signal never;
    while (!calm_) {
        co_await time_.sleep_for(std::chrono::seconds(dice_.below(3600)), never);
        if (!calm_)
            the_administrator_acts();
    }
}

void run::save(const mandate& wanted) {
    saved_ = std::make_shared<const mandate>(wanted);
    machine_.configure(config_text(wanted), other_files(wanted));
}

/// Something else is wanted from now on, which contactd is told at once, or reads when it starts the next time.
void run::the_administrator_acts() {
    for (auto changes = dice_.between(1, 3); changes > 0; --changes)
        note("the administrator: " + administrator_->change_something());
    const bool is_told = machine_.running() && dice_.per_mille(800);
    if (is_told && dice_.per_mille(100)) {
        note("the administrator saves half of a file");
        machine_.configure(config_text(*administrator_->wants()) + "[[instance", {});
        machine_.reload();
    }
    save(*administrator_->wants());
    if (!is_told)
        return;
    note("the administrator reloads");
    machine_.reload();
    if (taken_over_ != saved_)
        result_.wrong.push_back(fmt::format("{:>9} ms: a good configuration is refused", time_.elapsed().count()));
}

} // namespace simulation
