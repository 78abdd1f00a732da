#pragma once

#include "autotask/clock.hpp"
#include "daemon/audit/audit_sink.hpp"
#include "daemon/sweep/listener.hpp"

#include <functional>
#include <string>
#include <unordered_map>

namespace contactd {

/// The last reason for which each device was left alone, so that a skip is logged when it changes and not in every
/// sweep. Kept by the daemon from sweep to sweep.
class skip_memory {
public:
    /// True when the device was not left alone for this reason the last time.
    bool is_news(const std::string& instance, core::device_id device, core::reason why);

    /// The device was not left alone this time.
    void forget(const std::string& instance, core::device_id device);

private:
    std::unordered_map<std::string, std::unordered_map<core::device_id, core::reason>> last_;
};

/// Writes the audit log of one sweep. Devices that are in sync or have no last user are counted, not logged one by one.
/// After the first line that could not be written it is broken: nothing may be assigned that would go unrecorded.
class audit_recorder final : public sweep_listener {
public:
    /// Owns nothing. `complain` is called once, with a sentence, when the log breaks.
    audit_recorder(audit_sink& to, const autotask::clock& time, std::string sweep, skip_memory& skips,
                   std::function<void(const std::string&)> complain);

    bool broken() const { return broken_; }

    void instance_started(const std::string& instance) override;
    void device_decided(const device_outcome& outcome) override;
    void company_held(const held_company& company) override;
    void company_finished(const finished_company& company) override;
    void instance_finished(const finished_instance& instance) override;

private:
    struct audit_stamp stamp() const;
    bool write(const std::string& line);
    void check(std::expected<void, std::string> done);

    audit_sink& to_;
    const autotask::clock& time_;
    std::string sweep_;
    skip_memory& skips_;
    std::function<void(const std::string&)> complain_;
    bool broken_ = false;
};

} // namespace contactd
