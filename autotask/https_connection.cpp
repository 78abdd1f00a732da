#include "autotask/https_connection.hpp"

#include "autotask/phase.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <charconv>
#include <optional>
#include <sys/socket.h>

namespace autotask {

namespace asio = boost::asio;
namespace http = boost::beast::http;
namespace ssl = boost::asio::ssl;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr std::size_t largest_body = std::size_t{16} << 20;
constexpr std::uint32_t largest_header = 64 << 10;
constexpr auto as_value = asio::as_tuple(asio::use_awaitable);

std::unexpected<error> fail(error_kind kind, std::string said) {
    error failure;
    failure.kind = kind;
    failure.said = std::move(said);
    return std::unexpected(std::move(failure));
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

/// Nothing more is there to be read that came with the answer; nor has the server said goodbye. What comes beside
/// answers, such as new sessions, is taken in.
bool nothing_left(SSL* tls) {
    char byte = 0;
    ERR_clear_error();
    return SSL_get_error(tls, SSL_peek(tls, &byte, 1)) == SSL_ERROR_WANT_READ;
}

/// True when the peer sent something that is not HTTP, other than by breaking off in the middle.
bool is_malformed(const error_code& failed) {
    return failed.category() == http::make_error_code(http::error::bad_version).category() &&
           failed != http::error::end_of_stream && failed != http::error::partial_message;
}

} // namespace

struct https_connection::state {
    using parser = http::response_parser<http::string_body>;

    state(const connection_parts& with, tls_peer to)
        : parts(with), peer(std::move(to)), stream(parts.on, parts.tls->context()) {}

