#pragma once

#include "autotask/error.hpp"
#include "autotask/gate.hpp"
#include "autotask/request_budget.hpp"
#include "autotask/waiting_room.hpp"

#include <boost/asio/awaitable.hpp>
#include <functional>

namespace autotask {

/// That requests wait because the share of the request allowance is used up.
struct allowance_wait {
    budget_state use;
    double share = 0;
    std::chrono::milliseconds pause{};                 ///< Until the use is read again.
    std::optional<std::chrono::milliseconds> estimate; ///< Until enough is free, if others go on as before.
    bool refused = false;                              ///< The database itself says that its limit is reached.
};

/// Lets requests pass as long as the share of a database's request allowance lasts, and holds them until enough of the
/// window has drained. Writes pass before reads, so that what was begun is finished before something new is read;
/// proofs of writes always pass, from a small reserve. One caller at a time reads the use for all.
class request_allowance {
public:
    /// Asks the database for its use.
    using reading = std::function<boost::asio::awaitable<result<threshold>>()>;

    /// What a caller brings along; nothing is kept.
    struct terms {
        double share = 1;
        reading ask;
        std::function<void(const allowance_wait&)> waiting; ///< Called before each pause; may be empty.
        std::function<void()> going_on;                     ///< Called when a pause was the last; may be empty.
        std::function<void(const error&)> unreadable;       ///< Called when the use cannot be read; may be empty.
        std::function<bool()> over; ///< True when nothing of the caller's is sent any more, not even `ask`: there is
                                    ///< nothing to wait for. May be empty.

        bool is_over() const { return over && over(); }
    };

    request_allowance(clock& time, stop_signal& stop);

    /// Returns true when a request of this urgency may be sent, or the caller is over; it then counts as sent. False
    /// after a stop.
    boost::asio::awaitable<bool> pass(urgency how, const terms& of_caller);

    /// A request that passed is over.
    void ended() { budget_.ended(); }

    /// The request was not sent after all.
    void not_sent() { budget_.not_sent(); }

    /// The server refused a request because the limit is reached.
    void exhausted();

    /// The use may be another than the books say: it is read again soon.
    void distrust() { budget_.distrust(); }

    /// So many more, or fewer, changes wait to be written: reads leave them their requests.
    void expect_writes(std::int64_t more);

    const request_budget& budget() const { return budget_; }

private:
    bool may_pass(urgency how, double share) const;
    boost::asio::awaitable<void> read(const terms& of_caller);
    boost::asio::awaitable<void> keep_watch(const terms& of_caller);

    clock& time_;
    stop_signal& stop_;
    waiting_room changed_;
    request_budget budget_;
    std::int64_t writes_expected_ = 0;
    bool reading_now_ = false;
    bool watched_ = false; ///< Somebody waits for the window to drain, on behalf of all.
    bool refused_ = false;
};

} // namespace autotask
