#pragma once

#include "core/schedule.hpp"
#include "daemon/sweep/listener.hpp"

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

namespace contactd {

/// What every line of the audit log begins with.
struct audit_stamp {
    core::wall_time when;
    std::string sweep;
};

/// The lines of the audit log, without their line feed. Absent keys mean that they do not apply.
std::string sweep_started_line(const audit_stamp& stamp, const std::string& instance);
std::string device_line(const audit_stamp& stamp, const device_outcome& outcome);

/// What became of a write of an earlier sweep: as device_line(), marked as found out later. `stamp` has the time of now
/// and that sweep.
std::string found_out_line(const audit_stamp& stamp, const device_outcome& outcome);

/// The instance, device and event of a line that tells what became of a write, as told_write_of() makes them; empty for
/// any other line.
std::string told_write_in(std::string_view line);
std::string told_write_of(const device_outcome& outcome);

std::string held_line(const audit_stamp& stamp, const held_company& company);
std::string company_finished_line(const audit_stamp& stamp, const finished_company& company);
std::string sweep_finished_line(const audit_stamp& stamp, const finished_instance& instance);

/// The device fields of a line, in their order: also the objects of `--format json`.
void add_device_fields(boost::json::object& to, const device_outcome& outcome);

/// {"assigned": 3, ...}: every event, also those that did not occur.
boost::json::object events_object(const core::tally& counts);

/// {"no_match": 3, ...}: the reasons that occurred.
boost::json::object reasons_object(const core::tally& counts);

/// `,"seconds":12.345`, to be put at the end of a serialized object. By hand because the JSON library writes every
/// fraction with an exponent (1.2345E1), which people and simple scripts stumble over.
std::string seconds_member(std::chrono::milliseconds time);

} // namespace contactd
