#pragma once

#include "daemon/sweep/outcome.hpp"

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <string>
#include <vector>

namespace contactd {

/// A change on its way, and whom to tell how it ended.
struct change {
    device_outcome planned; ///< would_assign or would_reassign.
    std::function<void(const device_outcome&)> settled;
};

/// Where the changes of a sweep go. A plan and a dry run put a sink here that cannot write; only the sink of a real
/// sweep holds a writer.
class change_sink {
public:
    virtual ~change_sink() = default;

    /// Takes a change over; waits while too many are under way. Every change that was taken over is settled once.
    virtual boost::asio::awaitable<void> submit(change one) = 0;

    /// Returns when so few changes wait that the next companies may be read: what was begun is finished first.
    virtual boost::asio::awaitable<void> ready_for_more() = 0;

    /// Why nothing may be written in this sweep ...
    virtual void forbid_writes(const std::string& /*why*/) {}

    /// ... or not on these devices, because it is not known what became of an earlier write.
    virtual void leave_alone(const std::vector<core::device_id>& /*devices*/) {}

    /// Returns when everything that was submitted is settled. Called once, at the end.
    virtual boost::asio::awaitable<void> finish() = 0;
};

/// Settles every change as planned and writes nothing.
class dry_sink final : public change_sink {
public:
    boost::asio::awaitable<void> submit(change one) override {
        one.settled(one.planned);
        co_return;
    }

    boost::asio::awaitable<void> ready_for_more() override { co_return; }

    boost::asio::awaitable<void> finish() override { co_return; }
};

} // namespace contactd
