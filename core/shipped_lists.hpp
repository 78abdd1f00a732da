#pragma once

#include <span>
#include <string_view>

namespace core {

/// Authorities that name the operating system itself, in the languages Windows is installed in. Case is ignored.
/// Source: Microsoft, "Well-known security identifiers in Windows operating systems", and its translations.
std::span<const std::string_view> shipped_system_authorities();

/// Accounts that are built into an operating system and never stand for a person; globs, case is ignored.
std::span<const std::string_view> shipped_ignored_accounts();

} // namespace core
