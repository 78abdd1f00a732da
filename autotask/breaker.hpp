#pragma once

#include "autotask/error.hpp"

#include <chrono>
#include <cstdint>
#include <expected>
#include <functional>

namespace autotask {

/// When a breaker opens, how it probes, and for how long.
struct breaker_policy {
    int failures_that_open = 5;                   ///< In a row, whichever calls they belong to.
    std::chrono::milliseconds first_window{1000}; ///< In which the first probe falls; each is twice the one before.
    std::chrono::milliseconds longest_window{30000};
    std::chrono::milliseconds patience{120000}; ///< From the opening to the last probe.
    std::chrono::milliseconds memory{600000};   ///< A failure older than this says nothing to a new sweep.
};

/// Keeps everybody from hammering a server that is not there. Closed, it lets requests pass; after some failures in a
/// row it opens, and then one request at a time goes as a probe while all others wait. A success closes it. When the
/// patience is used up it has given up: whoever waits fails with the last error.
///
/// Probes fall at a random moment of windows that follow each other and double up to the longest one. That scatters
/// them like any jitter, but no dice make more than nine of them in two minutes. While some failures are behind it but
/// not yet enough, requests under way are taken for failures to come. So from the first failure of an outage on are
/// sent at most
///
///     max(failures_that_open, requests under way) + 9 probes + 1 for each further sweep
///
/// Lives from sweep to sweep, and longer than its permits. Pure: reads no clock and rolls no dice. Repetitions take
/// tokens of a retry budget only while it is closed; open, it alone says when somebody may go.
class breaker {
public:
    using time_point = std::chrono::steady_clock::time_point;

    explicit breaker(const breaker_policy& policy = breaker_policy()) : policy_(policy) {}
    breaker(const breaker&) = delete;
    breaker& operator=(const breaker&) = delete;

    /// The right to send one request. Whoever has one tells what became of the request; a permit that goes without a
    /// word was not used, or its request was cancelled, and somebody else may have it.
    class permit {
    public:
        permit(permit&& other) noexcept;
        permit& operator=(permit&&) = delete;
        ~permit();

        bool is_probe() const { return probe_; }

        void succeeded();

        /// `dice` is a random number in [0, 1). Failures of the network count, and limits that the server does not
        /// name in words we know. A refusal counts as a success: the server is there. The limits of threads and of
        /// requests an hour say neither, and no more do answers that nobody understands; but a probe needs a verdict,
        /// and has succeeded with the former and failed with the latter.
        void failed(time_point now, const error& failure, double dice);

    private:
        friend class breaker;
        permit(breaker& owner, bool probe);

        breaker* owner_;
        std::uint64_t generation_;
        bool probe_;
    };

    /// Why there is no permit.
    struct hold {
        bool given_up = false; ///< There will be none: the call fails with last_failure().
        time_point until{};    ///< Else ask again then, or as soon as on_changed is called.
    };

    /// Asks for a permit. `reads_wait` says that reads have asked in vain and wait: then a write does not go as a
    /// probe, because a write whose answer is lost has to be cleared up. Count only those who would take the probe
    /// themselves.
    std::expected<permit, hold> ask(time_point now, bool is_write, bool reads_wait);

    /// To be called when a sweep begins. Where an earlier one gave up not long ago, the new one may send one probe at
    /// once, unless the server asked for more time, and gives up as soon as that fails. After a longer time it begins
    /// afresh.
    void sweep_begins(time_point now);

    bool is_open() const { return open_; }

    /// True when nobody will get a permit before the next sweep.
    bool given_up() const { return open_ && !probing_ && !probe_planned_; }

    /// The failure that was met last; of no meaning before the first one.
    const error& last_failure() const { return last_failure_; }

    /// Called when ask() may answer differently from before. May be empty, and must not ask for permits itself.
    std::function<void()> on_changed;

private:
    void answered(const permit& by);
    void lost(const permit& by, time_point now, const error& failure, double dice);
    void returned(const permit& unused);
    void release(const permit& ended);
    void note(time_point now, const error& failure);
    void open(time_point now);
    void close();
    void plan_probe(time_point now, double dice);
    void postpone_probe();
    bool is_calm() const { return !open_ && failures_ == 0; }
    void changed() const;

    breaker_policy policy_;
    error last_failure_;
    time_point last_failed_{};
    time_point not_before_ = time_point::min(); ///< What the server asked for.
    int failures_ = 0;                          ///< Since the last success.
    int under_way_ = 0;                         ///< Permits of this generation that are no probes.
    std::uint64_t generation_ = 0; ///< Counts the closings: what was sent before one says nothing after it.
    bool open_ = false;
    bool probing_ = false;
    bool probe_planned_ = false;
    time_point opened_{};
    time_point next_probe_{};
    time_point window_begins_{}; ///< Of the next probe.
    std::chrono::milliseconds window_{};
};

} // namespace autotask
