#include "daemon/sweep/may_write.hpp"

#include <algorithm>

namespace contactd {

bool may_write(const instance_settings& one, const client_list& clients) {
    const auto writes = [](const organization_settings& client) {
        return client.policy && !client.policy->dry_run.value;
    };
    return !one.policy.dry_run.value || std::ranges::any_of(clients.organizations, writes);
}

} // namespace contactd
