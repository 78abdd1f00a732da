#pragma once

#include "core/entities.hpp"
#include "daemon/config/config.hpp"
#include "daemon/sweep/client_list.hpp"

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace contactd {

/// Why a company that passes the filter is not swept.
enum class left_out {
    not_mapped,   ///< No organization is mapped to it, and only mapped companies are swept.
    disabled,     ///< Its organization has enabled = false.
    without_tags, ///< No organization is mapped to it, so that it has none of include_tags.
    not_included, ///< None of include_tags is a tag of its organization.
    excluded_tag, ///< One of exclude_tags is.
    excluded,     ///< exclude_companies names it.
};

/// In words, with the key to change: a phrase that completes "it is not swept: ...".
std::string to_words(left_out why);

/// Whether the settings let a company be swept that passes the filter; if not, why. Tags belong to organizations: a
/// company without one has none.
std::optional<left_out> why_left_out(const core::company& company, const instance_settings& settings,
                                     const client_list& clients);

/// Those of the companies that are swept.
std::vector<core::company> swept_companies(std::span<const core::company> all, const instance_settings& settings,
                                           const client_list& clients);

/// What to say when there are companies, and none of them is swept.
std::string nothing_to_sweep(const instance_settings& settings);

/// For each of these ids or names of companies or organizations, as it was given, the id or name of the company it
/// means.
std::vector<std::pair<std::string, std::string>> names_of_companies(const std::vector<std::string>& given,
                                                                    const client_list& clients);

/// Those of the names that mean none of the companies.
std::vector<std::string> names_of_nothing(const names& given, const std::vector<core::company>& companies,
                                          const client_list& clients);

} // namespace contactd
