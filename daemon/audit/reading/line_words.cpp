#include "daemon/audit/reading/line_words.hpp"

#include "core/reasons.hpp"
#include "core/rules.hpp"
#include "daemon/audit/reading/audit_query.hpp"
#include "daemon/printable.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>
#include <optional>
#include <utility>

namespace contactd {

namespace json = boost::json;

namespace {

constexpr std::size_t company_columns = 24;
constexpr std::size_t device_columns = 26;
constexpr std::size_t instance_columns = 10;
/// Time, mark and what is between them.
constexpr std::size_t head_columns = 25;

std::string_view ink_of(std::string_view event) {
    if (event == "assigned" || event == "would_assign")
        return "\x1b[32m";
    if (event == "reassigned" || event == "would_reassign")
        return "\x1b[33m";
    return event == "failed" || event == "held" ? "\x1b[31m" : "\x1b[2m";
}

char mark_of(std::string_view event) {
    if (event == "assigned" || event == "would_assign")
        return '+';
    if (event == "reassigned" || event == "would_reassign")
        return '~';
    if (event == "failed")
        return '!';
    return event == "held" ? '=' : ' ';
}

std::string_view words_of(core::rule one) {
    using enum core::rule;
    switch (one) {
    case email:
        return "whole address";
    case local_part:
        return "part before the @";
    case alias:
        return "alias";
    case login_field:
        return "login field";
    case other_email:
        return "another address of the contact";
    case other_local_part:
        return "part before the @ of another address";
    case first_dot_last:
    case firstlast:
    case flast:
    case firstl:
        return "name of the contact";
    case parent_email:
        return "whole address, at the parent company";
    case parent_local_part:
        return "part before the @, at the parent company";
    }
    return {};
}

std::string reason_words(std::string_view name) {
    for (int i = 0; i < core::reason_count; ++i)
        if (const auto one = static_cast<core::reason>(i); core::to_string(one) == name)
            return std::string(core::explain(one));
    return printable(name);
}

std::string contact_words_of(const json::object& line) {
    if (const auto email = text_member(line, "contact_email"); !email.empty())
        return printable(email);
    const auto id = number_member(line, "contact_id");
    return id ? fmt::format("contact {}", *id) : "nobody";
}

std::string whom_to_whom(const json::object& line) {
    const auto previous = number_member(line, "previous_contact_id");
    return fmt::format("{} -> {}", previous ? fmt::format("contact {}", *previous) : "nobody", contact_words_of(line));
}

/// "(last user ACME\jane, part before the @)"
std::string why(const json::object& line) {
    std::string words;
    if (const auto user = text_member(line, "last_user"); !user.empty())
        words = "last user " + printable(user);
    if (const auto name = text_member(line, "rule"); !name.empty()) {
        const auto rule = core::parse_rule(name);
        words += fmt::format("{}{}", words.empty() ? "" : ", ", rule ? std::string(words_of(*rule)) : printable(name));
    }
    if (const auto* const ids = line.if_contains("candidates"); ids != nullptr && ids->is_array()) {
        words += words.empty() ? "contacts" : ", contacts";
        for (const auto& id : ids->get_array())
            if (id.is_int64())
                words += fmt::format(" {}", id.get_int64());
    }
    return words.empty() ? words : " (" + words + ')';
}

std::string device_event(std::string_view event, const json::object& line) {
    const auto error = text_member(line, "error");
    const auto more = error.empty() ? std::string() : ": " + printable(error);
    if (event == "assigned" || event == "reassigned")
        return whom_to_whom(line) + why(line);
    if (event == "would_assign" || event == "would_reassign")
        return whom_to_whom(line) + ", not written: a dry run" + why(line);
    if (event == "failed")
        return fmt::format("{} failed: {}{}{}", whom_to_whom(line), reason_words(text_member(line, "reason")), more,
                           why(line));
    if (event == "skipped")
        return fmt::format("left alone: {}{}{}", reason_words(text_member(line, "reason")), more, why(line));
    return printable(event) + more + why(line);
}

/// "3 assigned, 2 skipped": the events that occurred.
std::string counts_of(const json::object& line) {
    std::string words;
    const auto* const counts = line.if_contains("events");
    if (counts == nullptr || !counts->is_object())
        return words;
    for (const auto& [event, count] : counts->get_object())
        if (count.is_int64() && count.get_int64() != 0)
            words += fmt::format("{}{} {}", words.empty() ? "" : ", ", grouped(count.get_int64()), printable(event));
    return words;
}

std::string held_words(const json::object& line) {
    return fmt::format("held by the brake: {} of {} devices that have a contact would get another",
                       grouped(number_member(line, "would_reassign").value_or(0)),
                       grouped(number_member(line, "assigned_devices").value_or(0)));
}

std::string company_end(const json::object& line) {
    const auto counts = counts_of(line);
    auto words = "done: " + (counts.empty() ? std::string("no devices") : counts);
    if (const auto contacts = number_member(line, "unreadable_contacts"))
        words += fmt::format("; {} could not be read", counted(*contacts, "contact", "contacts"));
    return words;
}

std::string sweep_end(const json::object& line) {
    auto words = counted(number_member(line, "companies").value_or(0), "company", "companies");
    if (const auto counts = counts_of(line); !counts.empty())
        words += ": " + counts;
    if (const auto requests = number_member(line, "requests"))
        words += "; " + counted(*requests, "request", "requests");
    if (const auto* const seconds = line.if_contains("seconds"); seconds != nullptr && seconds->is_number())
        words += fmt::format(" in {:.1f} s", seconds->to_number<double>());
    if (const auto left = number_member(line, "companies_not_reached"))
        words += "; " + counted(*left, "company was", "companies were") + " not reached";
    if (line.contains("interrupted"))
        words += "; interrupted";
    if (const auto error = text_member(line, "error"); !error.empty())
        words += "; ended early: " + printable(error);
    return words;
}

std::string sweep_event(std::string_view event, const json::object& line) {
    const auto which =
        fmt::format("sweep {} of {}", printable(text_member(line, "sweep")), printable(text_member(line, "instance")));
    if (event == "sweep_started")
        return which + " began";
    return event == "sweep_finished" ? fmt::format("{} ended: {}", which, sweep_end(line))
                                     : fmt::format("{}: {}", printable(event), which);
}

struct widths {
    std::size_t company, device;
    bool may_cut;
};

widths widths_for(const line_style& style) {
    if (style.columns == 0)
        return {company_columns, device_columns, false};
    const auto room = style.columns > head_columns ? style.columns - head_columns : 0;
    constexpr std::size_t least = 12;
    return {std::clamp(room / 4, least, company_columns), std::clamp(room * 2 / 7, least, device_columns), true};
}

std::string in_columns(const std::string& text, std::size_t columns, bool may_cut) {
    return padded(may_cut ? shortened(text, columns) : text, columns);
}

/// The id stays whole: it is what other options are given.
std::string device_of(const json::object& line, const widths& width) {
    const auto id = number_member(line, "device_id");
    const auto end = id ? fmt::format(" ({})", *id) : std::string();
    auto name = printable(text_member(line, "device"));
    if (width.may_cut && width.device > end.size())
        name = shortened(name, width.device - end.size());
    return padded(name + end, width.device);
}

} // namespace

std::string line_words(const json::object& line, const line_style& style) {
    const auto event = text_member(line, "event");
    const auto when = read_timestamp(text_member(line, "ts"));
    const auto width = widths_for(style);
    auto shown = when ? time_words(*when, style.zone) : printable(text_member(line, "ts"));
    shown += "  ";
    const bool has_device = line.contains("device_id");
    const bool has_company = line.contains("company_id");
    if (style.with_instance && has_company)
        shown += in_columns(printable(text_member(line, "instance")), instance_columns, width.may_cut) + "  ";
    const std::string_view ink = style.coloured ? ink_of(event) : std::string_view();
    const std::string_view plain = style.coloured ? "\x1b[0m" : std::string_view();
    shown += fmt::format("{}{}{} ", ink, mark_of(event), plain);
    if (has_company)
        shown += in_columns(printable(text_member(line, "company")), width.company, width.may_cut) + "  ";
    if (has_device)
        shown += device_of(line, width) + "  ";
    std::string words;
    if (has_device)
        words = device_event(event, line);
    else if (event == "held")
        words = held_words(line);
    else if (event == "company_finished")
        words = company_end(line);
    else
        words = sweep_event(event, line);
    const bool bad_end = event == "sweep_finished" && (line.contains("error") || line.contains("interrupted") ||
                                                       line.contains("companies_not_reached"));
    return shown + fmt::format("{}{}{}", bad_end && style.coloured ? ink_of("failed") : ink, words, plain);
}

} // namespace contactd
