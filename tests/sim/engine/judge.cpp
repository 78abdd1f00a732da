#include "tests/sim/engine/judge.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <regex>
#include <utility>

namespace simulation {

namespace {

/// Proofs, the question for the allowance itself and what was under way when the window was last read.
constexpr std::int64_t ceiling_slack = 30;

} // namespace

judge::judge(sandbox::autotask& world, std::size_t site, const test_support::virtual_clock& time)
    : world_(world), site_(site), time_(time), known_(world, time) {
    look();
}

void judge::blame(const std::string& sentence) {
    wrong_.push_back(fmt::format("{:>9} ms: {}", time_.elapsed().count(), sentence));
}

void judge::audit_line(const boost::json::object& line) {
    const auto event = line.at("event").as_string();
    if (event == "sweep_started") {
        look();
        const std::string instance(line.at("instance").as_string());
        if (std::ranges::find(wanted_->instances, instance, &wanted_instance::name) == wanted_->instances.end())
            blame("a sweep of " + instance + " begins, which is configured no longer");
        sweeps_.push_back({time_.elapsed(), std::string(line.at("sweep").as_string()), instance, wanted_, false});
    }
    const bool is_of_a_write = event == "assigned" || event == "reassigned" || event == "failed";
    if (is_of_a_write) {
        look(); // What the read-back has shown may be the work of the server itself.
        heard_[key_of(line)] = time_.elapsed();
    }
    if (event == "sweep_finished") {
        const auto its = std::ranges::find(sweeps_, std::string_view(line.at("sweep").as_string()), &begun::id);
        if (its != sweeps_.end())
            its->ended = true;
    }
}

/// A failure in doubt was told already, so that only the log says when it was found out.
void judge::log_line(std::string_view line) {
    static const std::regex not_stored(
        R"(.*\(([0-9]+)\), which the sweep (\S+) wrote without finding out what became of it, was not stored)");
    if (!line.ends_with("was not stored"))
        return;
    const std::string text(line);
    std::smatch found;
    if (!std::regex_match(text, found, not_stored))
        return;
    look();
    heard_[found[2].str() + ' ' + found[1].str() + " failed"] = time_.elapsed();
}

void judge::sending(const std::string& entity, std::int64_t under_way) {
    known_.look_at_devices(); // A workflow rule of the server may have put something back.
    if (under_way >= 3)
        blame("a fourth request to " + entity + " at a time");
    if (entity == "zoneInformation")
        return; // No database is asked.
    const auto now = sandbox::time_point{time_.true_time().time_since_epoch()};
    const auto ours = world_.tenant().window.count(now) - others_.count(now);
    if (ceiling_ > 0 && ours > ceiling_ + ceiling_slack)
        blame(fmt::format("{} requests in an hour, where {} are ours", ours, ceiling_));
}

void judge::others_ask(std::int64_t requests) {
    others_.add(sandbox::time_point{time_.true_time().time_since_epoch()}, requests);
}

std::int64_t judge::sweep_of(const std::string& instance) const {
    const auto last = std::ranges::find(sweeps_.rbegin(), sweeps_.rend(), instance, &begun::instance);
    return sweeps_.rend() - last - 1;
}

std::vector<std::string> judge::our_instances() const {
    std::vector<std::string> names;
    for (const auto& one : wanted_->instances)
        if (one.site == site_)
            names.push_back(one.name);
    return names;
}

bool judge::last_sweep_has_ended(const std::string& instance) const {
    const auto number = sweep_of(instance);
    return number >= 0 && sweep_at(number).ended;
}

void judge::expect_welcome() {
    for (const auto& one : world_.users())
        if (one.locked)
            blame("the account " + one.name + " was locked");
}

} // namespace simulation
