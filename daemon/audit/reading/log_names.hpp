#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace contactd {

/// A file beside the log.
struct neighbour_file {
    std::string name;
    std::int64_t modified = 0; ///< Of any unit, as long as later is more.

    friend bool operator==(const neighbour_file&, const neighbour_file&) = default;
};

/// What a folder holds of a log.
struct rotated_names {
    std::vector<neighbour_file> readable; ///< The oldest first.
    std::vector<std::string> unreadable;  ///< Compressed with something other than gzip.
};

/// The rotated files of the log `name` among the files of its folder: "audit.jsonl.1", "audit.jsonl.2.gz",
/// "audit.jsonl-20261124", "audit.jsonl-20261124-1764000000.gz". Of a file that is there both ways, because it is being
/// compressed, the one that is not.
rotated_names find_rotated(std::string_view name, const std::vector<neighbour_file>& folder);

bool is_gzip_name(std::string_view name);

} // namespace contactd
