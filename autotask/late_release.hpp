#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace autotask {

/// What a refusal means.
enum class refusal {
    expected,     ///< Part of learning: a probe, or sent before something was learned.
    too_early,    ///< The server was slower than it had been seen to be: the rest is longer from now on.
    inexplicable, ///< No rest would have helped, or none that is worth it.
};

/// How long the server still counts a request after its answer, learned from what it accepts and what it refuses. The
/// documentation knows of no such time, so none is assumed until a request is refused. Then the search goes up in
/// growing steps until a rest passes, and closes in on the shortest one until finding out more is not worth a refusal.
/// It is told of gaps: for how long, when a request was sent, the slot had been empty that the server must have freed
/// first. Knows no clock.
class late_release {
public:
    using duration = std::chrono::milliseconds;

    /// No rest is longer. Some tens of milliseconds have been seen; what lasts so long has another reason.
    static constexpr duration longest{2000};

    /// `learned` is what an earlier one has found out. It is believed until a request is refused.
    explicit late_release(duration learned = duration{0});

    /// The rest that passes, as far as is known; the longest one as long as the search has found none.
    duration rest() const { return passes_; }

    /// A shorter rest that is worth trying, with one request at a time: when it is refused, that was all it cost.
    std::optional<duration> probe() const;

    /// For the next one: the best guess so far.
    duration learned() const;

    /// A request was accepted, which proves that this gap is enough. `took` is how long it held its slot: beside a long
    /// answer a few milliseconds of rest do not matter.
    void passed(duration gap, duration took);

    /// A request was refused, which proves that this gap, which may be longer than any rest, is too short. Not to be
    /// told of requests that were sent before the last lesson.
    refusal refused(duration gap);

    /// How often the rest has turned out to be too short: changes with each lesson.
    int lessons() const { return lessons_; }

    /// A long time has passed, and what was true may be so no longer. Allows one more probe to fail.
    void grow_old();

private:
    duration resolution() const;
    duration margin() const;
    void search();
    bool raise();

    duration fails_{0}; ///< Shorter than the rest, and known or believed to be refused.
    duration passes_;
    duration took_{0};      ///< How long a request holds its slot, smoothed.
    bool searched_ = false; ///< The rest is a result of a search, not of hearsay.
    int failures_left_ = 0; ///< How many more probes may fail.
    int lessons_ = 0;
    int raises_ = 0;          ///< How often the result was too short.
    std::int64_t proofs_ = 0; ///< How many passed after little more than the rest since it was last doubted.
};

} // namespace autotask
