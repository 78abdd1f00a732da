#include "daemon/audit/reading/audit_query.hpp"

#include "core/ascii.hpp"
#include "core/fold.hpp"
#include "daemon/audit/reading/time_words.hpp"

#include <algorithm>
#include <array>
#include <boost/json/value.hpp>
#include <fmt/format.h>
#include <utility>

namespace contactd {

namespace json = boost::json;

namespace {

constexpr std::array<std::string_view, 11> events{
    "assigned", "reassigned", "would_assign",  "would_reassign",   "failed",        "held",
    "skipped",  "in_sync",    "sweep_started", "company_finished", "sweep_finished"};

bool is_listed(const std::vector<std::string>& all, std::string_view one) {
    return std::ranges::find(all, one) != all.end();
}

bool is_begun_by_any(std::string_view id, const std::vector<std::string>& beginnings) {
    return std::ranges::any_of(beginnings, [id](const std::string& one) { return id.starts_with(one); });
}

std::vector<std::string> folded(const std::vector<std::string>& names) {
    std::vector<std::string> all;
    for (const auto& one : names)
        all.push_back(core::fold(one));
    return all;
}

/// As --company of a sweep understands it: an id as it is written, or a name.
bool is_meant(std::optional<std::int64_t> id, std::string_view name, const std::vector<std::string>& folded_names) {
    if (id && is_listed(folded_names, std::to_string(*id)))
        return true;
    return !name.empty() && is_listed(folded_names, core::fold(name));
}

/// The earliest time at which a sweep can have begun whose id begins so: "20261124T1845...", a day at least.
std::optional<core::wall_time> beginning_of_sweep(std::string_view id) {
    constexpr std::size_t day = 8;
    constexpr std::size_t minute = 13;
    if (id.size() < day || !std::ranges::all_of(id.substr(0, day), core::is_ascii_digit))
        return std::nullopt;
    auto text = fmt::format("{}-{}-{}T", id.substr(0, 4), id.substr(4, 2), id.substr(6, 2));
    if (id.size() >= minute && id[day] == 'T')
        text += fmt::format("{}:{}Z", id.substr(day + 1, 2), id.substr(day + 3, 2));
    else
        text += "00:00Z";
    return read_timestamp(text);
}

bool went_wrong(const json::object& sweep_finished) {
    return sweep_finished.contains("error") || sweep_finished.contains("interrupted") ||
           sweep_finished.contains("companies_not_reached");
}

} // namespace

std::span<const std::string_view> audit_events() {
    return events;
}

event_choice usual_events(const audit_filter& wanted) {
    event_choice chosen;
    chosen.names = {"assigned", "reassigned", "would_assign", "would_reassign", "failed", "held"};
    if (!wanted.devices.empty() || !wanted.reasons.empty())
        chosen.names.emplace_back("skipped");
    if (!wanted.sweeps.empty())
        chosen.names.insert(chosen.names.end(), {"sweep_started", "sweep_finished"});
    chosen.sweeps_gone_wrong = true;
    chosen.unknown_are_missing = true;
    return chosen;
}

std::string_view text_member(const json::object& line, std::string_view key) {
    const auto* const found = line.if_contains(key);
    const auto* const text = found != nullptr ? found->if_string() : nullptr;
    return text != nullptr ? std::string_view(*text) : std::string_view();
}

std::optional<std::int64_t> number_member(const json::object& line, std::string_view key) {
    const auto* const found = line.if_contains(key);
    const auto* const number = found != nullptr ? found->if_int64() : nullptr;
    return number != nullptr ? std::optional(*number) : std::nullopt;
}

std::optional<core::wall_time> earliest_of(const audit_filter& wanted) {
    std::optional<core::wall_time> earliest;
    for (const auto& one : wanted.sweeps) {
        const auto began = beginning_of_sweep(one);
        if (!began)
            return wanted.since;
        earliest = earliest ? std::min(*earliest, *began) : *began;
    }
    return !wanted.since || (earliest && *earliest > *wanted.since) ? earliest : wanted.since;
}

audit_query::audit_query(audit_filter wanted)
    : wanted_(std::move(wanted)), folded_companies_(folded(wanted_.companies)),
      folded_devices_(folded(wanted_.devices)) {}

line_verdict audit_query::event_verdict(std::string_view event) const {
    const auto& choice = wanted_.events;
    const bool known = std::ranges::find(events, event) != events.end();
    if (choice.all)
        return choice.unknown_are_missing && !known ? line_verdict::unknown_event : line_verdict::yes;
    if (is_listed(choice.names, event) || (choice.sweeps_gone_wrong && event == "sweep_finished"))
        return line_verdict::yes;
    return choice.unknown_are_missing && !known ? line_verdict::unknown_event : line_verdict::no;
}

bool audit_query::is_in_time(core::wall_time when) const {
    return !(wanted_.since && when < *wanted_.since) && !(wanted_.until && when >= *wanted_.until);
}

bool audit_query::may_want(const line_head& head) const {
    if (event_verdict(head.event) == line_verdict::no)
        return false;
    if (!wanted_.sweeps.empty() && !is_begun_by_any(head.sweep, wanted_.sweeps))
        return false;
    if (!wanted_.instances.empty() && !is_listed(wanted_.instances, head.instance))
        return false;
    if (!wanted_.since && !wanted_.until)
        return true;
    const auto when = read_timestamp(head.time);
    return !when || is_in_time(*when);
}

line_verdict audit_query::judge(const json::object& line) const {
    const auto event = text_member(line, "event");
    const auto when = read_timestamp(text_member(line, "ts"));
    if (event.empty() || !when)
        return line_verdict::no_audit_line;
    const auto verdict = event_verdict(event);
    if (verdict == line_verdict::no || !is_in_time(*when))
        return line_verdict::no;
    if (!wanted_.sweeps.empty() && !is_begun_by_any(text_member(line, "sweep"), wanted_.sweeps))
        return line_verdict::no;
    if (!wanted_.instances.empty() && !is_listed(wanted_.instances, text_member(line, "instance")))
        return line_verdict::no;
    if (!wanted_.companies.empty() &&
        !is_meant(number_member(line, "company_id"), text_member(line, "company"), folded_companies_))
        return line_verdict::no;
    if (!wanted_.devices.empty() &&
        !is_meant(number_member(line, "device_id"), text_member(line, "device"), folded_devices_))
        return line_verdict::no;
    if (!wanted_.reasons.empty() && !is_listed(wanted_.reasons, text_member(line, "reason")))
        return line_verdict::no;
    const bool only_if_wrong =
        event == "sweep_finished" && !wanted_.events.all && !is_listed(wanted_.events.names, event);
    return only_if_wrong && !went_wrong(line) ? line_verdict::no : verdict;
}

} // namespace contactd
