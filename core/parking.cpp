#include "core/parking.hpp"

#include <algorithm>

namespace core {
namespace {

/// A million sweeps are more than a day, however often they are made: the doubling may end there.
constexpr int most_doublings = 20;

} // namespace

void growing_pause::begin(sweep_moment refused) {
    refusals_ = std::min(refusals_ + 1, most_doublings);
    due_sweep_ = refused.sweep + (std::int64_t{1} << refusals_);
    refused_at_ = refused.now;
}

bool growing_pause::is_over(sweep_moment at) const {
    return at.sweep >= due_sweep_ || at.now >= latest() || at.now < refused_at_;
}

void leave_parked(company_plan& plan, const parked_devices& lot, sweep_moment at) {
    for (auto& one : plan.decisions)
        if (one.is_change() && lot.parked(one.subject->id, one.target()->id, at)) {
            one.what = event::skipped;
            one.why = reason::parked;
        }
}

} // namespace core
