#pragma once

#include "autotask/request_record.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace contactd {

/// Events of the Trace Event Format, each a JSON object on one line. Its processes are instances and its threads are
/// lanes: the slots of an entity. Source: "Trace Event Format"; times are microseconds since the start of the trace.
using trace_events = std::vector<std::string>;

/// Where requests are drawn that shared one slot, so that no two of them overlap. Perfetto takes two threads of equal
/// number for one, also in different processes: the number of a lane is unique in its trace.
struct trace_lane {
    std::int64_t process = 0; ///< From 1 on.
    std::int64_t thread = 0;
};

/// The lane of a slot, both counted from 0 on. The numbers of an entity's lanes follow each other.
trace_lane lane_of(std::int64_t process, std::size_t entity, std::size_t slot);

/// Names a process.
trace_events process_events(std::int64_t process, std::string_view name);

/// Names a lane, such as "Contacts 2" for the slot 1, and gives it its place.
trace_events lane_events(const trace_lane& lane, std::string_view entity, std::size_t slot);

/// What is drawn of one request: itself, within it the phases that took time, and a mark where it failed.
trace_events request_events(const trace_lane& lane, const autotask::request_record& what,
                            std::chrono::steady_clock::time_point trace_began);

/// A point of a curve.
std::string counter_event(std::int64_t process, std::string_view name, std::int64_t value,
                          std::chrono::steady_clock::duration since_start);

} // namespace contactd
