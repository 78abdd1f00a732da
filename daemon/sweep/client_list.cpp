#include "daemon/sweep/client_list.hpp"

namespace contactd {

client_list::client_list(const config& settings, const std::string& instance)
    : instance_(instance), aliases_(settings.aliases) {
    for (const auto& one : settings.organizations) {
        if (one.instance.value != instance || !one.company_id.value)
            continue;
        by_company_.emplace(*one.company_id.value, organizations.size());
        organizations.push_back(one);
    }
}

const organization_settings* client_list::of(core::company_id company) const {
    const auto found = by_company_.find(company);
    return found == by_company_.end() ? nullptr : &organizations[found->second];
}

const std::vector<core::alias>* client_list::aliases(const std::string& file, core::company_id company) const {
    const auto table = aliases_.find(file);
    if (table == aliases_.end())
        return nullptr;
    const auto of_instance = table->second->find(instance_);
    if (of_instance == table->second->end())
        return nullptr;
    const auto found = of_instance->second.find(company);
    return found == of_instance->second.end() ? nullptr : &found->second;
}

} // namespace contactd
