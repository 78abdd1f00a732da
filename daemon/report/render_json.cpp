#include "daemon/report/render.hpp"

#include "daemon/audit/audit_line.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace contactd {

namespace json = boost::json;

namespace {

json::array devices(const std::vector<device_outcome>& outcomes) {
    json::array list;
    for (const auto& one : outcomes) {
        json::object object;
        object["event"] = core::to_string(one.what);
        object["instance"] = one.instance;
        add_device_fields(object, one);
        list.push_back(std::move(object));
    }
    return list;
}

json::array held_companies(const std::vector<held_company>& held) {
    json::array list;
    for (const auto& one : held) {
        json::object object;
        object["instance"] = one.instance;
        object["company_id"] = one.company_id.value;
        object["company"] = one.company;
        object["would_reassign"] = one.counts.would_reassign;
        object["assigned_devices"] = one.counts.assigned_devices;
        list.push_back(std::move(object));
    }
    return list;
}

json::array errors(const std::vector<trouble>& troubles) {
    json::array list;
    for (const auto& one : troubles) {
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
        list.push_back(std::move(object));
    }
    return list;
}

} // namespace

std::string render_json(const sweep_report& report) {
    json::object summary;
    summary["events"] = events_object(report.counts);
    summary["reasons"] = reasons_object(report.counts);
    summary["companies"] = report.total.companies_done;
    summary["companies_not_reached"] = report.not_reached;
    summary["requests"] = report.total.requests;

    json::object all;
    all["changes"] = devices(report.changes);
    all["skipped"] = devices(report.skipped);
    all["held"] = held_companies(report.held);
    all["failed"] = devices(report.failed);
    all["errors"] = errors(report.troubles);
    auto summary_text = json::serialize(summary);
    summary_text.pop_back();
    auto text = json::serialize(all);
    text.pop_back();
    return text + ",\"summary\":" + summary_text + seconds_member(report.time) + "}}\n";
}

} // namespace contactd
