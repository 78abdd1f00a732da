#pragma once

#include "daemon/report/sweep_report.hpp"

#include <boost/json/object.hpp>
#include <string>

namespace contactd {

// The parts of the JSON objects that plan, sweep and apply print.

/// Event, instance and the device fields of the audit log.
boost::json::object device_object(const device_outcome& one);
boost::json::object held_object(const held_company& one);
boost::json::object error_object(const trouble& one);

/// The serialized `summary`: counts by event and reason, requests and seconds.
std::string summary_text(const sweep_report& report);

} // namespace contactd
