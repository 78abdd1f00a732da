#include "autotask/lane.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

namespace autotask {

using namespace std::chrono_literals;

namespace {

/// For so long the server may be busy with a request whose answer nobody waits for any more.
constexpr std::chrono::minutes longest_busy = 5min;
/// For so long a slot is left to whoever else uses the tracking identifier: asking again costs one refusal.
constexpr lane::duration longest_out = 1min;
/// The last one of our slots comes back sooner.
constexpr lane::duration longest_out_of_last = 8s;
/// What is doubted again within so many times the time for which a slot was left out is doubted for the same reason.
constexpr int same_reason = 8;

/// Of all free slots, the one for which `at` gives the earliest time.
template <class Slots, class At>
std::optional<lane::entry> earliest(const Slots& among, const At& at) {
    std::optional<lane::entry> best;
    for (std::size_t i = 0; i < among.size(); ++i)
        if (!among[i].taken && (!best || at(among[i]) < best->at))
            best = lane::entry{i, at(among[i])};
    return best;
}

template <class Endings>
void remember(Endings& youngest, lane::time_point now) {
    std::ranges::rotate(youngest, std::prev(youngest.end()));
    youngest.front() = now;
}

template <class Endings>
void forget_youngest(Endings& youngest, lane::time_point long_ago) {
    std::ranges::rotate(youngest, std::next(youngest.begin()));
    youngest.back() = long_ago;
}

lane::duration age(lane::time_point of, lane::time_point now) {
    return std::chrono::floor<lane::duration>(now - of);
}

} // namespace

std::optional<lane::entry> lane::next(const late_release& known, bool with_probe, time_point now) const {
    const auto after = [this](duration rest) {
        return earliest(places_, [rest](const place& one) { return std::max(one.left + rest, one.out_until); });
    };
    const auto rested = after(known.rest());
    const auto probe = with_probe ? known.probe() : std::nullopt;
    if (!rested || rested->at <= now || !probe)
        return rested;
    auto early = after(*probe);
    early->probe = true;
    const auto entered = std::max(early->at, now);
    const bool proves = enough_if_answered(entered) < known.rest();
    return proves && entered < rested->at ? early : rested;
}

void lane::enter(const entry& how, const late_release& known, time_point now) {
    auto& mine = places_[how.index];
    mine.probe = how.probe;
    mine.entered = now;
    mine.beside = beside(now);
    mine.answered = answered_;
    mine.too_short_if_refused = too_short_if_refused(now);
    mine.lessons = known.lessons();
    mine.taken = true;
}

bool lane::leave(std::size_t index, slot_end how, late_release& known, time_point now) {
    auto& mine = places_[index];
    mine.taken = false;
    switch (how) {
    case slot_end::answered:
        known.passed(age(mine.answered[slots - 1 - mine.beside], mine.entered), age(mine.entered, now));
        remember(answered_, now);
        break;
    case slot_end::refused:
        learn_refusal(mine, known, now);
        remember(refused_, now);
        break;
    case slot_end::unknown:
        remember(unknown_, now);
        break;
    }
    mine.left = now;
    // Those that were sent later took it for one that is under way, but perhaps the server never counted it.
    if (how != slot_end::answered)
        for (auto& other : places_)
            if (other.taken && other.entered >= mine.entered && other.beside > 0)
                --other.beside;
    return std::exchange(mine.probe, false);
}

void lane::learn_refusal(place& one, late_release& known, time_point now) {
    if (one.lessons != known.lessons())
        return; // What it would teach has been learned since it was sent.
    const auto gap = one.too_short_if_refused;
    const bool rested = age(one.left, one.entered) >= late_release::longest;
    const bool others = rested || (shared(now) && left_to_others(now) == 0 && gap >= known.rest());
    auto why = refusal::too_early;
    if (gap < 0ms)
        forget_youngest(unknown_, long_ago); // The server may have been busy with it. It is an excuse only once.
    else
        why = others ? refusal::inexplicable : known.refused(gap);
    if (why == refusal::expected)
        return;
    one.out_until = now + late_release::longest;                 // A server that is slower than usual is done by then.
    if (why == refusal::inexplicable && one.entered >= doubted_) // Those that were sent together say so only once.
        leave_to_others(one, rested, now);
}

/// What is refused even after the longest rest, or again and again, has one explanation: somebody else uses the
/// tracking identifier, and gets a slot of ours for a while.
void lane::leave_to_others(place& one, bool certain, time_point now) {
    const bool again = now - doubted_ < same_reason * out_;
    out_ = certain ? longest_out : again ? std::min(2 * out_, longest_out) : late_release::longest;
    doubted_ = now;
    const bool last = std::ranges::none_of(places_, [&one, now](const place& other) {
        return &other != &one && other.out_until <= now + longest_out_of_last;
    });
    one.out_until = now + (last ? std::min(out_, longest_out_of_last) : out_);
}

/// How many others the server counts beside one that is sent now. What was left to somebody else is taken, where it is
/// certain that there is somebody.
std::size_t lane::beside(time_point now) const {
    return std::min(slots - 1, under_way() + (shared(now) ? left_to_others(now) : 0));
}

lane::duration lane::enough_if_answered(time_point now) const {
    return age(answered_[slots - 1 - beside(now)], now);
}

/// Here everything counts that may have been counted, so that the gap is not taken for longer than it was. Negative
/// when that may be a request whose answer we did not wait for: then a refusal proves nothing.
lane::duration lane::too_short_if_refused(time_point now) const {
    std::array<time_point, 3 * slots> all{};
    auto end = std::ranges::copy(answered_, all.begin()).out;
    end = std::ranges::copy(refused_, end).out;
    std::ranges::transform(unknown_, end,
                           [now](time_point one) { return now - one < longest_busy ? now + longest_busy : one; });
    std::ranges::sort(all, std::greater<>());
    const auto others = std::min(slots - 1, under_way() + left_to_others(now));
    return age(all[slots - 1 - others], now);
}

bool lane::shared(time_point now) const {
    return out_ == longest_out && now - doubted_ < same_reason * out_;
}

std::size_t lane::under_way() const {
    return static_cast<std::size_t>(std::ranges::count(places_, true, &place::taken));
}

std::size_t lane::left_to_others(time_point now) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(places_, [now](const place& one) { return !one.taken && one.out_until > now; }));
}

} // namespace autotask
