#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include <boost/json/object.hpp>

#include "tests/sandbox/model/http.hpp"
#include "tests/sandbox/server/certificates.hpp"

namespace sandbox {

/// What the front end asks of whoever owns the world. Every function may be called from the front end's thread; the
/// owner does the locking.
class front_backend {
public:
    struct started {
        std::uint64_t ticket = 0;
        duration hold_back{};
    };
    struct greeting {
        duration delay{};
        bool reset = false;
    };

    virtual ~front_backend() = default;
    /// A TCP connection has been accepted: what happens before its TLS handshake.
    virtual greeting greet() = 0;
    virtual started begin(http_request request) = 0;
    virtual http_response execute(std::uint64_t ticket) = 0;
    virtual void end(std::uint64_t ticket) = 0;
    virtual http_response control(const http_request& request) = 0;
    /// Adds what every reply carries to one that the front end makes itself.
    virtual void stamp(http_response& reply) = 0;
};

struct front_limits {
    std::size_t header_bytes = 32 * 1024;
    std::uint64_t body_bytes = 4 * 1024 * 1024;
    std::size_t connections = 512;
    std::chrono::seconds request_time{30}; ///< from the first byte of a request to its last
    std::chrono::seconds idle_time{120};   ///< between two requests
};

/// What the transport has seen since the start.
struct connection_counts {
    std::int64_t accepted = 0;
    std::int64_t refused = 0; ///< above the limit of connections
    std::int64_t handshakes = 0;
    std::int64_t resumed = 0; ///< handshakes that went on with an earlier session
    std::int64_t failed_handshakes = 0;
    std::int64_t open = 0;
};

[[nodiscard]] boost::json::object describe_connections(const connection_counts& counts);

/// Two zones over HTTPS and the control interface over HTTP, on the loopback address, served by one thread.
/// Port 0 takes a free one. The constructor listens, or throws std::system_error when it cannot.
class front {
public:
    struct ports {
        std::uint16_t zone = 0;
        std::uint16_t second_zone = 0;
        std::uint16_t control = 0;
    };

    /// `backend` has to outlive the front end.
    front(front_backend& backend, const certificate_set& certificates, const ports& wanted, const front_limits& limits);
    ~front();

    [[nodiscard]] ports listening() const;
    /// Safe from any thread.
    [[nodiscard]] connection_counts connections() const;

    /// Serves until stop(). Called once, from the thread that shall do the work.
    void run();
    /// Safe from any thread.
    void stop();

private:
    class impl;
    std::unique_ptr<impl> impl_;
};

} // namespace sandbox
