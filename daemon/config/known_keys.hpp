#pragma once

#include "daemon/config/fault.hpp"

#include <span>
#include <string_view>

namespace contactd {

/// The tables a configuration is made of. `file` is the main file itself, whose keys are the sections, and
/// `organizations_file` that of the organizations.
enum class section_kind {
    file,
    daemon,
    schedule,
    match,
    policy,
    instance,
    condition,
    organizations_file,
    organization
};

/// True of a whole file.
constexpr bool is_file(section_kind kind) {
    return kind == section_kind::file || kind == section_kind::organizations_file;
}

/// Every key that is understood in such a table, in the order of the documentation.
std::span<const std::string_view> known_keys(section_kind kind);

/// What to say about a key that is not: the section it belongs in, or the nearest known key. `where` is the heading as
/// it stands in the file, such as "[instance.policy]".
fault unknown_key(std::string_view key, section_kind kind, std::string_view where);

/// What to say about a section that is not known in such a file.
fault unknown_section(std::string_view name, section_kind file);

} // namespace contactd
