#pragma once

#include <string>
#include <string_view>

#include <sys/types.h>

#include "tests/sandbox/model/world.hpp"

namespace sandbox {

class sandbox_server;

/// Replaces the file as a whole. Throws std::system_error.
void write_file(const std::string& path, std::string_view content, mode_t mode);

/// Writes what a client needs to know about a running sandbox into the directory: `sandbox.json`, `secret` (mode
/// 0600) and `contactd.toml`, a configuration that works as it is. Throws std::system_error.
void write_client_files(const sandbox_server& server, const credentials& login, const std::string& directory);

} // namespace sandbox
