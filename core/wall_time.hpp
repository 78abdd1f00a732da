#pragma once

#include <chrono>

namespace core {

/// A moment of the calendar, UTC.
using wall_time = std::chrono::sys_time<std::chrono::milliseconds>;

} // namespace core
