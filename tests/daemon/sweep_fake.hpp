#pragma once

#include "daemon/journal/sweep_recorder.hpp"
#include "daemon/sweep/sinks.hpp"
#include "daemon/sweep/sweep.hpp"
#include "tests/support/memory_journal.hpp"
#include "tests/support/scripted_transport.hpp"

#include <boost/json/object.hpp>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sweep_tests {

/// What becomes of one write.
enum class fate { stored, pretended, lost_but_stored, lost, refused, forbidden };

/// As much of Autotask as a sweep sees, in memory. A database of rows by entity and id, whose replies a test can
/// disturb.
class fake_autotask {
public:
    void add_company(std::int64_t id, const std::string& name);
    void add_contact(std::int64_t id, std::int64_t company, const std::string& address);
    void add_device(std::int64_t id, std::int64_t company, const std::string& last_user,
                    std::optional<std::int64_t> contact = std::nullopt);

    /// The contact of a device, 0 for none.
    std::int64_t contact_of(std::int64_t device) const;

    test_support::reply operator()(const test_support::sent_request& request);

    std::map<std::string, std::map<std::int64_t, boost::json::object>> rows;
    std::chrono::milliseconds time{10};

    /// Asked first; what it returns is the answer.
    std::function<std::optional<test_support::reply>(const test_support::sent_request&)> disturb;
    std::function<fate(std::int64_t device)> write_fate;
    std::function<std::chrono::milliseconds(const test_support::sent_request&)> time_of;
    bool ignores_the_company = false; ///< Returns the rows of every company.

private:
    test_support::reply write(const test_support::sent_request& request, std::chrono::milliseconds after);
    test_support::reply query(const test_support::sent_request& request, std::chrono::milliseconds after) const;
    bool passes(const boost::json::object& row, const boost::json::object& filter) const;
};

/// Remembers everything a sweep told.
class remembering final : public contactd::sweep_listener {
public:
    void device_decided(const contactd::device_outcome& one) override { devices.push_back(one); }
    void write_found_out(const contactd::found_out_write& one) override { found_out.push_back(one); }
    void company_held(const contactd::held_company& one) override { held.push_back(one); }
    void company_finished(const contactd::finished_company& one) override { companies.push_back(one); }
    void trouble_met(const contactd::trouble& one) override {
        (one.only_a_warning ? warnings : troubles).push_back(one);
    }
    void progressed(const std::string&, const contactd::progress& now) override { last = now; }
    void instance_finished(const contactd::finished_instance& one) override { instances.push_back(one); }

    /// "event reason" of a device, "" when nothing was said of it, "twice" when too much was.
    std::string of(std::int64_t device) const;

    std::vector<contactd::device_outcome> devices;
    std::vector<contactd::found_out_write> found_out;
    std::vector<contactd::held_company> held;
    std::vector<contactd::finished_company> companies;
    std::vector<contactd::trouble> troubles;
    std::vector<contactd::trouble> warnings;
    std::vector<contactd::finished_instance> instances;
    contactd::progress last;
};

/// An audit log in memory that can fail from its n-th line on.
class memory_log final : public contactd::audit_sink {
public:
    std::expected<void, std::string> append(std::string_view line) override {
        if (fails_from && lines.size() >= *fails_from)
            return std::unexpected(std::string("writing the audit log: No space left on device"));
        lines.emplace_back(line);
        return {};
    }
    std::expected<void, std::string> sync() override { return {}; }
    std::vector<std::string> lines_of(std::string_view sweep) override {
        std::vector<std::string> found;
        for (const auto& line : lines)
            if (line.find("\"sweep\":\"" + std::string(sweep) + '"') != std::string::npos)
                found.push_back(line);
        return found;
    }

    std::vector<std::string> lines;
    std::optional<std::size_t> fails_from;
};

/// The settings of an instance as a file without keys would give them, with a configured zone.
contactd::instance_settings default_settings(const std::string& name);

/// Sweeps of one instance or more in virtual time. Each instance has a server of its own.
class sweep_world {
public:
    sweep_world() { add_instance("main"); }

    void add_instance(const std::string& name);

    /// One sweep. Everything heard before is forgotten.
    void sweep(bool dry_run = false);

    /// The PATCHes that were sent to the first instance, in their order.
    std::vector<std::string> writes() const;
    std::size_t requests_with(const std::string& path) const;

    fake_autotask& server(std::size_t at = 0) { return *servers_[at]; }
    test_support::scripted_transport& network(std::size_t at = 0) { return *networks_[at]; }
    const test_support::scripted_transport& network(std::size_t at = 0) const { return *networks_[at]; }
    contactd::instance& subject(std::size_t at = 0) { return *instances_[at]; }

    test_support::virtual_loop loop;
    autotask::stop_signal stop;
    contactd::selection chosen;
    contactd::selection_found found;
    remembering heard;
    memory_log log;
    test_support::memory_journal journal;
    contactd::decision_memory decisions;
    std::vector<std::string> complaints;
    std::function<void()> meanwhile; ///< Called when the sweep has begun and nothing has been answered.

private:
    std::vector<std::unique_ptr<fake_autotask>> servers_;
    std::vector<test_support::scripted_transport*> networks_;
    std::vector<std::unique_ptr<contactd::instance>> instances_;
};

} // namespace sweep_tests
