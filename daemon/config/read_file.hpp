#pragma once

#include "daemon/config/fault.hpp"

#include <expected>
#include <string>

namespace contactd {

/// The content of a configuration file. Anything but a regular file, and one beyond a megabyte, is refused.
std::expected<std::string, fault> read_whole_file(const std::string& path);

} // namespace contactd
