#include "daemon/plan_file/saved_plan.hpp"
#include "daemon/report/report_json.hpp"
#include "daemon/timestamp.hpp"

#include <boost/json/serialize.hpp>

namespace contactd {

namespace json = boost::json;

namespace {

json::object database_object(const planned_database& one) {
    json::object object;
    object["instance"] = one.instance;
    object["zone"] = one.zone;
    object["username"] = one.username;
    return object;
}

/// What it assumes stands for itself: in the other members nothing may also mean that it is not known.
json::object change_object(const device_outcome& one) {
    auto object = device_object(one);
    if (!one.contact_name.empty())
        object["contact_name"] = one.contact_name;
    if (!one.previous_contact_name.empty())
        object["previous_contact_name"] = one.previous_contact_name;
    json::object assumes;
    assumes["contact_id"] =
        one.previous_contact_id ? json::value(one.previous_contact_id->value) : json::value(nullptr);
    assumes["last_user"] = one.last_user;
    object["assumes"] = std::move(assumes);
    return object;
}

template <class One>
std::string lines(const std::vector<One>& all, json::object (*make)(const One&)) {
    std::string text = "[";
    for (const auto& one : all)
        text.append(text.size() > 1 ? ",\n" : "\n").append(json::serialize(make(one)));
    return text + ']';
}

} // namespace

std::string plan_text(const saved_plan& plan) {
    std::string text = "{\"plan_version\":" + std::to_string(plan_version);
    text += ",\n\"contactd\":" + json::serialize(json::string(plan.contactd));
    text += ",\n\"made\":\"" + timestamp(plan.made) + '"';
    text += ",\n\"databases\":" + lines(plan.databases, database_object);
    text += ",\n\"changes\":" + lines(plan.report.changes, change_object);
    text += ",\n\"skipped\":" + lines(plan.report.skipped, device_object);
    text += ",\n\"held\":" + lines(plan.report.held, held_object);
    text += ",\n\"failed\":" + lines(plan.report.failed, device_object);
    text += ",\n\"errors\":" + lines(plan.report.troubles, error_object);
    text += ",\n\"summary\":" + summary_text(plan.report);
    return text + "}\n";
}

} // namespace contactd
