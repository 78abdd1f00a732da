#pragma once

#include "autotask/https_connection.hpp"
#include "autotask/idle_connections.hpp"
#include "autotask/transport.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <expected>
#include <memory>
#include <string>

namespace autotask {

/// What a test changes.
struct https_options {
    phase_times longest;
    /// Servers drop a connection that is idle for long, and a request on one that is just being dropped is lost.
    std::chrono::milliseconds longest_idle{20'000};
    lookup_function look_up = system_lookup();
    lookup_times lookups;
};

/// HTTPS with kept-alive connections and resumed TLS sessions. Verifies the server's certificate and name against the
/// system's trust anchors and those of `ca_file`; speaks TLS 1.2 at least; follows no redirect. Serves any number of
/// requests at a time on one thread; the gate in front of it bounds them. Lives longer than its requests.
class https_transport final : public transport {
public:
    /// `ca_file` is a PEM file or empty. The error is a sentence.
    static std::expected<std::unique_ptr<https_transport>, std::string>
    make(boost::asio::any_io_executor on, const std::string& ca_file, https_options options = https_options{});

    https_transport(connection_parts parts, std::chrono::milliseconds longest_idle);

    boost::asio::awaitable<result<http_response>> send(const http_request& request, time_limit& limit) override;

private:
    boost::asio::awaitable<result<http_response>> send_on(std::shared_ptr<https_connection> connection,
                                                          const http_request& request, time_limit& limit);

    connection_parts parts_;
    idle_connections idle_;
};

} // namespace autotask
