#pragma once

#include "autotask/reader.hpp"
#include "autotask/spawn.hpp"
#include "autotask/writer.hpp"
#include "daemon/journal/sweep_recorder.hpp"
#include "daemon/sweep/change_sink.hpp"

#include <deque>
#include <expected>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace contactd {

/// Carries out the changes of one instance: records each in the journal, PATCHes them side by side, proves them in
/// batches by reading the devices back, and settles each as assigned, reassigned or failed. A write whose answer was
/// lost is first read back, and sent again only when it was not stored and the device is as it was. After a stop was
/// requested it sends no further write, but still proves those that were sent.
class write_queue final : public change_sink {
public:
    /// Nothing is written once the records cannot be.
    write_queue(const boost::asio::any_io_executor& on, autotask::session& session, autotask::stop_signal& stop,
                sweep_recorder& records);

    boost::asio::awaitable<void> submit(change one) override;
    boost::asio::awaitable<void> ready_for_more() override;
    boost::asio::awaitable<void> finish() override;
    void forbid_writes(const std::string& why) override { forbidden_ = why; }
    void leave_alone(const std::vector<core::device_id>& devices) override {
        unknown_.insert(devices.begin(), devices.end());
    }

private:
    /// A change whose write was sent and waits for its proof.
    struct written {
        change what;
        std::optional<autotask::error> doubt; ///< Why it is unknown whether the write was carried out.
    };

    boost::asio::awaitable<void> work();
    boost::asio::awaitable<void> write(change one);
    boost::asio::awaitable<std::expected<void, std::string>> record(device_outcome& planned);
    boost::asio::awaitable<void> prove();
    boost::asio::awaitable<bool> resolve(change& one, autotask::error doubt);
    bool must_not_be_sent(change& one);
    void refused(change& one, const autotask::error& failure);
    void settle(change& one, std::optional<core::reason> why, std::string error);
    void settle_proved(written& one, const autotask::rows<core::device>& now);

    autotask::session& session_;
    autotask::writer writer_;
    autotask::reader reader_;
    autotask::stop_signal& stop_;
    sweep_recorder& records_;
    std::deque<change> waiting_;
    std::vector<written> unproved_;
    autotask::wake_point changed_;
    autotask::task_group workers_;
    std::string forbidden_;             ///< Why nothing may be written; empty as a rule.
    std::set<core::device_id> unknown_; ///< Nobody knows what became of an earlier write to them.
    bool closed_ = false;
    std::optional<core::reason> given_up_; ///< Why no further write is sent.
    autotask::attempts outage_;            ///< Writes in a row, of all workers, whose answer was lost.
    int denials_in_a_row_ = 0;
};

} // namespace contactd
