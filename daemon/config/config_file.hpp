#pragma once

#include "daemon/config/config.hpp"
#include "daemon/config/config_message.hpp"
#include "daemon/config/environment.hpp"

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace contactd {

/// A configuration that can be used, and what is worth saying about it all the same.
struct config_reading {
    config settings;
    std::vector<config_warning> warnings;
};

/// Either the configuration, or everything that is wrong with it, in the order of the lines.
using config_result = std::expected<config_reading, std::vector<config_error>>;

/// Reads the file. Secrets are not looked up here; the configuration holds only where they are.
config_result read_config(const std::string& path, const environment& variables);

/// Reads the text of a file; `file` is its name in messages.
config_result read_config_text(std::string_view text, const std::string& file, const environment& variables);

} // namespace contactd
