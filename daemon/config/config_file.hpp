#pragma once

#include "daemon/config/config.hpp"
#include "daemon/config/config_message.hpp"
#include "daemon/config/environment.hpp"
#include "daemon/config/read_file.hpp"

#include <expected>
#include <functional>
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

/// Reads the file and those that it names. Secrets are not looked up here; the configuration holds only where they are.
config_result read_config(const std::string& path, const environment& variables);

/// What stands in a further file that a configuration names.
using file_reader = std::function<std::expected<std::string, unreadable_file>(const std::string& path)>;

/// Where there are none.
std::expected<std::string, unreadable_file> no_other_files(const std::string& path);

/// Reads the text of a file; `file` is its name in messages, and the further ones come from `others`.
config_result read_config_text(std::string_view text, const std::string& file, const environment& variables,
                               const file_reader& others);

} // namespace contactd
