#include "autotask/https_connection.hpp"

#include "autotask/resolve.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <sys/socket.h>

namespace autotask {

namespace asio = boost::asio;
namespace http = boost::beast::http;
namespace ssl = boost::asio::ssl;
using asio::ip::tcp;
using boost::system::error_code;
using namespace std::chrono_literals;

namespace {

constexpr auto connect_time = 15s;
constexpr auto handshake_time = 25s; // A cold start of the service has been seen to take eleven.
constexpr std::size_t largest_body = std::size_t{16} << 20;
constexpr std::uint32_t largest_header = 64 << 10;
constexpr auto as_value = asio::as_tuple(asio::use_awaitable);

std::unexpected<error> fail(error_kind kind, std::string said, bool maybe_done) {
    error failure;
    failure.kind = kind;
    failure.said = std::move(said);
    failure.maybe_done = maybe_done;
    return std::unexpected(std::move(failure));
}

std::unexpected<error> network_error(std::string said) {
    return fail(error_kind::network, std::move(said), false);
}

http::verb verb_of(http_method method) {
    switch (method) {
    case http_method::post:
        return http::verb::post;
    case http_method::patch:
        return http::verb::patch;
    case http_method::get:
        break;
    }
    return http::verb::get;
}

http::request<http::string_body> made_of(const http_request& request) {
    http::request<http::string_body> made(verb_of(request.method), request.target, 11);
    const auto host = request.host.contains(':') ? '[' + request.host + ']' : request.host;
    made.set(http::field::host, request.port == "443" ? host : host + ':' + request.port);
    made.set(http::field::user_agent, "contactd");
    made.set(http::field::accept, "application/json");
    if (request.login) {
        const auto secret = request.login->secret.reveal();
        made.set("ApiIntegrationCode", request.login->tracking_identifier);
        made.set("UserName", request.login->username);
        made.set("Secret", boost::beast::string_view(secret.data(), secret.size()));
    }
    if (request.method != http_method::get) {
        made.set(http::field::content_type, "application/json");
        made.body() = request.body;
        made.prepare_payload();
    }
    return made;
}

http_response taken_from(http::response<http::string_body>&& answer) {
    http_response taken;
    taken.status = answer.result_int();
    taken.content_type = answer[http::field::content_type];
    taken.retry_after = answer[http::field::retry_after];
    taken.date = answer[http::field::date];
    taken.location = answer[http::field::location];
    taken.body = std::move(answer.body());
    return taken;
}

/// True when the peer sent something that is not HTTP, other than by breaking off in the middle.
bool is_malformed(const error_code& failed) {
    return failed.category() == http::make_error_code(http::error::bad_version).category() &&
           failed != http::error::end_of_stream && failed != http::error::partial_message;
}

} // namespace

struct https_connection::state : std::enable_shared_from_this<https_connection::state> {
    state(const asio::any_io_executor& on, ssl::context& tls, std::string to_host, std::string to_port)
        : host(std::move(to_host)), port(std::move(to_port)), stream(on, tls), timer(on) {}

    /// Closes the socket when the time is over: whatever waits on it then ends with an error. Disarmed by the next
    /// call, or by stop_alarm().
    void set_alarm(time_limit::time_point at) {
        timed_out = false;
        const auto mine = ++alarm;
        timer.expires_at(at);
        timer.async_wait([weak = weak_from_this(), mine](error_code cancelled) {
            const auto self = weak.lock();
            if (cancelled || !self || self->alarm != mine)
                return;
            self->timed_out = true;
            error_code ignored;
            self->stream.next_layer().close(ignored);
        });
    }

    void stop_alarm() {
        ++alarm;
        timer.cancel();
    }

    std::string reason(const error_code& failed) const { return timed_out ? "no answer in time" : failed.message(); }

