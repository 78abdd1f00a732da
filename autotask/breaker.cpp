#include "autotask/breaker.hpp"

#include "autotask/retry.hpp"
#include "autotask/retry_after.hpp"

#include <algorithm>
#include <utility>

namespace autotask {

namespace {

using std::chrono::milliseconds;

/// How often a write looks whether the reads that go first are gone.
constexpr milliseconds courtesy{1000};

/// What a failure says of the server behind it.
enum class sign { alive, dead, neither };

/// What it says when the request was one of many.
sign sign_of(const error& failure) {
    switch (failure.kind) {
    case error_kind::business:
    case error_kind::auth:
    case error_kind::permission:
        return sign::alive;
    case error_kind::network:
        return sign::dead;
    case error_kind::throttled:
        return failure.thread_limit || failure.hourly_limit ? sign::neither : sign::dead;
    case error_kind::protocol:
    case error_kind::cancelled:
        break;
    }
    return sign::neither;
}

/// A probe needs a verdict: a limit of the API is an answer of the API, and what nobody understands is none.
sign sign_of_probe(const error& failure) {
    if (failure.kind == error_kind::throttled && sign_of(failure) == sign::neither)
        return sign::alive;
    if (failure.kind == error_kind::protocol)
        return sign::dead;
    return sign_of(failure);
}

} // namespace

breaker::permit::permit(breaker& owner, bool probe) : owner_(&owner), generation_(owner.generation_), probe_(probe) {}

breaker::permit::permit(permit&& other) noexcept
    : owner_(std::exchange(other.owner_, nullptr)), generation_(other.generation_), probe_(other.probe_) {}

breaker::permit::~permit() {
    if (owner_)
        owner_->returned(*this);
}

void breaker::permit::succeeded() {
    if (auto* owner = std::exchange(owner_, nullptr))
        owner->answered(*this);
}

void breaker::permit::failed(time_point now, const error& failure, double dice) {
    auto* owner = std::exchange(owner_, nullptr);
    if (!owner)
        return;
    switch (probe_ ? sign_of_probe(failure) : sign_of(failure)) {
    case sign::alive:
        return owner->answered(*this);
    case sign::dead:
        return owner->lost(*this, now, failure, dice);
    case sign::neither:
        return owner->returned(*this);
    }
}

std::expected<breaker::permit, breaker::hold> breaker::ask(time_point now, bool is_write, bool reads_wait) {
    hold later;
    later.until = time_point::max();
    if (!open_) {
        // With failures behind it, what is under way may be lost as well: nothing is added to that.
        if (failures_ > 0 && failures_ + under_way_ >= policy_.failures_that_open)
            return std::unexpected(later);
        ++under_way_;
        return permit(*this, false);
    }
    later.given_up = given_up();
    if (later.given_up || probing_)
        return std::unexpected(later);
    later.until = next_probe_;
    if (now < next_probe_)
        return std::unexpected(later);
    later.until = now + courtesy;
    if (is_write && reads_wait)
        return std::unexpected(later);
    probing_ = true;
    return permit(*this, true);
}

void breaker::sweep_begins(time_point now) {
    if (is_calm())
        return;
    if (now - last_failed_ > policy_.memory) {
        close();
    } else if (open_ && not_before_ <= now) {
        probe_planned_ = true;
        next_probe_ = now;
    }
    changed();
}

/// Also by a request from before the outage: that the answer comes now is what counts.
void breaker::answered(const permit& by) {
    const bool was_calm = is_calm();
    release(by);
    if (open_)
        close();
    failures_ = 0;
    not_before_ = time_point::min();
    if (!was_calm)
        changed();
}

void breaker::lost(const permit& by, time_point now, const error& failure, double dice) {
    // What was sent before the last outage ended, and is given up only now, is no sign of another one.
    if (by.generation_ != generation_)
        return;
    release(by);
    note(now, failure);
    ++failures_;
    const bool opens = !open_ && failures_ >= policy_.failures_that_open;
    if (opens)
        open(now);
    if (opens || by.probe_)
        plan_probe(now, dice);
    else
        postpone_probe();
    changed();
}

void breaker::returned(const permit& unused) {
    release(unused);
    if (!is_calm())
        changed();
}

void breaker::release(const permit& ended) {
    if (ended.generation_ != generation_)
        return;
    if (ended.probe_)
        probing_ = false;
    else
        --under_way_;
}

void breaker::note(time_point now, const error& failure) {
    last_failure_ = failure;
    last_failed_ = now;
    if (failure.retry_after)
        not_before_ = std::max(not_before_, now + std::min(*failure.retry_after, longest_retry_after));
}

void breaker::open(time_point now) {
    open_ = true;
    opened_ = now;
    window_begins_ = now;
    window_ = policy_.first_window;
}

void breaker::close() {
    open_ = false;
    probing_ = false;
    probe_planned_ = false;
    failures_ = 0;
    under_way_ = 0;
    not_before_ = time_point::min();
    ++generation_;
}

/// The last probe falls at the end of the patience at the latest.
void breaker::plan_probe(time_point now, double dice) {
    const auto last = opened_ + policy_.patience;
    const auto soonest = std::max(now + least_pause, not_before_);
    probe_planned_ = soonest <= last;
    if (!probe_planned_)
        return;
    const auto begins = std::max(window_begins_, now);
    next_probe_ = std::clamp(begins + std::chrono::duration_cast<milliseconds>(window_ * dice), soonest, last);
    window_begins_ = begins + window_;
    window_ = window_ > policy_.longest_window / 2 ? policy_.longest_window : window_ * 2;
}

/// When a request fails that was under way at the opening, only what the server asks for is new.
void breaker::postpone_probe() {
    if (!open_ || !probe_planned_ || next_probe_ >= not_before_)
        return;
    next_probe_ = not_before_;
    probe_planned_ = next_probe_ <= opened_ + policy_.patience;
}

void breaker::changed() const {
    if (on_changed)
        on_changed();
}

} // namespace autotask
