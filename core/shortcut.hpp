#pragma once

#include "core/parking.hpp"

#include <cstdint>

namespace core {

/// So many changes must have left their date before it is believed that every change does.
inline constexpr std::int64_t changes_that_prove = 3;

/// Whether a table need not be read in full, because its rows tell when they were modified. Nobody promises that every
/// change moves that date, so it is believed only after it was seen to, and only until a change is met that did not
/// move it. Even then everything is read from time to time: after 2, 4, 8 ... sweeps as long as the dates keep proving
/// themselves, and once a day at least. Pure.
class shortcut {
public:
    /// So many changes moved the date: who asks for what was modified finds them.
    void left_a_date(std::int64_t changes);

    /// A change did not: who asks for what was modified misses it. Takes ten times as many changes as the last time to
    /// be believed again; each full reading that proves the dates halves that.
    void left_none();

    /// What was modified was nearly everything, or was not told, so that asking for it saves nothing. Not asked for
    /// during the next 2, 4, 8 ... sweeps, or a day.
    void saved_nothing(sweep_moment at);
    void saved_something() { useless_ = {}; }

    /// Everything was read, and compared with what had been known before.
    void read_in_full(sweep_moment at);

    bool is_believed() const { return dated_ >= wanted_; }

    /// How many changes have to leave a date, with none that does not among them, before the dates are believed again.
    std::int64_t wanted() const { return wanted_; }

    /// True when the dates are believed, but everything is to be read all the same, so that it stays so.
    bool is_due_in_full(sweep_moment at) const;

    /// True when this sweep may ask for what was modified instead of reading everything.
    bool may_be_taken(sweep_moment at) const;

private:
    std::int64_t dated_ = 0; ///< Since the last change without a date.
    std::int64_t wanted_ = changes_that_prove;
    std::int64_t dated_since_full_ = 0;
    growing_pause until_full_;
    growing_pause until_full_before_; ///< What the next pause begins from where it is not to be longer than the last.
    growing_pause useless_;
};

} // namespace core
