#pragma once

#include <string>
#include <string_view>

#include "tests/sandbox/model/world.hpp"
#include "tests/sandbox/server/sandbox_server.hpp"
#include "tests/support/https_client.hpp"

namespace behaviours {

inline constexpr std::string_view api_root = "/ATServicesRest/V1.0/";

[[nodiscard]] inline support::https_client::header_fields login() {
    const sandbox::credentials right;
    return {{"ApiIntegrationCode", right.tracking_identifier},
            {"UserName", right.username},
            {"Secret", right.secret},
            {"Content-Type", "application/json"}};
}

/// A generated world of a few companies behind HTTPS.
struct served_world {
    sandbox::sandbox_server server;

    explicit served_world(sandbox::server_options options = sandbox::server_options{})
        : server{sandbox::make_world({{7, 5, 60}, {}}), std::move(options)} {}

    [[nodiscard]] support::https_client client(std::chrono::milliseconds timeout = std::chrono::seconds{20}) const {
        return support::https_client{server.ports().zone, server.ca_pem(), timeout};
    }
    void set(std::string_view name, std::string_view content) {
        server.with_model([name, content](sandbox::autotask& world) {
            if (!sandbox::set_switch(world.options(), name, content))
                throw std::invalid_argument{"no such switch or value"};
        });
    }
    void add_fault(sandbox::fault_rule rule) {
        server.with_model([&rule](sandbox::autotask& world) { world.faults().add(std::move(rule)); });
    }
};

[[nodiscard]] inline std::string path_to(std::string_view rest) {
    return std::string{api_root} + std::string{rest};
}

} // namespace behaviours
