#pragma once

#include "tests/sim/engine/chronicle.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace simulation {

/// Watches that every instance is swept when its time has come, whatever becomes of the others. Between two sweeps of
/// an instance lies the time of the schedule and at most a minute, in which contactd looks at the clock once more.
class punctuality {
public:
    /// Owns nothing.
    explicit punctuality(const test_support::virtual_clock& time) : time_(time) {}

    /// contactd runs, with these instances, or has read a configuration that has these. One that it did not have before
    /// is swept at once, unless it shares its user with one that may still be ending.
    struct subject {
        std::string name;
        bool may_wait_for_another = false;
    };
    void started(const std::vector<subject>& instances);
    void reloaded(const std::vector<subject>& instances);

    /// It was killed or told to end: nothing is expected of it.
    void ended();

    /// A sweep of the instance begins, or it is said why none does.
    void began(const std::string& instance);

    /// A line of the operator's log, which says when an instance waits for its next sweep, or is left out of this one.
    void log_line(std::string_view line);

    /// The clock was set or stood still.
    void clock_changed();

    /// Nothing goes wrong with this instance: its sweeps are short, and it is never left out of one.
    void expect_short(const std::string& instance) { short_ones_.push_back(instance); }

    /// The disk that they all share is slow: sweeps may take their time.
    void disk_was_slow();

    /// To be called as time passes. Gives what is wrong now, if anything is; each once.
    std::vector<std::string> late();

private:
    struct duty {
        std::optional<moment> latest; ///< A sweep begins by then; nothing while one is under way.
        std::optional<moment> began;  ///< The one that is under way.
        bool excused = false;         ///< It may take its time.
        bool clock_moved = false;     ///< Since it began.
        bool is_over = false;         ///< It is configured no longer.
    };

    duty* find(std::string_view name);
    bool is_short(std::string_view name) const;

    const test_support::virtual_clock& time_;
    std::map<std::string, duty, std::less<>> duties_;
    std::vector<std::string> short_ones_;
    std::vector<std::string> left_out_; ///< Sentences of which late() has not told yet.
};

} // namespace simulation
