#pragma once

#include "daemon/config/config.hpp"

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace contactd {

/// The clients of one instance: the organizations that are mapped to its companies, and the aliases.
class client_list {
public:
    client_list() = default;

    /// Those of the configuration that belong to the instance of that name.
    client_list(const config& settings, const std::string& instance);

    std::vector<organization_settings> organizations; ///< Only mapped ones.

    /// The organization that is mapped to the company, or null.
    const organization_settings* of(core::company_id company) const;

    /// What an alias file says of accounts of the company; null where it says nothing.
    const std::vector<core::alias>* aliases(const std::string& file, core::company_id company) const;

private:
    std::string instance_;
    std::unordered_map<core::company_id, std::size_t> by_company_;
    std::map<std::string, std::shared_ptr<const alias_table>> aliases_;
};

} // namespace contactd
