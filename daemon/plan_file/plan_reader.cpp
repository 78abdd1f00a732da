#include "autotask/api_date.hpp"
#include "autotask/url.hpp"
#include "daemon/plan_file/json_members.hpp"
#include "daemon/plan_file/saved_plan.hpp"
#include "daemon/printable.hpp"

#include <algorithm>
#include <boost/json/stream_parser.hpp>
#include <fmt/format.h>
#include <map>
#include <utility>

namespace contactd {

namespace json = boost::json;

namespace {

using refusal_or = std::expected<json::object, std::string>;

template <class Kind>
std::optional<Kind> find_name(int count, std::string_view name) {
    for (int i = 0; i < count; ++i)
        if (core::to_string(static_cast<Kind>(i)) == name)
            return static_cast<Kind>(i);
    return std::nullopt;
}

/// The error is a phrase.
refusal_or parse(std::string_view text) {
    json::parse_options options;
    options.allow_invalid_utf8 = true; // Names are kept as they were received.
    json::stream_parser parser({}, options);
    boost::system::error_code failed;
    const auto read = parser.write_some(text.data(), text.size(), failed);
    const bool is_whole = !failed && parser.done() && text.find_first_not_of(" \t\r\n", read) == std::string_view::npos;
    if (!is_whole) {
        const auto line = 1 + std::ranges::count(text.substr(0, read), '\n');
        return std::unexpected(fmt::format("this is no JSON object from its first to its last character: line {} is "
                                           "where it goes wrong",
                                           line));
    }
    auto value = parser.release();
    if (!value.is_object())
        return std::unexpected(std::string("this is no plan of contactd"));
    return std::move(value.get_object());
}

class plan_reader {
public:
    /// The error is a phrase.
    std::expected<saved_plan, std::string> read(const json::object& from);

private:
    template <class Take>
    void each(const json::array& list, std::string_view called, Take take);

    void take_database(json_members& from);
    void take_change(json_members& from, std::string where);
    void take_skipped(json_members& from);
    void take_held(json_members& from);
    void take_error(json_members& from);
    void take_summary(json_members& from);
    device_outcome device(json_members& from);
    bool is_known(const std::string& instance) const;

