#include "core/shortcut.hpp"

#include <algorithm>

namespace core {
namespace {

/// Whoever needs more than this is never believed again in practice.
constexpr std::int64_t most_wanted = 100'000;

} // namespace

void shortcut::left_a_date(std::int64_t changes) {
    dated_ += changes;
    dated_since_full_ += changes;
}

void shortcut::left_none() {
    if (is_believed())
        wanted_ = std::min(wanted_ * 10, most_wanted);
    dated_ = 0;
    dated_since_full_ = 0;
    until_full_ = {};
    until_full_before_ = {};
}

void shortcut::saved_nothing(sweep_moment at) {
    useless_.begin(at);
}

void shortcut::read_in_full(sweep_moment at) {
    if (!is_believed())
        return;
    // Without a change there was nothing to prove: then the next pause is no longer than the last.
    if (dated_since_full_ > 0) {
        until_full_before_ = until_full_;
        wanted_ = std::max(changes_that_prove, wanted_ / 2); // An old mistake is forgiven little by little.
    }
    until_full_ = until_full_before_;
    until_full_.begin(at);
    dated_since_full_ = 0;
}

bool shortcut::is_due_in_full(sweep_moment at) const {
    return is_believed() && (until_full_.refusals() == 0 || until_full_.is_over(at));
}

bool shortcut::may_be_taken(sweep_moment at) const {
    return is_believed() && useless_.is_over(at) && !is_due_in_full(at);
}

} // namespace core
