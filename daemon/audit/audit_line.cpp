#include "daemon/audit/audit_line.hpp"

#include "daemon/timestamp.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

namespace contactd {

namespace json = boost::json;

namespace {

json::object begin(const audit_stamp& stamp, std::string_view event, const std::string& instance) {
    json::object line;
    line["ts"] = timestamp(stamp.when);
    line["event"] = event;
    line["sweep"] = stamp.sweep;
    line["instance"] = instance;
    return line;
}

void add_company(json::object& to, core::company_id id, const std::string& name) {
    to["company_id"] = id.value;
    to["company"] = name;
}

void add_text(json::object& to, std::string_view key, const std::string& text) {
    if (!text.empty())
        to[key] = text;
}

} // namespace

void add_device_fields(json::object& to, const device_outcome& outcome) {
    add_company(to, outcome.company_id, outcome.company);
    to["device_id"] = outcome.device_id.value;
    to["device"] = outcome.device;
    add_text(to, "last_user", outcome.last_user);
    add_text(to, "account", outcome.account);
    if (outcome.local_account)
        to["local_account"] = true;
    if (outcome.rule)
        to["rule"] = core::to_string(*outcome.rule);
    if (outcome.contact_id)
        to["contact_id"] = outcome.contact_id->value;
    add_text(to, "contact_email", outcome.contact_email);
    if (outcome.previous_contact_id)
        to["previous_contact_id"] = outcome.previous_contact_id->value;
    if (!outcome.candidates.empty()) {
        json::array ids;
        for (const auto id : outcome.candidates)
            ids.push_back(id.value);
        to["candidates"] = std::move(ids);
    }
    if (outcome.why)
        to["reason"] = core::to_string(*outcome.why);
    add_text(to, "error", outcome.error);
}

json::object events_object(const core::tally& counts) {
    json::object object;
    for (int i = 0; i < core::event_count; ++i) {
        const auto event = static_cast<core::event>(i);
        object[core::to_string(event)] = counts.of(event);
    }
    return object;
}

json::object reasons_object(const core::tally& counts) {
    json::object object;
    for (int i = 0; i < core::reason_count; ++i) {
        const auto reason = static_cast<core::reason>(i);
        if (counts.of(reason) > 0)
            object[core::to_string(reason)] = counts.of(reason);
    }
    return object;
}

std::string seconds_member(std::chrono::milliseconds time) {
    return fmt::format(",\"seconds\":{}.{:03}", time.count() / 1000, time.count() % 1000);
}

std::string sweep_started_line(const audit_stamp& stamp, const std::string& instance) {
    return json::serialize(begin(stamp, "sweep_started", instance));
}

std::string device_line(const audit_stamp& stamp, const device_outcome& outcome) {
    auto line = begin(stamp, core::to_string(outcome.what), outcome.instance);
    add_device_fields(line, outcome);
    return json::serialize(line);
}

std::string found_out_line(const audit_stamp& stamp, const device_outcome& outcome) {
    auto line = begin(stamp, core::to_string(outcome.what), outcome.instance);
    add_device_fields(line, outcome);
    line["recovered"] = true;
    return json::serialize(line);
}

std::string told_write_of(const device_outcome& outcome) {
    return fmt::format("{} {} {}", outcome.instance, outcome.device_id.value, core::to_string(outcome.what));
}

std::string told_write_in(std::string_view line) {
    boost::system::error_code failed;
    const auto parsed = json::parse(line, failed);
    const auto* const object = failed ? nullptr : parsed.if_object();
    const auto member = [object](std::string_view key) { return object ? object->if_contains(key) : nullptr; };
    const auto* const instance = member("instance");
    const auto* const device = member("device_id");
    const auto* const event = member("event");
    if (!instance || !instance->is_string() || !device || !device->is_int64() || !event || !event->is_string())
        return {};
    return fmt::format("{} {} {}", std::string_view(instance->get_string()), device->get_int64(),
                       std::string_view(event->get_string()));
}

std::string held_line(const audit_stamp& stamp, const held_company& company) {
    auto line = begin(stamp, "held", company.instance);
    add_company(line, company.company_id, company.company);
    line["would_reassign"] = company.counts.would_reassign;
    line["assigned_devices"] = company.counts.assigned_devices;
    return json::serialize(line);
}

std::string company_finished_line(const audit_stamp& stamp, const finished_company& company) {
    auto line = begin(stamp, "company_finished", company.instance);
    add_company(line, company.company_id, company.company);
    line["events"] = events_object(company.counts);
    line["reasons"] = reasons_object(company.counts);
    if (company.unreadable_contacts > 0)
        line["unreadable_contacts"] = company.unreadable_contacts;
    return json::serialize(line);
}

std::string sweep_finished_line(const audit_stamp& stamp, const finished_instance& instance) {
    auto line = begin(stamp, "sweep_finished", instance.instance);
    line["events"] = events_object(instance.counts);
    line["reasons"] = reasons_object(instance.counts);
    line["companies"] = instance.final.companies_done;
    if (instance.companies_not_reached > 0)
        line["companies_not_reached"] = instance.companies_not_reached;
    if (instance.interrupted)
        line["interrupted"] = true;
    add_text(line, "error", instance.error);
    if (instance.devices_in_part || instance.contacts_in_part) {
        json::array tables;
        if (instance.devices_in_part)
            tables.push_back("devices");
        if (instance.contacts_in_part)
            tables.push_back("contacts");
        line["only_modified"] = std::move(tables);
    }
    line["requests"] = instance.final.requests;
    auto text = json::serialize(line);
    text.pop_back();
    return text + seconds_member(instance.time) + '}';
}

} // namespace contactd
