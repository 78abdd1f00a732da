#pragma once

#include "autotask/error.hpp"
#include "autotask/url.hpp"

#include <span>
#include <string>
#include <string_view>

namespace autotask {

/// The zone a database lives in: where its API answers.
struct zone {
    base_url url;
    std::string name; ///< "America East"; empty when the zone was configured instead of discovered.
};

/// Reads the body of zoneInformation. `trusted_hosts` are the hosts the configuration names: beside them only hosts
/// under autotask.net are accepted, because whatever this says is where the credentials go next.
/// Source: developer help, "REST zone information". The error has no `doing`.
result<zone> read_zone(std::string_view body, std::span<const std::string> trusted_hosts);

/// True when credentials may be sent to this host.
bool is_trusted_host(std::string_view host, std::span<const std::string> trusted_hosts);

} // namespace autotask
