#include "tests/sim/engine/judge.hpp"

#include "daemon/journal/sqlite.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <fmt/format.h>
#include <set>
#include <sstream>
#include <utility>

// What the audit log and the journal tell of the writes.

namespace simulation {

bool judge::had_contact(const write& one, moment until) const {
    const auto [first, last] = between(known_.devices().at(one.device), one.when, until);
    return std::any_of(first, last, [&one](const auto& v) { return v.state.contact == core::contact_id{one.contact}; });
}

/// Somebody else has changed the device's contact before the read-back could show it.
bool judge::was_touched_between(const write& one, moment told) const {
    const auto& all = known_.devices().at(one.device);
    return std::ranges::any_of(all, [&](const auto& v) {
        return v.since >= one.when && v.since <= told && v.state.contact != core::contact_id{one.contact};
    });
}

std::string judge::key_of(const boost::json::object& line) {
    return fmt::format("{} {} {}", std::string_view(line.at("sweep").as_string()), line.at("device_id").as_int64(),
                       std::string_view(line.at("event").as_string()));
}

/// A sweep belongs to one server, and so does all that is told of it.
bool judge::is_ours(const boost::json::object& line) const {
    return std::ranges::find(sweeps_, std::string_view(line.at("sweep").as_string()), &begun::id) != sweeps_.end();
}

void judge::read_audit_line(const boost::json::object& line) {
    const auto event = line.at("event").as_string();
    const bool success = event == "assigned" || event == "reassigned";
    if ((!success && event != "failed") || !is_ours(line))
        return;
    const std::string sweep(line.at("sweep").as_string());
    const auto device = line.at("device_id").as_int64();
    const auto contact = line.at("contact_id").as_int64();
    if (success && ++successes_[{sweep, device}] > 1)
        blame(fmt::format("the change of device {} in sweep {} is told twice", device, sweep));
    bool happened = false;
    for (auto& one : writes_) {
        if (one.device != device || one.contact != contact || sweep_at(one.sweep).id != sweep)
            continue;
        happened = true;
        one.told = one.told || success;
        if (!success)
            one.told_failed = heard_.at(key_of(line));
    }
    if (success && !happened) {
        // Then somebody else has set the same contact, and the read-back could not tell.
        write wanted;
        wanted.when = std::ranges::find(sweeps_, sweep, &begun::id)->when;
        wanted.device = device;
        wanted.contact = contact;
        if (!had_contact(wanted, heard_.at(key_of(line))))
            blame(fmt::format("the audit log tells that device {} was given contact {}, which it never had", device,
                              contact));
    }
}

void judge::read_audit(const std::string& log) {
    std::istringstream lines(log);
    for (std::string line; std::getline(lines, line);) {
        boost::system::error_code failed;
        const auto parsed = boost::json::parse(line, failed);
        if (failed || !parsed.is_object())
            blame("the audit log holds what is not a line of it: " + line);
        else
            read_audit_line(parsed.get_object());
    }
    for (const auto& one : writes_)
        if (!one.told && !(one.told_failed && was_touched_between(one, *one.told_failed)))
            blame(fmt::format("the audit log does not tell that contact {} was written to device {} by sweep {}",
                              one.contact, one.device, sweep_at(one.sweep).id));
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
        if (!known.contains({sweep_at(one.sweep).id, one.device, one.contact}))
            blame(fmt::format("the journal does not know that contact {} was written to device {}", one.contact,
                              one.device));
}

} // namespace simulation
