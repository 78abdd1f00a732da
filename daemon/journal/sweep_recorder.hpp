#pragma once

#include "autotask/clock.hpp"
#include "daemon/audit/audit_sink.hpp"
#include "daemon/journal/decision_memory.hpp"
#include "daemon/journal/journal.hpp"
#include "daemon/sweep/listener.hpp"

#include <boost/asio/awaitable.hpp>
#include <expected>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace contactd {

/// Records one sweep: every line in the audit log first, then in the journal. Devices that are in sync or have no last
/// user are counted, not logged one by one.
///
/// After the first line that could not be written it is broken: nothing may be assigned that would go unrecorded, and
/// the writes whose lines are missing stay open in the journal, so that a later sweep tells them.
class sweep_recorder final : public sweep_listener {
public:
    struct parts {
        audit_sink& audit;
        contactd::journal& journal;
        const autotask::clock& time;
        decision_memory& decisions;
        std::function<void(const std::string&)> complain; ///< Called once, with a sentence, when the log breaks.
    };

    /// Owns nothing. `sweep` is its id.
    sweep_recorder(parts with, std::string sweep);

    bool broken() const { return broken_; }

    contactd::journal& journal() { return with_.journal; }

    /// Records that this is about to be written. Only then may it be; the error is a sentence.
    boost::asio::awaitable<std::expected<write_id, std::string>> intend(device_outcome planned);

    /// Records that it is about to be sent once more. Only then may it be; the error is a sentence.
    boost::asio::awaitable<std::expected<void, std::string>> repeat(write_id write);

    /// What earlier sweeps of the instance were about to write without finding out what became of it.
    boost::asio::awaitable<std::expected<std::vector<open_write>, std::string>> open_writes(std::string instance);

    void instance_started(const std::string& instance) override;
    void device_decided(const device_outcome& outcome) override;
    void write_found_out(const found_out_write& what) override;
    void companies_changed(const changed_companies& what) override;
    void company_held(const held_company& company) override;
    void company_finished(const finished_company& company) override;
    void instance_finished(const finished_instance& instance) override;

private:
    void write(const std::string& line);
    void settle(const device_outcome& outcome);
    bool was_told(const found_out_write& what);

    parts with_;
    std::string sweep_;
    bool broken_ = false;
    std::map<std::string, std::set<std::string>> told_; ///< By an earlier sweep, of its writes.
};

} // namespace contactd
