#include "tests/sim/engine/judge.hpp"

#include "core/contact_lookup.hpp"
#include "core/plan.hpp"
#include "daemon/config/defaults.hpp"
#include "daemon/journal/sqlite.hpp"
#include "daemon/sweep/rule_book.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <fmt/format.h>
#include <regex>
#include <set>
#include <sstream>
#include <utility>

namespace simulation {

using namespace std::chrono_literals;
using sandbox::entity;

namespace {

/// Proofs, the question for the allowance itself and what was under way when the window was last read.
constexpr std::int64_t ceiling_slack = 30;

core::device device_of(const sandbox::table& all, const sandbox::row& row) {
    const auto get = [&](const char* field) { return row.get(all.shape().at(field)); };
    core::device made;
    made.id.value = row.id();
    made.company.value = get("companyID").as_integer();
    if (const auto contact = get("contactID").as_integer(); contact != 0)
        made.contact = core::contact_id{contact};
    if (const auto type = get("configurationItemType").as_integer(); type != 0)
        made.type = type;
    made.hostname = get("rmmDeviceAuditHostname").as_text();
    made.last_user = get("rmmDeviceAuditLastUser").as_text();
    made.active = get("isActive").as_boolean();
    return made;
}

core::contact contact_of(const sandbox::table& all, const sandbox::row& row) {
    const auto get = [&](const char* field) { return row.get(all.shape().at(field)); };
    core::contact made;
    made.id.value = row.id();
    made.company.value = get("companyID").as_integer();
    made.addresses.emplace_back(get("emailAddress").as_text());
    made.active = get("isActive").as_integer() == 1;
    return made;
}

bool same(const core::device& a, const core::device& b) {
    return a.company == b.company && a.contact == b.contact && a.type == b.type && a.last_user == b.last_user &&
           a.active == b.active;
}

bool same(const std::vector<core::contact>& a, const std::vector<core::contact>& b) {
    return std::ranges::equal(a, b, [](const core::contact& x, const core::contact& y) {
        return x.id == y.id && x.addresses == y.addresses && x.active == y.active;
    });
}

bool same(bool a, bool b) {
    return a == b;
}

/// The versions that were there at some time from `since` on until `until`.
template <class History>
auto between(const History& all, std::chrono::milliseconds since, std::chrono::milliseconds until) {
    const auto after = [](std::chrono::milliseconds when, const auto& one) { return when < one.since; };
    auto first = std::upper_bound(all.begin(), all.end(), since, after);
    if (first != all.begin())
        --first;
    const auto last = std::upper_bound(all.begin(), all.end(), until, after);
    return std::pair(first, std::max(first, last));
}

/// Those of a configuration without any of its own.
core::match_rules default_rules() {
    contactd::instance_settings settings;
    settings.match = contactd::default_match();
    settings.policy = contactd::default_policy();
    contactd::translation names;
    core::device_types types;
    types.values = {1};
    names.types.emplace(settings.match.device_types.value, types);
    names.categories.emplace(settings.match.device_categories.value, core::device_categories());
    const contactd::client_list nobody;
    const contactd::rule_book book(settings, nobody, names);
    return (*book.of({}))->match;
}

} // namespace

judge::judge(sandbox::autotask& world, const test_support::virtual_clock& time, core::policy policy)
    : world_(world), time_(time), policy_(policy), rules_(default_rules()) {
    look();
}

void judge::blame(const std::string& sentence) {
    wrong_.push_back(fmt::format("{:>9} ms: {}", time_.elapsed().count(), sentence));
}

void judge::look() {
    const auto now = time_.elapsed();
    const auto note = [now](auto& versions, auto state) {
        if (versions.empty() || !same(versions.back().state, state))
            versions.push_back({now, std::move(state)});
    };
    auto& tenant = world_.tenant();
    const auto& companies = tenant.rows(entity::companies);
    for (const auto& row : companies.rows()) {
        const bool is_swept = row.get(companies.shape().at("companyType")).as_integer() == 1 &&
                              row.get(companies.shape().at("isActive")).as_boolean();
        note(companies_[row.id()], is_swept);
    }
    const auto& contacts = tenant.rows(entity::contacts);
    std::map<std::int64_t, std::vector<core::contact>> by_company;
    for (const auto& row : contacts.rows()) {
        auto one = contact_of(contacts, row);
        by_company[one.company.value].push_back(std::move(one));
    }
    for (const auto& [company, known] : companies_)
        note(contacts_[company], std::move(by_company[company]));
    const auto& devices = tenant.rows(entity::configuration_items);
    for (const auto& row : devices.rows())
        note(devices_[row.id()], device_of(devices, row));
}

void judge::audit_line(std::string_view line) {
    const auto parsed = boost::json::parse(line).as_object();
    const auto event = parsed.at("event").as_string();
    if (event == "sweep_started") {
        look();
        sweeps_.push_back({time_.elapsed(), std::string(parsed.at("sweep").as_string())});
    }
    const bool is_of_a_write = event == "assigned" || event == "reassigned" || event == "failed";
    if (is_of_a_write) {
        look(); // What the read-back has shown may be the work of the server itself.
        heard_[key_of(parsed)] = time_.elapsed();
    }
    if (event == "sweep_finished")
        finished_ = std::string(parsed.at("sweep").as_string());
}

/// A failure in doubt was told already, so that only the log says when it was found out.
void judge::log_line(std::string_view line) {
    static const std::regex not_stored(
        R"(.*\(([0-9]+)\), which the sweep (\S+) wrote without finding out what became of it, was not stored)");
    const std::string text(line);
    std::smatch found;
    if (!std::regex_match(text, found, not_stored))
        return;
    look();
    heard_[found[2].str() + ' ' + found[1].str() + " failed"] = time_.elapsed();
}

void judge::sending(const std::string& entity, std::int64_t under_way) {
    look(); // A workflow rule of the server may have put something back.
    if (under_way >= 3)
        blame("a fourth request to " + entity + " at a time");
    if (entity == "zoneInformation")
        return; // No database is asked.
    const auto now = sandbox::time_point{time_.true_time().time_since_epoch()};
    const auto ours = world_.tenant().window.count(now) - others_.count(now);
    if (ceiling_ > 0 && ours > ceiling_ + ceiling_slack)
        blame(fmt::format("{} requests in an hour, where {} are ours", ours, ceiling_));
}

void judge::others_ask(std::int64_t requests) {
    others_.add(sandbox::time_point{time_.true_time().time_since_epoch()}, requests);
}

void judge::stored(const test_support::stored_contact& what) {
    write one;
    one.when = time_.elapsed();
    one.device = what.device;
    one.contact = what.contact;
    one.sweep = what.tag;
    if (!is_allowed(one))
        blame(fmt::format("contact {} was written to device {}, which followed from no state since the sweep began",
                          one.contact, one.device));
    for (const auto& later : writes_)
        if (later.device == one.device && later.sweep > one.sweep)
            blame(fmt::format("a late write of an earlier sweep went over a newer one of device {}", one.device));
    writes_.push_back(one);
    look();
}

bool judge::is_allowed(const write& one) const {
    const auto since = sweeps_.at(static_cast<std::size_t>(one.sweep)).when;
    const auto device = devices_.find(one.device);
    if (device == devices_.end())
        return false;
    const auto [first_device, last_device] = between(device->second, since, one.when);
    for (auto d = first_device; d != last_device; ++d) {
        const auto company = d->state.company.value;
        const auto [first_company, last_company] = between(companies_.at(company), since, one.when);
        const bool was_swept = std::any_of(first_company, last_company, [](const auto& v) { return v.state; });
        const bool in_scope = d->state.active && rules_.scope.types.accept(d->state);
        const bool may_replace = policy_.write == core::write_policy::reassign || !d->state.contact;
        if (!was_swept || !in_scope || !may_replace)
            continue;
        const auto [first, last] = between(contacts_.at(company), since, one.when);
        for (auto c = first; c != last; ++c) {
            const auto decided = core::decide(d->state, core::contact_lookup(c->state, rules_));
            if (decided.is_change() && decided.target()->id.value == one.contact)
                return true;
        }
    }
    return false;
}

bool judge::had_contact(const write& one, moment until) const {
    const auto [first, last] = between(devices_.at(one.device), one.when, until);
    return std::any_of(first, last, [&one](const auto& v) { return v.state.contact == core::contact_id{one.contact}; });
}

/// Somebody else has changed the device's contact before the read-back could show it.
bool judge::was_touched_between(const write& one, moment told) const {
    const auto& all = devices_.at(one.device);
    return std::ranges::any_of(all, [&](const auto& v) {
        return v.since >= one.when && v.since <= told && v.state.contact != core::contact_id{one.contact};
    });
}

std::string judge::key_of(const boost::json::object& line) {
    return fmt::format("{} {} {}", std::string_view(line.at("sweep").as_string()), line.at("device_id").as_int64(),
                       std::string_view(line.at("event").as_string()));
}

void judge::read_audit(const std::string& log) {
    std::istringstream lines(log);
    std::map<std::pair<std::string, std::int64_t>, int> successes;
    for (std::string line; std::getline(lines, line);) {
        boost::system::error_code failed;
        const auto parsed = boost::json::parse(line, failed);
        if (failed || !parsed.is_object()) {
            blame("the audit log holds what is not a line of it: " + line);
            continue;
        }
        const auto& object = parsed.get_object();
        const auto event = object.at("event").as_string();
        const bool success = event == "assigned" || event == "reassigned";
        if (!success && event != "failed")
            continue;
        const std::string sweep(object.at("sweep").as_string());
        const auto device = object.at("device_id").as_int64();
        const auto contact = object.at("contact_id").as_int64();
        if (success && ++successes[{sweep, device}] > 1)
            blame(fmt::format("the change of device {} in sweep {} is told twice", device, sweep));
        bool happened = false;
        for (auto& one : writes_) {
            const bool is_meant = one.device == device && one.contact == contact &&
                                  sweeps_.at(static_cast<std::size_t>(one.sweep)).id == sweep;
            if (!is_meant)
                continue;
            happened = true;
            one.told = one.told || success;
            if (!success)
                one.told_failed = heard_.at(key_of(object));
        }
        if (success && !happened) {
            // Then somebody else has set the same contact, and the read-back could not tell.
            const auto its = std::ranges::find(sweeps_, sweep, &begun::id);
            const write wanted{its->when, device, contact, 0, false, std::nullopt};
            if (!had_contact(wanted, heard_.at(key_of(object))))
                blame(fmt::format("the audit log tells that device {} was given contact {}, which it never had", device,
                                  contact));
        }
    }
    for (const auto& one : writes_)
        if (!one.told && !(one.told_failed && was_touched_between(one, *one.told_failed)))
            blame(fmt::format("the audit log does not tell that contact {} was written to device {} by sweep {}",
                              one.contact, one.device, sweeps_.at(static_cast<std::size_t>(one.sweep)).id));
}

void judge::read_journal(const std::string& path) {
    auto file = contactd::sqlite::database::open(path, contactd::sqlite::database::access::read_only);
    std::set<std::tuple<std::string, std::int64_t, std::int64_t>> known;
    std::int64_t open = 0;
    const auto read = (*file)->each("SELECT sweep, device_id, contact_id, settled FROM write", {},
                                    [&](const contactd::sqlite::row& one) {
                                        known.emplace(one.text(0), one.integer(1), one.integer(2));
                                        open += one.is_null(3) ? 1 : 0;
                                    });
    if (!read)
        blame("the journal cannot be read: " + read.error().words);
    if (open > 0)
        blame(fmt::format("{} writes are still open in the journal", open));
    for (const auto& one : writes_)
        if (!known.contains({sweeps_.at(static_cast<std::size_t>(one.sweep)).id, one.device, one.contact}))
            blame(fmt::format("the journal does not know that contact {} was written to device {}", one.contact,
                              one.device));
}

core::snapshot judge::snapshot_of(std::int64_t company) const {
    core::snapshot made;
    made.company.id.value = company;
    made.contacts = contacts_.at(company).back().state;
    for (const auto& [id, versions] : devices_)
        if (versions.back().state.company.value == company && !versions.back().state.last_user.empty())
            made.devices.push_back(versions.back().state);
    return made;
}

std::int64_t judge::due_changes() const {
    std::int64_t due = 0;
    for (const auto& [company, versions] : companies_) {
        if (!versions.back().state)
            continue;
        const auto snapshot = snapshot_of(company);
        const auto plan = core::make_plan(snapshot, rules_, policy_);
        due += std::ranges::count_if(plan.decisions, &core::decision::is_change);
    }
    return due;
}

void judge::expect_settled() {
    look();
    if (const auto due = due_changes(); due > 0)
        blame(fmt::format("{} changes are still due", due));
}

void judge::expect_welcome() {
    for (const auto& one : world_.users())
        if (one.locked)
            blame("the account " + one.name + " was locked");
}

} // namespace simulation
