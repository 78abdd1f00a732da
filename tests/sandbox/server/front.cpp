#include "tests/sandbox/server/front.hpp"

#include <atomic>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/ssl.hpp>

#include "tests/sandbox/server/session.hpp"

namespace sandbox {

using tcp = asio::ip::tcp;

http_request to_request(const http::request<http::string_body>& message, std::size_t zone) {
    http_request result;
    result.method = std::string{message.method_string()};
    result.target = std::string{message.target()};
    result.zone = zone;
    for (const auto& each : message)
        result.headers.add(std::string{each.name_string()}, std::string{each.value()});
    result.body = message.body();
    return result;
}

http::response<http::string_body> to_message(http_response reply, bool head, unsigned version, bool keep_alive) {
    http::response<http::string_body> message{http::int_to_status(reply.status), version};
    message.set(http::field::server, "autotask-sandbox");
    message.set(http::field::cache_control, "no-cache");
    if (!reply.content_type.empty())
        message.set(http::field::content_type, reply.content_type);
    for (const header& each : reply.headers)
        message.insert(each.name, each.value);
    message.keep_alive(keep_alive);
    const std::size_t size = reply.body.size();
    if (!head)
        message.body() = std::move(reply.body);
    message.content_length(size);
    return message;
}

boost::json::object describe_connections(const connection_counts& counts) {
    return {{"accepted", counts.accepted},
            {"refused", counts.refused},
            {"handshakes", counts.handshakes},
            {"resumed", counts.resumed},
            {"failedHandshakes", counts.failed_handshakes},
            {"open", counts.open}};
}

namespace {

asio::ssl::context make_context(const certificate_set& certificates) {
    asio::ssl::context context{asio::ssl::context::tls_server};
    context.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 |
                        asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
    context.use_certificate_chain(asio::buffer(certificates.certificate));
    context.use_private_key(asio::buffer(certificates.key), asio::ssl::context::pem);
    // Without a context id OpenSSL does not resume sessions.
    static constexpr unsigned char session_context[] = "autotask-sandbox";
    SSL_CTX_set_session_id_context(context.native_handle(), session_context, sizeof session_context - 1);
    SSL_CTX_set_session_cache_mode(context.native_handle(), SSL_SESS_CACHE_SERVER);
    return context;
}

tcp::acceptor listen(asio::io_context& loop, std::uint16_t port) {
    const tcp::endpoint address{asio::ip::address_v4::loopback(), port};
    return tcp::acceptor{loop, address};
}

} // namespace

class front::impl {
public:
    impl(front_backend& backend, const certificate_set& certificates, const ports& wanted, const front_limits& limits)
        : backend_{backend}, limits_{limits}, context_{make_context(certificates)}, zone_{listen(loop_, wanted.zone)},
          second_zone_{listen(loop_, wanted.second_zone)}, control_{listen(loop_, wanted.control)} {
        asio::co_spawn(loop_, accept(zone_, 0, false), asio::detached);
        asio::co_spawn(loop_, accept(second_zone_, 1, false), asio::detached);
        asio::co_spawn(loop_, accept(control_, 0, true), asio::detached);
    }

    [[nodiscard]] ports listening() const {
        return {zone_.local_endpoint().port(), second_zone_.local_endpoint().port(), control_.local_endpoint().port()};
    }

    [[nodiscard]] connection_counts connections() const {
        return {accepted_, refused_, handshakes_, resumed_, failed_handshakes_, open_};
    }

    void run() { loop_.run(); }
    void stop() { loop_.stop(); }

private:
    /// Counts a connection as open for as long as it lives.
    class opened {
    public:
        explicit opened(std::atomic<std::int64_t>& count) : count_{count} { ++count_; }
        ~opened() { --count_; }
        opened(const opened&) = delete;
        opened& operator=(const opened&) = delete;

    private:
        std::atomic<std::int64_t>& count_;
    };

    asio::awaitable<void> accept(tcp::acceptor& acceptor, std::size_t zone, bool is_control) {
        beast::error_code error;
        auto token = asio::redirect_error(asio::use_awaitable, error);
        while (acceptor.is_open()) {
            tcp::socket socket{loop_};
            co_await acceptor.async_accept(socket, token);
            if (error) {
                // Out of descriptors, most likely: a pause lets some connections end.
                asio::steady_timer pause{loop_};
                pause.expires_after(std::chrono::milliseconds{100});
                beast::error_code ignored;
                auto pause_token = asio::redirect_error(asio::use_awaitable, ignored);
                co_await pause.async_wait(pause_token);
                continue;
            }
            if (open_ >= static_cast<std::int64_t>(limits_.connections)) {
                ++refused_;
                continue;
            }
            beast::error_code ignored;
            socket.set_option(tcp::no_delay{true}, ignored);
            if (is_control) {
                asio::co_spawn(loop_, serve_control(std::move(socket)), asio::detached);
            } else {
                ++accepted_;
                asio::co_spawn(loop_, serve_zone(std::move(socket), zone), asio::detached);
            }
        }
    }

    asio::awaitable<void> serve_control(tcp::socket socket) {
        const opened counted{open_};
        beast::tcp_stream stream{std::move(socket)};
        session<beast::tcp_stream> talk{stream, backend_, limits_, 0, true};
        co_await talk.run();
    }

    asio::awaitable<void> serve_zone(tcp::socket socket, std::size_t zone) {
        const opened counted{open_};
        beast::error_code error;
        auto token = asio::redirect_error(asio::use_awaitable, error);
        const front_backend::greeting greeting = backend_.greet();
        if (greeting.delay > duration::zero()) {
            asio::steady_timer timer{loop_};
            timer.expires_after(greeting.delay);
            co_await timer.async_wait(token);
        }
        if (greeting.reset) {
            socket.set_option(asio::socket_base::linger{true, 0}, error);
            co_return;
        }
        beast::ssl_stream<beast::tcp_stream> stream{beast::tcp_stream{std::move(socket)}, context_};
        beast::get_lowest_layer(stream).expires_after(limits_.request_time);
        co_await stream.async_handshake(asio::ssl::stream_base::server, token);
        if (error) {
            ++failed_handshakes_;
            co_return;
        }
        ++handshakes_;
        if (SSL_session_reused(stream.native_handle()) == 1)
            ++resumed_;
        session<beast::ssl_stream<beast::tcp_stream>> talk{stream, backend_, limits_, zone, false};
        co_await talk.run();
        // The client is not asked to say goodbye, but the session must stay good for resumption.
        SSL_set_shutdown(stream.native_handle(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
    }

    front_backend& backend_;
    front_limits limits_;
    std::atomic<std::int64_t> accepted_{0};
    std::atomic<std::int64_t> refused_{0};
    std::atomic<std::int64_t> handshakes_{0};
    std::atomic<std::int64_t> resumed_{0};
    std::atomic<std::int64_t> failed_handshakes_{0};
    std::atomic<std::int64_t> open_{0};
    asio::ssl::context context_;
    asio::io_context loop_{1}; // after what its coroutines refer to, which it destroys with itself
    tcp::acceptor zone_;
    tcp::acceptor second_zone_;
    tcp::acceptor control_;
};

front::front(front_backend& backend, const certificate_set& certificates, const ports& wanted,
             const front_limits& limits)
    : impl_{std::make_unique<impl>(backend, certificates, wanted, limits)} {}

front::~front() = default;

front::ports front::listening() const {
    return impl_->listening();
}

connection_counts front::connections() const {
    return impl_->connections();
}

void front::run() {
    impl_->run();
}

void front::stop() {
    impl_->stop();
}

} // namespace sandbox