    saved_plan plan_;
    std::string error_;
    std::map<std::pair<std::string, core::device_id>, std::string> changed_; ///< And by which change.
};

template <class Take>
void plan_reader::each(const json::array& list, std::string_view called, Take take) {
    std::size_t number = 0;
    for (const auto& one : list) {
        const auto where = fmt::format("{} {}", called, ++number);
        const auto* const object = one.if_object();
        if (object == nullptr && error_.empty())
            error_ = where + ": it should be an object";
        if (!error_.empty())
            return;
        json_members members(*object, where, error_);
        take(members, where);
    }
}

bool plan_reader::is_known(const std::string& instance) const {
    return std::ranges::find(plan_.databases, instance, &planned_database::instance) != plan_.databases.end();
}

void plan_reader::take_database(json_members& from) {
    planned_database one{from.text("instance"), from.text("zone"), from.text("username")};
    if (is_known(one.instance))
        from.complain("instance \"" + one.instance + "\" is named twice");
    if (!autotask::parse_base_url(one.zone))
        from.complain("\"zone\" should be an https URL");
    plan_.databases.push_back(std::move(one));
}

/// What changes and devices that are left alone have in common.
device_outcome plan_reader::device(json_members& from) {
    device_outcome one;
    one.instance = from.text("instance");
    one.company_id.value = from.number("company_id");
    one.company = from.text_if_any("company");
    one.device_id.value = from.number("device_id");
    one.device = from.text_if_any("device");
    one.last_user = from.text_if_any("last_user");
    one.account = from.text_if_any("account");
    one.local_account = from.truth_if_any("local_account");
    if (const auto rule = from.text_if_any("rule"); !rule.empty()) {
        one.rule = core::parse_rule(rule);
        if (!one.rule)
            from.complain("\"" + rule + "\" is no rule");
    }
    if (const auto contact = from.number_if_any("contact_id"))
        one.contact_id = core::contact_id{*contact};
    if (const auto previous = from.number_if_any("previous_contact_id"))
        one.previous_contact_id = core::contact_id{*previous};
    one.contact_email = from.text_if_any("contact_email");
    one.contact_name = from.text_if_any("contact_name");
    one.previous_contact_name = from.text_if_any("previous_contact_name");
    one.error = from.text_if_any("error");
    return one;
}

void plan_reader::take_change(json_members& from, std::string where) {
    auto one = device(from);
    where += fmt::format(" (configuration item {})", one.device_id.value);
    from.call_it(where);
    const auto event = from.text("event");
    one.what = event == "would_assign" ? core::event::would_assign : core::event::would_reassign;
    if (event != "would_assign" && event != "would_reassign")
        from.complain("\"event\" should be would_assign or would_reassign");
    (void)from.number("contact_id");
    (void)from.text("last_user");
    json_members assumes(from.object("assumes"), where + ", assumes", error_);
    const auto contact = assumes.number_or_null("contact_id");
    const auto last_user = assumes.text("last_user");
    // What a person reviewed is what is compared with what is there.
    if (last_user != one.last_user)
        from.complain("\"last_user\" and what it assumes are not the same");
    if (contact != one.previous_contact_id.transform([](core::contact_id id) { return id.value; }))
        from.complain("\"previous_contact_id\" and the contact that it assumes are not the same");
    if (contact.has_value() != (one.what == core::event::would_reassign))
        from.complain(contact ? "would_assign is for a device without a contact, and it assumes one"
                              : "would_reassign is for a device with a contact, and it assumes none");
    if (one.contact_id && one.contact_id == one.previous_contact_id)
        from.complain("it replaces a contact by the same one");
    if (!is_known(one.instance))
        from.complain("\"databases\" does not name its instance \"" + one.instance + '"');
    const auto [earlier, is_first] = changed_.try_emplace({one.instance, one.device_id}, where);
    if (!is_first)
        from.complain("the device is changed already by " + earlier->second);
    plan_.report.changes.push_back(std::move(one));
}

void plan_reader::take_skipped(json_members& from) {
    auto one = device(from);
    one.what = core::event::skipped;
    const auto reason = from.text("reason");
    one.why = find_name<core::reason>(core::reason_count, reason);
    if (!one.why)
        from.complain('"' + reason + "\" is no reason");
    for (const auto id : from.numbers_if_any("candidates"))
        one.candidates.push_back(core::contact_id{id});
    plan_.report.skipped.push_back(std::move(one));
}

void plan_reader::take_held(json_members& from) {
    held_company one;
    one.instance = from.text("instance");
    one.company_id.value = from.number("company_id");
    one.company = from.text_if_any("company");
    one.counts.would_reassign = from.count("would_reassign");
    one.counts.assigned_devices = from.count("assigned_devices");
    plan_.report.held.push_back(std::move(one));
}

void plan_reader::take_error(json_members& from) {
    trouble one;
    one.instance = from.text_if_any("instance");
    one.message = from.text("error");
    plan_.report.troubles.push_back(std::move(one));
}

void plan_reader::take_summary(json_members& from) {
    auto& report = plan_.report;
    const auto& events = from.object("events");
    json_members event_counts(events, "summary, events", error_);
    for (const auto& [name, count] : events)
        if (const auto event = find_name<core::event>(core::event_count, name))
            report.counts.add(*event, std::nullopt, event_counts.count(name));
    const auto& reasons = from.object("reasons");
    json_members reason_counts(reasons, "summary, reasons", error_);
    for (const auto& [name, count] : reasons)
        if (const auto reason = find_name<core::reason>(core::reason_count, name))
            report.counts.reasons[static_cast<std::size_t>(*reason)] = reason_counts.count(name);
    // Whoever reviewed it may have taken changes out.
    for (const auto event : {core::event::would_assign, core::event::would_reassign})
        report.counts.events[static_cast<std::size_t>(event)] =
            std::ranges::count(report.changes, event, &device_outcome::what);
    report.total.companies_done = from.count("companies");
    report.not_reached = from.count("companies_not_reached");
    report.total.requests = from.count("requests");
    report.time = std::chrono::milliseconds(from.milliseconds("seconds"));
}

std::expected<saved_plan, std::string> plan_reader::read(const json::object& from) {
    json_members members(from, {}, error_);
    if (from.if_contains("plan_version") == nullptr)
        return std::unexpected(std::string("this is no plan of contactd: it has no \"plan_version\""));
    const auto version = members.number("plan_version");
    plan_.contactd = members.text("contactd");
    if (error_.empty() && version != plan_version)
        return std::unexpected(fmt::format("this is a plan of form {}, made by contactd {}, and this contactd "
                                           "({}) knows form {} only: apply it with the one that made it, or make a new "
                                           "plan",
                                           version, printable(plan_.contactd), std::string_view(CONTACTD_VERSION),
                                           plan_version));
    const auto made = autotask::read_api_date(members.text("made"));
    if (!made)
        members.complain("\"made\" should be a date such as 2026-11-21T18:45:12.123Z");
    plan_.made = made.value_or(core::wall_time{});
    each(members.list("databases"), "database", [this](json_members& one, const auto&) { take_database(one); });
    each(members.list("changes"), "change",
         [this](json_members& one, const std::string& where) { take_change(one, where); });
    each(members.list("skipped"), "skipped device", [this](json_members& one, const auto&) { take_skipped(one); });
    each(members.list("held"), "held company", [this](json_members& one, const auto&) { take_held(one); });
    each(members.list("errors"), "error", [this](json_members& one, const auto&) { take_error(one); });
    json_members summary(members.object("summary"), "summary", error_);
    take_summary(summary);
    if (!error_.empty())
        return std::unexpected(std::move(error_));
    plan_.report.sort();
    return std::move(plan_);
}

} // namespace

std::expected<saved_plan, std::string> read_plan(std::string_view text, const std::string& file) {
    const auto parsed = parse(text);
    auto plan = parsed ? plan_reader().read(*parsed) : std::unexpected(parsed.error());
    if (!plan)
        return std::unexpected(file + ": " + printable(plan.error()));
    return plan;
}

bool is_meant_to_be_a_plan(std::string_view text) {
    const auto parsed = parse(text);
    return text.starts_with("{\"plan_version\":") || (parsed && parsed->contains("plan_version"));
}

} // namespace contactd
