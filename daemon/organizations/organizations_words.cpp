#include "daemon/organizations/organizations_words.hpp"

#include "daemon/printable.hpp"

#include <algorithm>

namespace contactd {

std::string organizations_words(std::int64_t all, std::int64_t mapped) {
    return counted(all, "organization", "organizations") + ", " + std::to_string(mapped) + " mapped to a company";
}

std::string organizations_words(std::span<const organization_settings> all) {
    const auto mapped =
        std::ranges::count_if(all, [](const organization_settings& one) { return one.company_id.value.has_value(); });
    return organizations_words(static_cast<std::int64_t>(all.size()), mapped);
}

} // namespace contactd