    ~state() {
        // OpenSSL takes a connection that ends without a goodbye for an attack, and its session is not resumed. Nobody
        // waits for a goodbye here, so it is told that both were said.
        if (sound)
            SSL_set_shutdown(stream.native_handle(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
    }

    /// Whatever waits for the socket then ends with an error.
    void close() {
        error_code ignored;
        stream.next_layer().close(ignored);
    }

    /// For a phase that ends with the connection when its time is over.
    auto closing() {
        return [this] { close(); };
    }

    asio::awaitable<result<void>> connect(const addresses& all, time_limit& limit);
    asio::awaitable<result<void>> shake_hands(time_limit& limit);
    asio::awaitable<result<void>> read_header(const http_request& request, parser& answer, time_limit& limit);
    asio::awaitable<error_code> read_until(parser& answer, bool (parser::*there)() const);
    asio::awaitable<result<void>> read_body(parser& answer, time_limit& limit);
    std::unexpected<error> answer_failed(const error_code& failed, const phase& limited, const std::string& missing);

    const connection_parts parts;
    const tls_peer peer;
    ssl::stream<tcp::socket> stream;
    boost::beast::flat_buffer buffer;
    exchange_times opening; ///< What open() took, until the first answer tells it.
    bool wrong_name = false;
    bool sound = false; ///< Nothing has failed, and nothing is under way.
    bool broke_unanswered = false;
    bool reusable = false;
};

https_connection::https_connection(const connection_parts& parts, std::string host, std::string port)
    : state_(std::make_shared<state>(parts, tls_peer{std::move(host), std::move(port)})) {}

bool https_connection::leads_to(const std::string& host, const std::string& port) const {
    return state_->peer == tls_peer{host, port};
}

bool https_connection::broke_unanswered() const {
    return state_->broke_unanswered;
}

bool https_connection::reusable() const {
    return state_->reusable;
}

bool https_connection::is_dead() {
    // Between two requests a server has nothing to say: whatever can be read is the end.
    char byte = 0;
    const auto got = ::recv(state_->stream.next_layer().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
}

asio::awaitable<result<void>> https_connection::open(time_limit& limit) {
    const auto self = state_;
    const auto began = std::chrono::steady_clock::now();
    auto all = co_await self->parts.names->find(self->peer.host, limit);
    if (!all)
        co_return std::unexpected(std::move(all.error()));
    self->opening.resolve =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began);
    auto connected = co_await self->connect(*all, limit);
    if (!connected)
        co_return connected;
    co_return co_await self->shake_hands(limit);
}

asio::awaitable<result<void>> https_connection::state::connect(const addresses& all, time_limit& limit) {
    std::uint16_t port = 0;
    std::from_chars(peer.port.data(), peer.port.data() + peer.port.size(), port);
    auto& socket = stream.next_layer();
    phase whole(parts.on, limit, parts.longest.connect, closing());
    std::string why;
    for (const auto& address : all) {
        close();
        const bool is_last = &address == &all.back();
        phase one(parts.on, whole.limit(), is_last ? parts.longest.connect : parts.longest.one_address, closing());
        const auto [failed] = co_await socket.async_connect(tcp::endpoint(address, port), as_value);
        const bool no_time_left = whole.limit().until() <= std::chrono::steady_clock::now();
        if (!failed && !one.is_over() && !whole.is_over()) {
            opening.connect = whole.taken();
            parts.names->reached(peer.host, address);
            error_code ignored;
            socket.set_option(tcp::no_delay(true), ignored);
            co_return result<void>{};
        }
        if (no_time_left)
            why = "no connection " + whole.in_time();
        else
            why = one.is_over() ? "no connection " + one.in_time() : failed.message();
        if (no_time_left)
            break;
    }
    if (limit.until() > std::chrono::steady_clock::now())
        parts.names->none_reached(peer.host);
    co_return fail(error_kind::network, "connecting to " + peer.host + " port " + peer.port + ": " + why);
}

asio::awaitable<result<void>> https_connection::state::shake_hands(time_limit& limit) {
    auto* const tls = stream.native_handle();
    error_code no_literal;
    asio::ip::make_address(peer.host, no_literal);
    if (no_literal) // Server Name Indication is for names only (RFC 6066, section 3).
        SSL_set_tlsext_host_name(tls, peer.host.c_str());
    // A resumed session does without certificates, so this is not asked: then it holds what was found out when the
    // session began, and that is looked at again before it is offered.
    stream.set_verify_callback(
        [verify = ssl::host_name_verification(peer.host), this](bool trusted, ssl::verify_context& context) {
            const bool right = verify(trusted, context);
            wrong_name = wrong_name || (trusted && !right);
            return right;
        });
    parts.tls->sessions().offer(tls, peer);

    const phase limited(parts.on, limit, parts.longest.handshake, closing());
    const auto [failed] = co_await stream.async_handshake(ssl::stream_base::client, as_value);
    const auto verdict = SSL_get_verify_result(tls);
    if (!failed && !limited.is_over() && verdict == X509_V_OK) {
        opening.handshake = limited.taken();
        sound = true;
        co_return result<void>{};
    }
    parts.tls->sessions().forget(peer);
    if (wrong_name)
        co_return fail(error_kind::protocol, "the server's certificate is not for " + peer.host);
    if (verdict != X509_V_OK)
        co_return fail(error_kind::protocol,
                       "the server's certificate is refused: " + std::string(X509_verify_cert_error_string(verdict)) +
                           "; an authority of your own belongs into ca_file");
    co_return fail(error_kind::network,
                   "TLS handshake with " + peer.host + ": " +
                       (limited.is_over() ? "not complete " + limited.in_time() : failed.message()));
}

asio::awaitable<result<http_response>> https_connection::exchange(const http_request& request, time_limit& limit) {
    const auto self = state_;
    self->broke_unanswered = false;
    self->reusable = false;
    if (limit.until() <= std::chrono::steady_clock::now())
        co_return fail(error_kind::network, "nothing was sent to " + self->peer.host + ": the time for it was over");

    self->sound = false;
    state::parser answer;
    answer.body_limit(largest_body);
    answer.header_limit(largest_header);
    answer.eager(true); // What comes along with the header is a part of the body.
    auto received = co_await self->read_header(request, answer, limit);
    if (received && !answer.is_done())
        received = co_await self->read_body(answer, limit);
    if (!received) {
        received.error().maybe_done = request.method == http_method::patch;
        co_return std::unexpected(std::move(received.error()));
    }
    self->sound = self->buffer.size() == 0 && self->stream.next_layer().is_open();
    self->reusable = self->sound && answer.get().keep_alive() && nothing_left(self->stream.native_handle());
    auto taken = taken_from(answer.release());
    taken.times = std::exchange(self->opening, exchange_times());
    co_return taken;
}

/// Beast's own loops for a header and for a whole message would both be compiled, and each takes seconds.
asio::awaitable<error_code> https_connection::state::read_until(parser& answer, bool (parser::*there)() const) {
    error_code failed;
    while (!failed && !(answer.*there)()) {
        const auto read = co_await http::async_read_some(stream, buffer, answer, as_value);
        failed = std::get<0>(read);
    }
    co_return failed;
}

/// Sends the request and reads the header of its answer.
asio::awaitable<result<void>> https_connection::state::read_header(const http_request& request, parser& answer,
                                                                   time_limit& limit) {
    const phase limited(parts.on, limit, parts.longest.first_byte, closing());
    const std::string missing = "no first byte of an answer ";
    const auto message = made_of(request);
    const auto [not_sent, sent] = co_await http::async_write(stream, message, as_value);
    if (not_sent) {
        broke_unanswered = !limited.is_over();
        co_return fail(error_kind::network, "sending to " + peer.host + ": " +
                                                (limited.is_over() ? missing + limited.in_time() : not_sent.message()));
    }
    const auto failed = co_await read_until(answer, &parser::is_header_done);
    opening.first_byte = limited.taken();
    if (!failed)
        co_return result<void>{};
    broke_unanswered = !limited.is_over() && !answer.got_some();
    co_return answer_failed(failed, limited, answer.got_some() ? "only a part of the answer's header " : missing);
}

asio::awaitable<result<void>> https_connection::state::read_body(parser& answer, time_limit& limit) {
    const phase limited(parts.on, limit, parts.longest.body, closing());
    const auto failed = co_await read_until(answer, &parser::is_done);
    opening.body = limited.taken();
    if (!failed)
        co_return result<void>{};
    co_return answer_failed(failed, limited, "only a part of the answer ");
}

std::unexpected<error> https_connection::state::answer_failed(const error_code& failed, const phase& limited,
                                                              const std::string& missing) {
    if (limited.is_over())
        return fail(error_kind::network, "waiting for the answer of " + peer.host + ": " + missing + limited.in_time());
    if (failed == http::error::body_limit || failed == http::error::header_limit)
        return fail(error_kind::protocol, "the answer of " + peer.host + " is larger than any answer of the API");
    if (is_malformed(failed))
        return fail(error_kind::protocol, "the answer of " + peer.host + " is no HTTP: " + failed.message());
    return fail(error_kind::network, "waiting for the answer of " + peer.host + ": " + failed.message());
}

} // namespace autotask
