#pragma once

#include "autotask/api_limits.hpp"
#include "autotask/clock.hpp"
#include "autotask/credentials.hpp"
#include "autotask/request_record.hpp"
#include "autotask/retry.hpp"
#include "autotask/retry_budget.hpp"
#include "autotask/spawn.hpp"
#include "autotask/transport.hpp"
#include "autotask/zone.hpp"
#include "core/wall_time.hpp"

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace autotask {

/// What has to succeed before a request leaves; the error is a sentence.
using precondition = std::function<boost::asio::awaitable<std::expected<void, std::string>>()>;

/// One call of the API, below the zone's base URL.
struct call {
    http_method method = http_method::get;
    std::string entity; ///< The first segment of the path: requests to one entity share its slots.
    std::string rest;   ///< What follows the entity, such as "/query".
    std::string body;
    std::string doing; ///< For the error, without the host: "reading the companies".
    urgency how = urgency::read;
    bool even_when_stopping = false; ///< Sent although a stop was requested: to finish what was begun.
    bool expendable = false;         ///< Whoever asks has another way: given up after a few attempts.
    bool asks_for_use = false;       ///< Reads the use of the request allowance, and so never waits for it.
    precondition before_sending; ///< Awaited before every attempt, when nothing but this is left to wait for. When it
                                 ///< fails nothing is sent: an error of kind cancelled. May be empty.
};

/// How one instance of Autotask is reached.
struct session_options {
    std::optional<base_url> zone; ///< Configured; nothing asks `discovery` for it.
    base_url discovery;
    std::vector<std::string> trusted_hosts; ///< Where credentials may go beside autotask.net.
    retry_policy retry;
    std::shared_ptr<api_limits> limits; ///< Shared with other sessions of the same API user; null makes its own.
    std::optional<double> hourly_share; ///< Of the database's request allowance; nothing does not watch it.
                                        /// For one attempt, from the connection to the end of the answer ...
    std::chrono::milliseconds request_time{60000};
    /// ... and for one that is repeated or asks whether the server is back: silence costs its whole time.
    std::chrono::milliseconds repeat_time{30000};
};

/// One instance of Autotask during one sweep: its zone, its credentials, its limits. Every request of the instance goes
/// through here, is repeated here where that helps, and is counted. After the credentials have been refused nothing
/// more is sent: wrong logins in a row lock the account. Nor after the way to the server was given up: the others would
/// only wait as long for the same answer. Lives longer than everything that calls it.
class session {
public:
    /// Nothing is owned; all of it lives longer than the session. `dice` gives random numbers in [0, 1).
    session(boost::asio::any_io_executor on, transport& network, autotask::clock& time, stop_signal& stop,
            const credentials& login, session_options options, std::function<double()> dice);

    /// The zone in which an earlier session was accepted. To be called before open(), which then asks nobody; only a
    /// refusal raises the question again.
    void expect_zone(autotask::zone known) { expected_ = std::move(known); }

    /// Finds the zone. To be awaited before the first call.
    boost::asio::awaitable<result<void>> open();

    /// Sends one call and returns the JSON body of its success.
    boost::asio::awaitable<result<std::string>> send(call what);

    /// Asks for the use of the request allowance; never waits for it.
    boost::asio::awaitable<result<threshold>> read_use();

    const autotask::zone& zone() const { return zone_; }

    /// True when the server has accepted the credentials, and has not refused them since.
    bool accepted() const { return accepted_ && !(ended_ && ended_->kind == error_kind::auth); }

    /// How many requests were sent, repeated ones and zone discovery included.
    std::int64_t requests() const { return requests_; }

    /// What time it is for the server: by the header Date of its last answer, or by our own clock where it sent none.
    core::wall_time server_time() const { return time_.wall() + server_ahead_; }

    /// The limits that hold for this session.
    api_limits& limits() { return *limits_; }
    const api_limits& limits() const { return *limits_; }

    /// The failure after which nothing more is sent, where there was one: refused credentials, or an outage that
    /// outlasted all patience.
    const std::optional<error>& ended() const { return ended_; }

    /// Waits before a write is tried once more whose failure may pass; `so_far` counts the failures in a row and is
    /// reset by whoever succeeds. False when it must not be tried again: the patience is used up, or a stop was
    /// requested.
    boost::asio::awaitable<bool> wait_out(error failure, attempts& so_far);

    /// For the log; any of them may be empty. Every attempt that failed and is to be repeated ...
    std::function<void(const error&, std::chrono::milliseconds pause)> on_retry;
    /// ... an outage: everything waits until one request at a time finds the server back ...
    std::function<void(const error&)> on_outage;
    std::function<void()> on_outage_over;
    /// ... a pause because the share of the request allowance is used up, and its end ...
    std::function<void(const allowance_wait&)> on_waiting;
    std::function<void()> on_going_on;
    /// ... an allowance that the database does not tell, once ...
    std::function<void(const error&)> on_use_unreadable;
    /// ... and every request that was sent, as soon as it has ended.
    std::function<void(const request_record&)> on_request;

private:
    struct turn;

    boost::asio::awaitable<result<autotask::zone>> discover();
    /// `asked` becomes the place to which the call was sent last.
    boost::asio::awaitable<result<std::string>> send_patiently(const call& what, base_url& asked);
    boost::asio::awaitable<result<std::string>> attempt(const call& what, base_url& asked, attempts& so_far);
    boost::asio::awaitable<bool> wait_before_retry(const call& what, const error& failure, attempts& so_far);
    boost::asio::awaitable<result<turn>> take_turn(const call& what);
    boost::asio::awaitable<result<turn>> take_way_and_slot(const call& what);
    std::optional<error> outcome_of(const call& what, const std::string& host, const result<http_response>& answer);
    void learn(turn& from, const std::optional<error>& failure);
    void tell(const call& what, request_record seen, const result<http_response>& answer,
              const std::optional<error>& failed) const;
    time_limit& limit_of(const call& what);
    void compare_clocks(const std::string& date);
    http_request make_request(const call& what, const base_url& asked) const;
    static bool is_discovery(const call& what);
    bool needs_allowance(const call& what) const;
    static error cancelled(const call& what);
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
    std::shared_ptr<api_limits> limits_;
    request_allowance::terms terms_;
    retry_budget retries_;
    autotask::zone zone_;
    std::optional<autotask::zone> expected_;
    std::int64_t requests_ = 0;
    std::chrono::seconds server_ahead_{0}; ///< Of our clock; may be negative.
    bool accepted_ = false;                ///< The server has accepted the credentials at least once.
    bool moved_checked_ = false;           ///< The zone was asked for again after a refusal.
    bool asking_again_ = false;
    bool use_unreadable_told_ = false;
    bool outage_told_ = false;
    wake_point asked_again_;
    std::optional<error> ended_;
    time_limit sweep_;                                            ///< Everything that is sent is a part of it.
    time_limit reading_{sweep_, time_limit::time_point::max()};   ///< What a stop ends at once.
    time_limit finishing_{sweep_, time_limit::time_point::max()}; ///< Writes and their proofs.
    stop_signal::listener stopping_;
};

} // namespace autotask
