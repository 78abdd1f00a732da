#pragma once

#include <chrono>
#include <functional>
#include <vector>

namespace autotask {

/// Until when something has to be done. Limits form a tree, sweep over request over phase: a child never outlasts its
/// parent, and when a parent is shortened while its children are under way, so are they. A child lives no longer than
/// its parent. Not for use from several threads.
class time_limit {
public:
    using time_point = std::chrono::steady_clock::time_point;

    /// A root; without an argument it has no end.
    explicit time_limit(time_point until = time_point::max()) : until_(until) {}

    /// A part of `parent`: ends at `until` or with the parent, whichever comes first.
    time_limit(time_limit& parent, time_point until);

    ~time_limit();
    time_limit(const time_limit&) = delete;
    time_limit& operator=(const time_limit&) = delete;

    time_point until() const { return until_; }

    /// Moves the end closer, and that of everything below; never further away.
    void shorten(time_point until);

    /// Called whenever the end has moved closer. May be empty; one for each limit.
    std::function<void()> on_shortened;

private:
    time_limit* parent_ = nullptr;
    std::vector<time_limit*> children_;
    time_point until_;
};

} // namespace autotask
