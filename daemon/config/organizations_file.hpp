#pragma once

#include "daemon/config/config.hpp"
#include "daemon/config/config_message.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace contactd {

/// Reads the text of a file of organizations into the configuration, whose instances have been read; `file` is its name
/// in messages. Everything that is wrong with it is returned, in the order of the lines, also what is so only together:
/// a name or a company that stands there twice. Then the configuration gets none of them.
std::vector<config_error> read_organizations(std::string_view text, const std::string& file, config& into);

} // namespace contactd
