#pragma once

#include "daemon/config/config.hpp"
#include "daemon/config/config_message.hpp"

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace contactd {

/// Reads a file of aliases: CSV with the columns `company_id`, `account`, `contact` (an e-mail address or an id) and,
/// where several instances are configured, `instance`. A line that begins with "#" is a comment. The error is
/// everything that is wrong with it, in the order of the lines; `file` is its name in there.
std::expected<alias_table, std::vector<config_error>> read_aliases(std::string_view text, const std::string& file,
                                                                   const std::vector<instance_settings>& instances);

} // namespace contactd
