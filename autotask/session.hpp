#pragma once

#include "autotask/clock.hpp"
#include "autotask/credentials.hpp"
#include "autotask/gate.hpp"
#include "autotask/request_record.hpp"
#include "autotask/retry.hpp"
#include "autotask/transport.hpp"
#include "autotask/zone.hpp"

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace autotask {

/// One call of the API, below the zone's base URL.
struct call {
    http_method method = http_method::get;
    std::string entity; ///< The first segment of the path: requests to one entity share its slots.
    std::string rest;   ///< What follows the entity, such as "/query".
    std::string body;
    std::string doing; ///< For the error, without the host: "reading the companies".
    urgency how = urgency::read;
    bool even_when_stopping = false; ///< Sent although a stop was requested: to finish what was begun.
};

/// How one instance of Autotask is reached.
struct session_options {
    std::optional<base_url> zone; ///< Configured; nothing asks `discovery` for it.
    base_url discovery;
    std::vector<std::string> trusted_hosts; ///< Where credentials may go beside autotask.net.
    retry_policy retry;
    std::shared_ptr<gate> slots; ///< Shared with other sessions of the same API user; null makes one of its own.
    std::chrono::milliseconds slot_rest{0};        ///< What an earlier session has learned; see gate::rest().
    std::chrono::milliseconds request_time{90000}; ///< For one attempt, from the connection to the end of the answer.
};

/// One instance of Autotask during one sweep: its zone, its credentials, its gate. Every request of the instance goes
/// through here, is repeated here where that helps, and is counted. After the credentials have been refused nothing
/// more is sent: wrong logins in a row lock the account. Nor after a request has used up all patience: then the others
/// would only wait as long for the same answer. Lives longer than everything that calls it.
class session {
public:
    /// Nothing is owned; all of it lives longer than the session. `dice` gives random numbers in [0, 1).
    session(boost::asio::any_io_executor on, transport& network, autotask::clock& time, stop_signal& stop,
            const credentials& login, session_options options, std::function<double()> dice);

    /// Finds the zone. To be awaited before the first call.
    boost::asio::awaitable<result<void>> open();

    /// Sends one call and returns the JSON body of its success.
    boost::asio::awaitable<result<std::string>> send(call what);

    const autotask::zone& zone() const { return zone_; }

    /// How many requests were sent, repeated ones and zone discovery included.
    std::int64_t requests() const { return requests_; }

    /// What is to be handed to the next session; see gate::rest().
    std::chrono::milliseconds slot_rest() const { return gate_->rest(); }

    /// The failure after which nothing more is sent, where there was one: refused credentials, or an outage that
    /// outlasted all patience.
    const std::optional<error>& ended() const { return ended_; }

    /// Waits before a write is tried once more whose failure may pass; `so_far` counts the failures in a row and is
    /// reset by whoever succeeds. False when it must not be tried again: the patience is used up, or a stop was
    /// requested.
    boost::asio::awaitable<bool> wait_out(error failure, attempts& so_far);

    /// Called with every attempt that failed although it may still be repeated: for the log.
    std::function<void(const error&, std::chrono::milliseconds pause)> on_retry;

    /// Called with every request that was sent, as soon as it has ended.
    std::function<void(const request_record&)> on_request;

private:
    boost::asio::awaitable<result<autotask::zone>> discover();
    /// `asked` becomes the place to which the call was sent last.
    boost::asio::awaitable<result<std::string>> send_patiently(const call& what, base_url& asked);
    boost::asio::awaitable<result<std::string>> attempt(const call& what, base_url& asked, attempts& so_far);
    void tell(request_record seen, const result<http_response>& answer, std::optional<error> failed) const;
    error why_ended(const call& what) const;
    boost::asio::awaitable<result<bool>> zone_moved(const base_url& from);
    void shorten_limits();

    transport& network_;
    autotask::clock& time_;
    stop_signal& stop_;
    stop_signal never_; ///< For the sleeps that a stop does not end.
    const credentials& login_;
    session_options options_;
    std::function<double()> dice_;
    std::shared_ptr<gate> gate_;
    autotask::zone zone_;
    std::int64_t requests_ = 0;
    bool accepted_ = false;      ///< The server has accepted the credentials at least once.
    bool moved_checked_ = false; ///< The zone was asked for again after a refusal.
    bool asking_again_ = false;
    wake_point asked_again_;
    std::optional<error> ended_;
    time_limit sweep_;                                            ///< Everything that is sent is a part of it.
    time_limit reading_{sweep_, time_limit::time_point::max()};   ///< What a stop ends at once.
    time_limit finishing_{sweep_, time_limit::time_point::max()}; ///< Writes and their proofs.
    stop_signal::listener stopping_;
};

} // namespace autotask
