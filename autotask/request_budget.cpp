#include "autotask/request_budget.hpp"

#include <algorithm>
#include <cmath>

namespace autotask {

using namespace std::chrono_literals;

namespace {

/// Others send as well: a reading is not trusted for longer while we send.
constexpr auto longest_trust = 60s;
constexpr auto shortest_trust = 2s;
/// A new reading after a fourth of what was free, so that they come closer together as the ceiling comes nearer ...
constexpr std::int64_t part_between_readings = 4;
/// ... but not for every other request.
constexpr std::int64_t fewest_between_readings = 10;
/// After a reading that failed: the next one would most likely fail as well.
constexpr auto pause_after_failed_reading = 15s;
/// Whoever does not say the use will not say it in a minute either.
constexpr auto pause_where_unknowable = 10min;
/// A dozen readings in an hour of waiting, and some proofs.
constexpr std::int64_t largest_reserve = 20;
/// At 100 % the whole database is refused. However large the share is, we are not the last straw.
constexpr std::int64_t percent_never_used = 2;

} // namespace

void request_budget::sent(time_point now) {
    ++sent_since_;
    ++not_in_reading_;
    ++under_way_;
    remember(now);
}

void request_budget::remember(time_point now) {
    const auto window = std::chrono::minutes{reading_.window_minutes};
    while (!sent_.empty() && sent_.front().start + window + 1min <= now)
        sent_.pop_front();
    const auto start = std::chrono::floor<std::chrono::minutes>(now);
    if (sent_.empty() || sent_.back().start != start)
        sent_.push_back({start, 0});
    ++sent_.back().requests;
}

void request_budget::reading_begins(time_point now) {
    not_in_reading_ = under_way_;
    remember(now);
}

void request_budget::ended() {
    --under_way_;
}

void request_budget::not_sent() {
    --under_way_;
    --not_in_reading_;
    if (sent_since_ > 0)
        --sent_since_;
    if (!sent_.empty() && sent_.back().requests > 0)
        --sent_.back().requests;
}

void request_budget::learned(const threshold& use, time_point now) {
    reading_ = use;
    read_at_ = now;
    no_reading_before_ = now + shortest_trust;
    trusted_ = true;
    sent_since_ = not_in_reading_;
    foreign_ = std::max<std::int64_t>(0, use.used - sent_in_window(now));
}

void request_budget::exhausted(time_point now) {
    reading_.used = std::max(reading_.used, reading_.limit);
    read_at_ = now;
    sent_since_ = 0;
    foreign_ = std::max<std::int64_t>(0, reading_.used - sent_in_window(now));
}

void request_budget::unknowable(time_point now) {
    reading_ = {documented_limit, documented_window, sent_in_window(now)};
    read_at_ = now;
    no_reading_before_ = now + pause_where_unknowable;
    sent_since_ = 0;
    foreign_ = 0;
}

void request_budget::not_read(time_point now) {
    if (!read_at_)
        unknowable(now);
    no_reading_before_ = now + pause_after_failed_reading;
}

budget_state request_budget::at(double share) const {
    return budget_state{reading_.limit, reading_.used + sent_since_, foreign_, ceiling(share, foreign_)};
}

bool request_budget::wants_reading(time_point now, double share) const {
    if (!read_at_)
        return true;
    if (now < no_reading_before_)
        return false;
    if (!trusted_ || now - *read_at_ >= longest_trust)
        return true;
    const auto free_then = ceiling(share, foreign_) - reading_.used;
    return sent_since_ >= std::max(free_then / part_between_readings, fewest_between_readings);
}

std::optional<request_budget::time_point> request_budget::free_from(std::int64_t requests, double share,
                                                                    time_point now) const {
    const auto state = at(share);
    auto free = state.ceiling - state.used;
    if (free >= requests)
        return now;
    for (const auto& one : sent_) {
        free += one.requests;
        if (free >= requests)
            return std::max(now, one.start + std::chrono::minutes{reading_.window_minutes + 1});
    }
    return std::nullopt;
}

std::int64_t request_budget::reserve() const {
    return std::min(reading_.limit / 5, largest_reserve);
}

std::int64_t request_budget::sent_in_window(time_point now) const {
    std::int64_t sum = 0;
    for (const auto& one : sent_)
        if (one.start + std::chrono::minutes{reading_.window_minutes} > now)
            sum += one.requests;
    return sum;
}

std::int64_t request_budget::ceiling(double share, std::int64_t foreign) const {
    const auto limit = reading_.limit;
    const auto promised = static_cast<std::int64_t>(std::floor(static_cast<double>(limit) * share));
    const auto most = std::min(promised, limit - std::max<std::int64_t>(1, limit * percent_never_used / 100));
    const auto first_step = (limit + 1) / 2;      // The request that finds 50 % used is the first to be slowed down ...
    const auto second_step = (3 * limit + 3) / 4; // ... and again at 75 %.
    if (foreign < first_step)
        return std::min(most, first_step - 1);
    if (foreign < second_step)
        return std::min(most, second_step - 1);
    return most;
}

} // namespace autotask
