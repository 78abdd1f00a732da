#pragma once

#include "daemon/config/fault.hpp"

#include <cstddef>
#include <expected>
#include <string>

namespace contactd {

/// Why a file could not be read.
struct unreadable_file {
    fault why;
    bool is_missing = false; ///< There is no such file.
};

/// The largest file that is taken for a configuration, and the largest list of organizations or aliases.
inline constexpr std::size_t largest_configuration = std::size_t{1} << 20;
inline constexpr std::size_t largest_list = std::size_t{64} << 20;

/// The content of a regular file of so many bytes at the most. Never waits, whatever stands at the path.
std::expected<std::string, unreadable_file> read_whole_file(const std::string& path, std::size_t largest);

} // namespace contactd
