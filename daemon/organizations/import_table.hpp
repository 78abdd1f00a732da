#pragma once

#include "core/ids.hpp"
#include "daemon/config/config.hpp"
#include "daemon/organizations/csv.hpp"

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace contactd {

/// A row of a list of organizations, as exported from an RMM or another platform, or by `companies export`.
struct imported_organization {
    int line = 0;
    std::string name;
    std::optional<core::company_id> company_id;
    std::string instance; ///< Empty where it does not say.
    std::optional<std::string> domain;
    std::optional<names> tags;
    std::optional<bool> enabled;
};

/// A whole list.
struct imported_table {
    std::vector<imported_organization> organizations;
    std::vector<std::string> unused_columns; ///< In which nothing was looked for.
};

/// Reads a CSV file with a column `name` (or `organization`) and, if they are there, `company_id` (`datto_company_id`,
/// `autotask_company_id`), `instance`, `domain` (`website`), `tags` and `enabled`; the column `company` of an export is
/// for people. An empty field says nothing. The error is everything that is wrong with it, as sentences that name
/// `file` and the line.
std::expected<imported_table, std::vector<std::string>> read_import(std::string_view text, const std::string& file);

} // namespace contactd
