#include "daemon/sweep/instance.hpp"

namespace contactd {

autotask::session_options make_session_options(const instance_settings& settings) {
    autotask::session_options options;
    if (const auto discovery = autotask::parse_base_url(settings.zone_discovery_url.value)) {
        options.discovery = *discovery;
        options.trusted_hosts.push_back(discovery->host);
    }
    if (const auto zone = autotask::parse_base_url(settings.zone.value)) {
        options.zone = *zone;
        options.trusted_hosts.push_back(zone->host);
    }
    return options;
}

} // namespace contactd
