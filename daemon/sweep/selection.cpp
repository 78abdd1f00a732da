#include "daemon/sweep/selection.hpp"

#include "core/fold.hpp"

#include <algorithm>

namespace contactd {

namespace {

bool means(const std::string& name, const core::company& company) {
    return name == std::to_string(company.id.value) || core::fold(name) == core::fold(company.name);
}

} // namespace

bool is_named(const core::company& company, const std::vector<std::string>& names) {
    return std::ranges::any_of(names, [&company](const std::string& name) { return means(name, company); });
}

std::set<std::string> names_in_use(const std::vector<std::string>& wanted,
                                   const std::vector<core::company>& companies) {
    std::set<std::string> used;
    for (const auto& name : wanted)
        if (std::ranges::any_of(companies, [&name](const core::company& one) { return means(name, one); }))
            used.insert(name);
    return used;
}

void keep_named(std::vector<core::company>& companies, const std::vector<std::string>& names) {
    std::erase_if(companies, [&names](const core::company& one) { return !is_named(one, names); });
}

} // namespace contactd
