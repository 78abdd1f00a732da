#pragma once

#include "autotask/name_lookup.hpp"
#include "autotask/tls_client.hpp"
#include "autotask/transport.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>
#include <string>

namespace autotask {

/// How long the phases of a request may take, each of them; the lookup of the name has its own times.
struct phase_times {
    std::chrono::milliseconds connect{15'000};    ///< All addresses of the host together.
    std::chrono::milliseconds one_address{5'000}; ///< Each of them but the last: one that hangs hides no other.
    std::chrono::milliseconds handshake{25'000};  ///< A cold start of the service has been seen to take eleven seconds.
    std::chrono::milliseconds first_byte{90'000}; ///< From the request's first byte to the end of the answer's header.
    std::chrono::milliseconds body{60'000};
};

/// What the connections of a client have in common.
struct connection_parts {
    boost::asio::any_io_executor on;
    std::shared_ptr<tls_client> tls;
    std::shared_ptr<name_lookup> names;
    phase_times longest;
};

/// One connection to one host, for one request at a time. Held by shared pointer.
class https_connection {
public:
    https_connection(const connection_parts& parts, std::string host, std::string port);

    /// Resolves, connects, shakes hands and verifies.
    boost::asio::awaitable<result<void>> open(time_limit& limit);

    /// Sends one request and reads its answer. Until its first byte is about to leave, an error leaves no doubt that
    /// nothing was done. On an error the connection is of no more use.
    boost::asio::awaitable<result<http_response>> exchange(const http_request& request, time_limit& limit);

    bool leads_to(const std::string& host, const std::string& port) const;

    /// After exchange() has failed: the other side has closed the connection without one byte of an answer, as it may
    /// at any time between two requests.
    bool broke_unanswered() const;

    /// After exchange(): the server keeps the connection open for another request.
    bool reusable() const;

    /// True when the server has closed it meanwhile.
    bool is_dead();

private:
    struct state;
    std::shared_ptr<state> state_;
};

} // namespace autotask
