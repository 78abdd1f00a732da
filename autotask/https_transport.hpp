#pragma once

#include "autotask/transport.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <expected>
#include <memory>
#include <string>

namespace autotask {

/// HTTPS with kept-alive connections. Verifies the server's certificate and name against the system's trust anchors and
/// those of `ca_file`; speaks TLS 1.2 at least; follows no redirect. Serves any number of requests at a time on one
/// thread; the gate in front of it bounds them. Lives longer than its requests.
class https_transport final : public transport {
public:
    /// `ca_file` is a PEM file or empty. The error is a sentence.
    static std::expected<std::unique_ptr<https_transport>, std::string> make(boost::asio::any_io_executor on,
                                                                             const std::string& ca_file);
    ~https_transport() override;

    boost::asio::awaitable<result<http_response>> send(const http_request& request, time_limit& limit) override;

private:
    class pool;
    explicit https_transport(std::unique_ptr<pool> connections);

    std::unique_ptr<pool> pool_;
};

} // namespace autotask
