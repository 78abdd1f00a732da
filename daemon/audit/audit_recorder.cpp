#include "daemon/audit/audit_recorder.hpp"

#include "daemon/audit/audit_line.hpp"

namespace contactd {

bool skip_memory::is_news(const std::string& instance, core::device_id device, core::reason why) {
    const auto [place, is_new] = last_[instance].try_emplace(device, why);
    if (is_new)
        return true;
    return std::exchange(place->second, why) != why;
}

void skip_memory::forget(const std::string& instance, core::device_id device) {
    last_[instance].erase(device);
}

audit_recorder::audit_recorder(audit_sink& to, const autotask::clock& time, std::string sweep, skip_memory& skips,
                               std::function<void(const std::string&)> complain)
    : to_(to), time_(time), sweep_(std::move(sweep)), skips_(skips), complain_(std::move(complain)) {}

audit_stamp audit_recorder::stamp() const {
    return audit_stamp{time_.wall(), sweep_};
}

void audit_recorder::check(std::expected<void, std::string> done) {
    if (done || broken_)
        return;
    broken_ = true;
    complain_(done.error() + "; nothing more is assigned");
}

bool audit_recorder::write(const std::string& line) {
    auto done = to_.append(line);
    const bool written = done.has_value();
    check(std::move(done));
    return written;
}

void audit_recorder::instance_started(const std::string& instance) {
    write(sweep_started_line(stamp(), instance));
}

void audit_recorder::device_decided(const device_outcome& outcome) {
    const bool skipped = outcome.what == core::event::skipped;
    if (!skipped)
        skips_.forget(outcome.instance, outcome.device_id);
    if (outcome.what == core::event::in_sync || outcome.why == core::reason::no_last_user)
        return;
    if (skipped && !skips_.is_news(outcome.instance, outcome.device_id, *outcome.why))
        return;
    if (!write(device_line(stamp(), outcome)))
        skips_.forget(outcome.instance, outcome.device_id); // Then it is still news the next time.
}

void audit_recorder::company_held(const held_company& company) {
    write(held_line(stamp(), company));
}

void audit_recorder::company_finished(const finished_company& company) {
    write(company_finished_line(stamp(), company));
    const auto& counts = company.counts;
    if (counts.of(core::event::assigned) + counts.of(core::event::reassigned) + counts.of(core::event::failed) > 0)
        check(to_.sync());
}

void audit_recorder::instance_finished(const finished_instance& instance) {
    write(sweep_finished_line(stamp(), instance));
}

} // namespace contactd
