#include "daemon/instances.hpp"

#include "autotask/https_transport.hpp"
#include "daemon/secrets/secret_source.hpp"

#include <algorithm>

namespace contactd {

std::expected<instance_list, std::vector<std::string>> make_instances(const config& settings,
                                                                      const std::vector<std::string>& only,
                                                                      const boost::asio::any_io_executor& on,
                                                                      const environment& variables, log& messages) {
    instance_list made;
    std::vector<std::string> errors;
    for (const auto& one : settings.instances) {
        const auto& name = one.name.value;
        if (!only.empty() && std::ranges::find(only, name) == only.end())
            continue;
        auto secret = resolve_secret(name, one.secret.value, variables);
        if (!secret) {
            errors.push_back(secret.error().text);
            continue;
        }
        if (!secret->warning.empty())
            messages.warn(secret->warning);
        auto network = autotask::https_transport::make(on, one.ca_file.value);
        if (!network) {
            errors.push_back("instance " + name + ": " + network.error());
            continue;
        }
        auto ready = std::make_unique<instance>();
        ready->settings = one;
        ready->clients = client_list(settings, name);
        ready->login.username = one.username.value;
        ready->login.secret = std::move(secret->value);
        ready->login.tracking_identifier = one.tracking_identifier.value;
        ready->network = std::move(*network);
        ready->reached = make_session_options(one);
        made.push_back(std::move(ready));
    }
    if (!errors.empty())
        return std::unexpected(std::move(errors));
    return made;
}

} // namespace contactd
