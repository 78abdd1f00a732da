#include "daemon/report/render.hpp"

#include "daemon/report/report_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace contactd {

namespace json = boost::json;

namespace {

template <class One>
json::array objects(const std::vector<One>& all, json::object (*make)(const One&)) {
    json::array list;
    for (const auto& one : all)
        list.push_back(make(one));
    return list;
}

} // namespace

std::string render_json(const sweep_report& report) {
    json::object all;
    all["changes"] = objects(report.changes, device_object);
    all["skipped"] = objects(report.skipped, device_object);
    all["held"] = objects(report.held, held_object);
    all["failed"] = objects(report.failed, device_object);
    all["errors"] = objects(report.troubles, error_object);
    auto text = json::serialize(all);
    text.pop_back();
    return text + ",\"summary\":" + summary_text(report) + "}\n";
}

} // namespace contactd
