#include "daemon/commands/companies/doubts.hpp"

#include "daemon/organizations/organization_name.hpp"
#include "daemon/organizations/proposal.hpp"
#include "daemon/printable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace contactd {

void warn_of_doubts(const command_context& context, const company_directory& directory,
                    std::span<const wanted_organization> wanted) {
    std::vector<offered_companies> offered;
    for (const auto& of : directory.instances)
        offered.push_back({of.instance, of.passing});
    for (const auto& one : doubtful_mappings(context.settings, wanted, offered)) {
        const auto is_wanted = [&one](const wanted_organization& each) {
            return name_key(each.name) == name_key(one.organization);
        };
        if (std::ranges::any_of(wanted, is_wanted))
            context.messages.warn(doubt_words(one));
    }
}

} // namespace contactd
