#include "daemon/sweep/instance.hpp"

#include "core/fold.hpp"

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
    options.hourly_share = settings.hourly_share.value;
    return options;
}

bool reads_the_same(const instance& one, const instance& other) {
    const auto& a = one.settings;
    const auto& b = other.settings;
    return a.name.value == b.name.value && is_same_user(one, other) && a.zone.value == b.zone.value &&
           a.zone_discovery_url.value == b.zone_discovery_url.value;
}

bool is_same_user(const instance& one, const instance& other) {
    return one.login.tracking_identifier == other.login.tracking_identifier &&
           core::fold(one.login.username) == core::fold(other.login.username);
}

} // namespace contactd
