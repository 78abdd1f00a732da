#pragma once

#include "autotask/transport.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ssl/context.hpp>
#include <chrono>
#include <expected>
#include <memory>
#include <string>

namespace autotask {

/// A TLS client context that verifies: TLS 1.2 at least, the system's trust anchors and those of `ca_file`, a PEM file
/// or empty. The error is a sentence.
std::expected<std::unique_ptr<boost::asio::ssl::context>, std::string> make_tls_context(const std::string& ca_file);

/// One connection to one host, for one request at a time. Held by shared pointer.
class https_connection {
public:
    https_connection(const boost::asio::any_io_executor& on, boost::asio::ssl::context& tls, std::string host,
                     std::string port);
    ~https_connection();
    https_connection(const https_connection&) = delete;
    https_connection& operator=(const https_connection&) = delete;

    /// Resolves, connects, shakes hands and verifies.
    boost::asio::awaitable<result<void>> open(time_limit& limit);

    /// Sends one request and reads its answer. On an error the connection is of no more use.
    boost::asio::awaitable<result<http_response>> exchange(const http_request& request, time_limit& limit);

    bool leads_to(const std::string& host, const std::string& port) const;

    /// After exchange(): not one byte of an answer came.
    bool silent() const;

    /// After exchange(): the server keeps the connection open for another request.
    bool reusable() const;

    /// True when the server has closed it meanwhile.
    bool is_dead();

    std::chrono::steady_clock::time_point idle_since() const;

private:
    struct state;
    std::shared_ptr<state> state_;
};

} // namespace autotask
