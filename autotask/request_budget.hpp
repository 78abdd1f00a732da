#pragma once

#include "autotask/threshold.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>

namespace autotask {

/// How the request allowance of a database stands: all its integrations share it.
struct budget_state {
    std::int64_t limit = 0;   ///< Requests per window.
    std::int64_t used = 0;    ///< Of everybody, as far as is known: the last reading and what we have sent since.
    std::int64_t foreign = 0; ///< Of these, what was not ours when it was read.
    std::int64_t ceiling = 0; ///< Up to where we may bring the use.

    /// How many requests we may still send; never negative.
    std::int64_t free() const { return used < ceiling ? ceiling - used : 0; }
};

/// Keeps the books of the request allowance: what the database said of its use, and what we have sent since. The use
/// stays below `share` of the limit, and below the next step at which every request of the database gets slower, unless
/// others have passed that step already. Nothing drains here by itself: only a new reading shows that.
/// Source: developer help, "REST thresholds and limits": 10,000 requests in 60 minutes; half a second more for each
/// request from 50 % on, a second from 75 % on, refusal for everybody at 100 %.
class request_budget {
public:
    using time_point = std::chrono::steady_clock::time_point;

    /// One request of ours is about to go out ...
    void sent(time_point now);
    /// ... and is over ...
    void ended();
    /// ... or did not go out after all.
    void not_sent();

    /// A reading is asked for. It counts itself; what is under way, or goes out until it is there, is not in its count
    /// for certain.
    void reading_begins(time_point now);

    void learned(const threshold& use, time_point now);

    /// The server says that the limit is reached.
    void exhausted(time_point now);

    /// Something speaks against the books: the use should be read again, though not at once after a reading.
    void distrust() { trusted_ = false; }

    /// This database does not say its use: from here on only our own requests are known, and the documented limit.
    void unknowable(time_point now);

    /// A reading failed for a reason that passes: the books stay as they are, and the next reading waits a moment.
    void not_read(time_point now);

    budget_state at(double share) const;

    /// Whether the use should be read again before more is sent: it never was, it is old, or we have sent a good part
    /// of what was free since.
    bool wants_reading(time_point now, double share) const;

    /// When so many requests will be free, if others go on as before: what we have sent leaves the window again.
    /// Nothing when that alone does not help.
    std::optional<time_point> free_from(std::int64_t requests, double share, time_point now) const;

    /// How many of the free requests are kept for proofs of writes and for readings of the use.
    std::int64_t reserve() const;

private:
    struct minute {
        time_point start;
        std::int64_t requests;
    };

    void remember(time_point now);
    std::int64_t sent_in_window(time_point now) const;
    std::int64_t ceiling(double share, std::int64_t foreign) const;

    threshold reading_{documented_limit, documented_window, 0};
    std::optional<time_point> read_at_;
    time_point no_reading_before_{};
    bool trusted_ = true;
    std::int64_t foreign_ = 0;
    std::int64_t sent_since_ = 0;
    std::int64_t under_way_ = 0;
    std::int64_t not_in_reading_ = 0;
    std::deque<minute> sent_; ///< By minute, as far as the window reaches.

    static constexpr std::int64_t documented_limit = 10'000;
    static constexpr std::int64_t documented_window = 60;
};

} // namespace autotask
