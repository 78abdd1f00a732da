#pragma once

#include "daemon/journal/entry.hpp"

#include <boost/asio/awaitable.hpp>
#include <expected>
#include <string>
#include <vector>

namespace contactd {

/// What contactd remembers for good: every contact it was about to write and what became of it, sweeps, and the last
/// decision of every device. Another database can take the place of SQLite here; tests let the n-th call fail.
///
/// Used on the event loop, which it never blocks. Errors are sentences. Lives longer than every call.
class journal {
public:
    virtual ~journal() = default;

    /// Records that this contact is about to be written, and returns its number when that would survive a power cut:
    /// only then may the request leave. `what` has a contact_id.
    virtual boost::asio::awaitable<std::expected<write_id, std::string>> intend(std::string sweep,
                                                                                device_outcome what) = 0;

    /// The writes of that instance of which nobody knows what became of them, the oldest first. Everything that was
    /// recorded before is taken into account.
    virtual boost::asio::awaitable<std::expected<std::vector<open_write>, std::string>>
    open_writes(std::string instance) = 0;

    /// The companies of that instance as the last sweep knew them; those that are gone for good as well.
    virtual boost::asio::awaitable<std::expected<std::vector<core::seen_company>, std::string>>
    known_companies(std::string instance) = 0;

    /// What is known of the devices of that instance, and of the companies that the brake held. Of people, those who
    /// were seen since then.
    virtual boost::asio::awaitable<std::expected<instance_past, std::string>> past(std::string instance,
                                                                                   core::wall_time people_since) = 0;

    /// Takes note of something. It is on the disk soon, and when flush() has returned; in between it may be lost in a
    /// crash, except that a write whose settlement is lost is simply still open. Before a settlement is recorded the
    /// audit log is synchronised, so that what the journal thinks is told was told.
    virtual void note(journal_entry what) = 0;

    /// The audit log is to be synchronised, whether or not a write was settled.
    virtual void sync_audit() = 0;

    /// Returns when everything that was noted is on the disk, or why it is not; then it is tried again with what comes
    /// next.
    virtual boost::asio::awaitable<std::expected<void, std::string>> flush() = 0;

    /// Forgets some of what is older than `before`, but never a write that is open, or the last contact that was set on
    /// a device. False when there is more to forget: nothing has to wait for long.
    virtual boost::asio::awaitable<bool> forget(core::wall_time before) = 0;
};

} // namespace contactd
