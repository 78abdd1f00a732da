#pragma once

#include "daemon/config/fault.hpp"

#include <span>
#include <string_view>

namespace contactd {

/// The tables a configuration is made of. `file` is the file itself, whose keys are the sections.
enum class section_kind { file, daemon, schedule, match, policy, instance, condition };

/// Every key that is understood in such a table, in the order of the documentation.
std::span<const std::string_view> known_keys(section_kind kind);

/// What to say about a key that is not: the section it belongs in, or the nearest known key. `where` is the heading as
/// it stands in the file, such as "[instance.policy]".
fault unknown_key(std::string_view key, section_kind kind, std::string_view where);

/// What to say about a section that is not known.
fault unknown_section(std::string_view name);

} // namespace contactd
