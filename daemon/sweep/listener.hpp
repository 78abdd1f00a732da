#pragma once

#include "autotask/allowance.hpp"
#include "autotask/error.hpp"
#include "autotask/request_record.hpp"
#include "core/company_news.hpp"
#include "core/plan.hpp"
#include "daemon/memory/table_memory.hpp"
#include "daemon/sweep/outcome.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace contactd {

/// A company of which nothing is written because too many contacts would be replaced.
struct held_company {
    std::string instance;
    core::company_id company_id;
    std::string company;
    core::brake_counts counts;
    bool is_on_record = false;           ///< The journal gets to know it, so that a person can let it go.
    std::vector<device_outcome> changes; ///< Skipped, for this reason; with the contacts they would have got.
};

/// A company that was swept to its end: every change is settled.
struct finished_company {
    std::string instance;
    core::company_id company_id;
    std::string company;
    core::tally counts;                   ///< Of the devices that were read.
    std::int64_t unreadable_contacts = 0; ///< Active contacts whose address could not be read.
};

/// What became of a write of an earlier sweep, which had ended before that was known.
struct found_out_write {
    std::string sweep; ///< That made it.
    bool told = false; ///< That it failed.
    device_outcome outcome;
};

/// What became of a company since the last sweep, and the organization that is mapped to it, if any.
struct told_company {
    core::company_change change;
    std::string organization;
};

/// Companies that came, went or were renamed since the last sweep of their instance.
struct changed_companies {
    std::string instance;
    std::vector<told_company> changes;
    bool are_first = false;   ///< None was known before: they are no news.
    bool only_mapped = false; ///< Companies without an organization are not swept.
};

/// Something that went wrong and is not one device's: the rest of the sweep went on, or says why it did not.
struct trouble {
    std::string instance;
    std::vector<core::company> companies; ///< Those that were not swept because of it; empty for the whole instance.
    std::string message;                  ///< A sentence without a full stop.
    autotask::error_kind kind = autotask::error_kind::protocol;
    bool only_a_warning = false; ///< Nothing was left out because of it.
};

/// How far an instance's sweep is.
struct progress {
    std::int64_t companies = 0; ///< Chosen.
    std::int64_t companies_done = 0;
    std::int64_t devices = 0; ///< Read.
    std::int64_t changes = 0; ///< Settled, or planned where nothing is written.
    std::int64_t requests = 0;
    bool waiting = false;                          ///< For the request allowance.
    std::optional<std::chrono::milliseconds> left; ///< An estimate of the time that is still needed.
};

/// An instance's sweep waits, because the share of the database's request allowance is used up.
struct waiting_sweep {
    std::string instance;
    autotask::allowance_wait why;
    std::int64_t companies_left = 0;
    std::optional<std::chrono::milliseconds> left; ///< An estimate of the time that is still needed.
};

/// How the sweep of one instance ended.
struct finished_instance {
    std::string instance;
    core::tally counts;
    progress final;
    std::int64_t companies_not_reached = 0;
    std::chrono::milliseconds time{};
    bool interrupted = false;
    std::string error; ///< What ended it before its end, as a sentence without a full stop; empty when nothing did.
    std::int64_t refused_for_slots = 0; ///< Requests that the server refused because three others were under way.
    bool remembers = false;             ///< The daemon's: it need not have read everything.
    bool devices_in_part = false;       ///< Only those were read that were modified since the last sweep.
    bool contacts_in_part = false;      ///< The same.
};

/// From the next sweep on a table is read in part, or no longer.
struct turned_shortcut {
    std::string instance;
    std::string table; ///< "configuration items" or "contacts".
    contactd::shortcut_turned how;
};

/// Hears what happens in a sweep, in its order. The log, the audit log, the report and the progress line are listeners.
class sweep_listener {
public:
    virtual ~sweep_listener() = default;

    virtual void instance_started(const std::string& /*instance*/) {}
    virtual void device_decided(const device_outcome&) {}
    virtual void write_found_out(const found_out_write&) {}
    virtual void companies_changed(const changed_companies&) {}
    virtual void company_held(const held_company&) {}
    virtual void company_finished(const finished_company&) {}
    virtual void trouble_met(const trouble&) {}
    virtual void shortcut_turned(const turned_shortcut&) {}
    virtual void request_ended(const std::string& /*instance*/, const autotask::request_record&) {}
    virtual void progressed(const std::string& /*instance*/, const progress&) {}
    virtual void allowance_used_up(const waiting_sweep&) {}               ///< Again at each reading of the use ...
    virtual void allowance_free_again(const std::string& /*instance*/) {} ///< ... until it goes on.
    virtual void instance_finished(const finished_instance&) {}
};

/// Passes everything on to several listeners, in their order. Owns none of them.
class listeners final : public sweep_listener {
public:
    void add(sweep_listener& one) { all_.push_back(&one); }

    void instance_started(const std::string& instance) override;
    void device_decided(const device_outcome& outcome) override;
    void write_found_out(const found_out_write& what) override;
    void companies_changed(const changed_companies& what) override;
    void company_held(const held_company& company) override;
    void company_finished(const finished_company& company) override;
    void trouble_met(const trouble& what) override;
    void shortcut_turned(const turned_shortcut& what) override;
    void request_ended(const std::string& instance, const autotask::request_record& what) override;
    void progressed(const std::string& instance, const progress& now) override;
    void allowance_used_up(const waiting_sweep& what) override;
    void allowance_free_again(const std::string& instance) override;
    void instance_finished(const finished_instance& instance) override;

private:
    std::vector<sweep_listener*> all_;
};

} // namespace contactd
