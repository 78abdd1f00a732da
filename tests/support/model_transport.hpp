#pragma once

#include "autotask/transport.hpp"
#include "tests/sandbox/model/http.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sandbox {
class autotask;
}

namespace test_support {

class virtual_clock;

/// What the network between here and Autotask does.
enum class weather {
    fine,
    refused, ///< Nobody listens any more: connections are refused at once, and those that were open are reset.
    silent,  ///< Nothing is answered: only the caller's own limit ends the wait.
};

/// A contact that the server has stored.
struct stored_contact {
    std::int64_t device = 0;
    std::int64_t contact = 0;
    std::int64_t tag = 0; ///< `model_transport::tag` when the request was sent.
};

class visit;

/// The entity that a request is about: "Contacts" of ".../V1.0/Contacts/query".
std::string entity_of(const autotask::http_request& request);

/// The Autotask of tests/sandbox/model behind the client's seam to the network, in virtual time and without sockets. It
/// plays replies as the sandbox's HTTPS server does and tells of them as the client's HTTPS transport would. A request
/// that its sender gives up goes on at the server: it takes its thread there, and a write of it may still be stored.
///
/// There are no connections here. So the switches for TLS handshakes mean nothing, and no kept-alive connection dies
/// between two requests.
class model_transport final : public autotask::transport {
public:
    /// Neither is owned; both live longer than every request.
    model_transport(virtual_clock& time, sandbox::autotask& world);
    ~model_transport() override;

    boost::asio::awaitable<autotask::result<autotask::http_response>> send(const autotask::http_request& request,
                                                                           autotask::time_limit& limit) override;

    /// From now on, or from that moment of the clock (virtual_clock::elapsed()), until a later one is given. The
    /// weather matters when a request is sent and when its reply leaves the server.
    void turn(weather what);
    void turn(weather what, std::chrono::milliseconds from);

    /// Whoever sent them has died: the requests that are under way go on at the server, on that loop.
    void abandon(const boost::asio::any_io_executor& server);

    /// How many requests to that entity are under way.
    std::int64_t in_flight(const std::string& entity) const;

    /// What time it is for the server.
    sandbox::time_point server_time() const;

    std::chrono::milliseconds round_trip{};   ///< Of the network; the model adds its own latency.
    std::chrono::milliseconds server_ahead{}; ///< How far the server's clock is ahead of ours; may be negative.
    std::function<void(const autotask::http_request&)> on_send; ///< Sees every request when it is sent. May be empty.
    std::function<void(const stored_contact&)> on_stored;       ///< Hears of every PATCH that is stored. May be empty.
    std::function<void()> on_end;                               ///< Its instance is gone. May be empty.
    std::int64_t tag = 0;                                       ///< For on_stored: which sweep it is, for example.

private:
    std::optional<std::size_t> zone_of(const autotask::http_request& request) const;
    weather now() const;

    virtual_clock& time_;
    sandbox::autotask& world_;
    std::map<std::chrono::milliseconds, weather> weather_;
    std::vector<visit*> visits_; ///< Under way, in the order in which they began.
};

} // namespace test_support
