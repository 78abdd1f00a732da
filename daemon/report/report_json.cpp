#include "daemon/report/report_json.hpp"

#include "daemon/audit/audit_line.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace contactd {

namespace json = boost::json;

json::object device_object(const device_outcome& one) {
    json::object object;
    object["event"] = core::to_string(one.what);
    object["instance"] = one.instance;
    add_device_fields(object, one);
    return object;
}

json::object held_object(const held_company& one) {
    json::object object;
    object["instance"] = one.instance;
    object["company_id"] = one.company_id.value;
    object["company"] = one.company;
    object["would_reassign"] = one.counts.would_reassign;
    object["assigned_devices"] = one.counts.assigned_devices;
    return object;
}

json::object error_object(const trouble& one) {
    json::object object;
    if (!one.instance.empty())
        object["instance"] = one.instance;
    object["kind"] = autotask::to_string(one.kind);
    object["error"] = one.message;
    json::array ids;
    for (const auto& company : one.companies)
        ids.push_back(company.id.value);
    if (!ids.empty())
        object["company_ids"] = std::move(ids);
    return object;
}

std::string summary_text(const sweep_report& report) {
    json::object summary;
    summary["events"] = events_object(report.counts);
    summary["reasons"] = reasons_object(report.counts);
    summary["companies"] = report.total.companies_done;
    summary["companies_not_reached"] = report.not_reached;
    summary["requests"] = report.total.requests;
    auto text = json::serialize(summary);
    text.pop_back();
    return text + seconds_member(report.time) + '}';
}

} // namespace contactd