    std::string host;
    std::string port;
    ssl::stream<tcp::socket> stream;
    asio::steady_timer timer;
    boost::beast::flat_buffer buffer;
    std::uint64_t alarm = 0;
    bool timed_out = false;
    bool wrong_name = false;
    bool silent = true;
    bool reusable = false;
    std::chrono::steady_clock::time_point idle_since{};
};

https_connection::https_connection(const asio::any_io_executor& on, ssl::context& tls, std::string host,
                                   std::string port)
    : state_(std::make_shared<state>(on, tls, std::move(host), std::move(port))) {}

https_connection::~https_connection() {
    // The alarm holds the state only weakly, so the socket closes with this object.
    state_->stop_alarm();
}

bool https_connection::leads_to(const std::string& host, const std::string& port) const {
    return state_->host == host && state_->port == port;
}

bool https_connection::silent() const {
    return state_->silent;
}

bool https_connection::reusable() const {
    return state_->reusable;
}

std::chrono::steady_clock::time_point https_connection::idle_since() const {
    return state_->idle_since;
}

bool https_connection::is_dead() {
    // Between two requests a server has nothing to say: whatever can be read is the end.
    char byte = 0;
    const auto got = ::recv(state_->stream.next_layer().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
}

asio::awaitable<result<void>> https_connection::open(time_limit& limit) {
    const auto self = state_;
    auto& socket = self->stream.next_layer();
    const auto connect_until = std::min(limit.until(), std::chrono::steady_clock::now() + connect_time);
    auto endpoints = co_await resolve(self->host, self->port, connect_until);
    if (!endpoints)
        co_return std::unexpected(std::move(endpoints.error()));

    error_code failed = asio::error::host_not_found;
    for (const auto& endpoint : *endpoints) {
        error_code ignored;
        socket.close(ignored);
        self->set_alarm(connect_until);
        std::tie(failed) = co_await socket.async_connect(endpoint, as_value);
        if (!failed || self->timed_out)
            break;
    }
    if (failed || self->timed_out) {
        self->stop_alarm();
        const auto why = self->timed_out ? std::string("no answer in time") : failed.message();
        co_return network_error("connecting to " + self->host + " port " + self->port + ": " + why);
    }
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);

    boost::system::error_code no_literal;
    asio::ip::make_address(self->host, no_literal);
    if (no_literal) // Server Name Indication is for names only (RFC 6066, section 3).
        SSL_set_tlsext_host_name(self->stream.native_handle(), self->host.c_str());
    self->stream.set_verify_callback([verify = ssl::host_name_verification(self->host),
                                      raw = self.get()](bool trusted, ssl::verify_context& context) {
        const bool right = verify(trusted, context);
        raw->wrong_name = raw->wrong_name || (trusted && !right);
        return right;
    });
    self->set_alarm(std::min(limit.until(), std::chrono::steady_clock::now() + handshake_time));
    std::tie(failed) = co_await self->stream.async_handshake(ssl::stream_base::client, as_value);
    self->stop_alarm();
    if (!failed)
        co_return result<void>{};

    const auto verdict = SSL_get_verify_result(self->stream.native_handle());
    if (self->wrong_name)
        co_return fail(error_kind::protocol, "the server's certificate is not for " + self->host, false);
    if (verdict != X509_V_OK)
        co_return fail(error_kind::protocol,
                       "the server's certificate is refused: " + std::string(X509_verify_cert_error_string(verdict)) +
                           "; an authority of your own belongs into ca_file",
                       false);
    co_return network_error("TLS handshake with " + self->host + ": " + self->reason(failed));
}

asio::awaitable<result<http_response>> https_connection::exchange(const http_request& request, time_limit& limit) {
    const auto self = state_;
    const bool is_write = request.method == http_method::patch;
    self->silent = true;
    self->reusable = false;
    self->set_alarm(limit.until());

    const auto message = made_of(request);
    const auto [not_sent, sent] = co_await http::async_write(self->stream, message, as_value);
    if (not_sent) {
        self->stop_alarm();
        co_return fail(error_kind::network, "sending to " + self->host + ": " + self->reason(not_sent), is_write);
    }

    http::response_parser<http::string_body> parser;
    parser.body_limit(largest_body);
    parser.header_limit(largest_header);
    const auto [failed, received] = co_await http::async_read(self->stream, self->buffer, parser, as_value);
    self->stop_alarm();
    self->silent = !parser.got_some();
    if (failed == http::error::body_limit || failed == http::error::header_limit)
        co_return fail(error_kind::protocol, "the answer of " + self->host + " is larger than any answer of the API",
                       is_write);
    if (failed && is_malformed(failed))
        co_return fail(error_kind::protocol, "the answer of " + self->host + " is no HTTP: " + failed.message(),
                       is_write);
    if (failed)
        co_return fail(error_kind::network, "waiting for the answer of " + self->host + ": " + self->reason(failed),
                       is_write);
    self->reusable = parser.get().keep_alive() && self->buffer.size() == 0;
    self->idle_since = std::chrono::steady_clock::now();
    co_return taken_from(parser.release());
}

std::expected<std::unique_ptr<ssl::context>, std::string> make_tls_context(const std::string& ca_file) {
    auto tls = std::make_unique<ssl::context>(ssl::context::tls_client);
    SSL_CTX_set_min_proto_version(tls->native_handle(), TLS1_2_VERSION); // RFC 8996 retires what came before.
    tls->set_verify_mode(ssl::verify_peer);
    error_code failed;
    tls->set_default_verify_paths(failed);
    if (failed)
        return std::unexpected("the system's trust anchors cannot be read: " + failed.message());
    if (!ca_file.empty())
        tls->load_verify_file(ca_file, failed);
    if (failed)
        return std::unexpected("the trust anchors in " + ca_file + " cannot be read: " + failed.message());
    return tls;
}

} // namespace autotask
