#include "tests/sim/engine/punctuality.hpp"

#include "tests/sim/engine/mandate_text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace simulation {

using namespace std::chrono_literals;

namespace {

/// contactd looks at the clock so often while it waits.
constexpr auto between_looks = 1min;
/// For the disk, which may be slow, and what else happens around a sweep.
constexpr auto patience = 20s;
constexpr moment longest_rest = sweep_every + sweep_jitter + between_looks + patience;
/// A clock that was set back by less than that is believed: then the time of the schedule may pass once more.
constexpr moment longest_rest_by_a_wrong_clock = longest_rest + sweep_every + sweep_jitter;
/// Of an instance of which nothing goes wrong.
constexpr moment longest_short_sweep = 5min;

/// The name in "... instance NAME REST", where the line goes on like that; else nothing.
std::optional<std::string_view> instance_in(std::string_view line, std::string_view rest) {
    constexpr std::string_view before = "instance ";
    const auto begin = line.find(before);
    const auto end = line.find(rest);
    if (begin == std::string_view::npos || end == std::string_view::npos || end < begin + before.size())
        return std::nullopt;
    return line.substr(begin + before.size(), end - begin - before.size());
}

} // namespace

punctuality::duty* punctuality::find(std::string_view name) {
    const auto found = duties_.find(name);
    return found == duties_.end() ? nullptr : &found->second;
}

bool punctuality::is_short(std::string_view name) const {
    return std::ranges::find(short_ones_, name) != short_ones_.end();
}

void punctuality::started(const std::vector<subject>& instances) {
    duties_.clear();
    for (const auto& one : instances)
        duties_[one.name].latest = time_.elapsed() + patience;
}

void punctuality::reloaded(const std::vector<subject>& instances) {
    const auto now = time_.elapsed();
    for (auto& [name, its] : duties_)
        its.is_over = std::ranges::find(instances, name, &subject::name) == instances.end();
    for (const auto& one : instances) {
        const auto [place, is_new] = duties_.try_emplace(one.name);
        if (is_new && !one.may_wait_for_another)
            place->second.latest = now + patience;
    }
}

void punctuality::ended() {
    duties_.clear();
}

void punctuality::began(const std::string& instance) {
    if (auto* its = find(instance)) {
        its->latest.reset();
        its->began = time_.elapsed();
        its->excused = false;
        its->clock_moved = false;
    }
}

void punctuality::log_line(std::string_view line) {
    const auto waits = instance_in(line, ": the next sweep is due at ");
    auto* its = waits ? find(*waits) : nullptr;
    if (!its)
        return;
    const auto now = time_.elapsed();
    if (!its->began && is_short(*waits))
        left_out_.push_back(fmt::format("instance {} is left out, where nothing goes wrong", *waits));
    // What is due at the end of a long sweep begins at once; what was left out for a while began now.
    const auto since = its->began.value_or(now);
    its->latest = std::max(now + between_looks + patience, since + longest_rest);
    if (its->clock_moved)
        its->latest = now + longest_rest_by_a_wrong_clock;
    its->began.reset();
}

void punctuality::clock_changed() {
    for (auto& [name, its] : duties_) {
        if (its.latest)
            its.latest = std::max(*its.latest, time_.elapsed() + longest_rest_by_a_wrong_clock);
        its.excused = true;
        its.clock_moved = true;
    }
}

void punctuality::disk_was_slow() {
    for (auto& [name, its] : duties_)
        its.excused = true;
}

std::vector<std::string> punctuality::late() {
    auto wrong = std::exchange(left_out_, {});
    for (auto& [name, its] : duties_) {
        if (its.is_over)
            continue; // Nobody says when its last sweep has ended.
        if (its.latest && time_.elapsed() > *its.latest) {
            wrong.push_back(
                fmt::format("instance {} is not swept, which was due before {} ms", name, its.latest->count()));
            its.latest.reset();
        }
        if (is_short(name) && !its.excused && its.began && time_.elapsed() > *its.began + longest_short_sweep) {
            wrong.push_back(fmt::format("the sweep of instance {} takes too long, where nothing goes wrong", name));
            its.excused = true;
        }
    }
    return wrong;
}

} // namespace simulation
