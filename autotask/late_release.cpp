#include "autotask/late_release.hpp"

#include <algorithm>

namespace autotask {

using namespace std::chrono_literals;

namespace {

/// The first step of the search: some tens of milliseconds are what has been seen of the service.
constexpr late_release::duration first_step = 60ms;
/// Each further step goes so many times as high.
constexpr int growth = 2;
/// A shorter difference is not worth a refusal: the clock sleeps in whole milliseconds ...
constexpr late_release::duration finest = 1ms;
/// ... and beside the time for which a slot is taken anyway, such a part of it hardly shows.
constexpr int finest_part = 33;
/// The search ends after so many refused probes, wherever it stands. No rest needs as many.
constexpr int most_failures = 10;
/// When the result turns out to be too short, it is raised by once, twice, four times ... the resolution. A server
/// whose delay varies a little is content after a few of these: refusals that go on have another reason.
constexpr int most_raises = 4;
/// One new request counts for such a part of the time that a request takes.
constexpr int smoothing = 8;

} // namespace

late_release::late_release(duration learned) : passes_(std::min(learned, longest)) {}

std::optional<late_release::duration> late_release::probe() const {
    const auto doubt = passes_ - fails_;
    if (failures_left_ == 0 || doubt <= resolution())
        return std::nullopt;
    // Nearer to what passes: a success costs nothing, a refusal does. Above all the last one that is allowed.
    if (failures_left_ == 1)
        return fails_ + doubt * 5 / 6;
    return std::min(fails_ + doubt * 2 / 3, std::max(first_step, fails_ * growth));
}

late_release::duration late_release::learned() const {
    return passes_ == longest ? probe().value_or(passes_) : passes_;
}

void late_release::passed(duration gap, duration took) {
    took_ = took_ == 0ms ? took : took_ + (took - took_) / smoothing;
    if (gap <= passes_ + resolution())
        ++proofs_;
    // Where no probe is wanted, what passes sooner only does so by luck.
    if (failures_left_ > 0 && gap > fails_ && gap < passes_) {
        passes_ = gap;
        proofs_ = 0;
    }
}

refusal late_release::refused(duration gap) {
    if (gap >= longest)
        return refusal::inexplicable;
    if (gap < passes_) {
        if (gap > fails_) {
            fails_ = gap;
            failures_left_ = std::max(failures_left_ - 1, 0);
        }
        return refusal::expected;
    }
    if (!searched_) {
        search();
        return refusal::expected;
    }
    return raise() ? refusal::too_early : refusal::inexplicable;
}

/// From what was believed, not from the gap that was refused: that may be so long for another reason.
void late_release::search() {
    ++lessons_;
    searched_ = true;
    fails_ = passes_;
    passes_ = longest;
    failures_left_ = most_failures;
    proofs_ = 0;
}

bool late_release::raise() {
    // A refusal costs about as much as the longest rest. Where that is less than what the margin costs all those who
    // pass without it, one refusal now and then is better.
    const bool worth_it = raises_ < most_raises && margin() * proofs_ < longest;
    proofs_ = 0;
    if (!worth_it)
        return false;
    // Nothing below is probed any more: a delay that varies would let a probe pass by luck, and then refuse a request
    // every now and then, for ever.
    failures_left_ = 0;
    fails_ = passes_;
    passes_ = std::min(passes_ + margin(), longest);
    ++raises_;
    ++lessons_;
    return true;
}

void late_release::grow_old() {
    if (failures_left_ > 1 && probe())
        return; // Still searching.
    fails_ = 0ms;
    failures_left_ = 1;
    raises_ = 0;
}

late_release::duration late_release::resolution() const {
    return std::max(finest, (took_ + passes_) / finest_part);
}

late_release::duration late_release::margin() const {
    return resolution() * (1 << raises_);
}

} // namespace autotask
