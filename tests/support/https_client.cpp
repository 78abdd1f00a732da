#include "tests/support/https_client.hpp"

#include <algorithm>
#include <optional>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

namespace support {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;

class https_client::impl {
public:
    impl(std::uint16_t port, const std::string& trusted, std::chrono::milliseconds timeout)
        : port_{port}, timeout_{timeout}, context_{asio::ssl::context::tls_client} {
        context_.add_certificate_authority(asio::buffer(trusted));
        context_.set_verify_mode(asio::ssl::verify_peer);
    }
    ~impl() {
        close();
        SSL_SESSION_free(session_);
    }
    impl(const impl&) = delete;
    impl& operator=(const impl&) = delete;

    std::expected<void, std::string> connect() {
        stream_.emplace(loop_, context_);
        stream_->set_verify_callback(asio::ssl::host_name_verification{"127.0.0.1"});
        if (session_ != nullptr)
            SSL_set_session(stream_->native_handle(), session_);
        beast::error_code error;
        auto& socket = beast::get_lowest_layer(*stream_);
        socket.expires_after(timeout_);
        socket.async_connect(tcp::endpoint{asio::ip::address_v4::loopback(), port_},
                             [&error](beast::error_code result) { error = result; });
        if (!finish(error))
            return failed(error);
        stream_->async_handshake(asio::ssl::stream_base::client,
                                 [&error](beast::error_code result) { error = result; });
        if (!finish(error))
            return failed(error);
        return {};
    }

    std::expected<https_reply, std::string> send(const http::request<http::string_body>& request) {
        if (!stream_) {
            if (auto connected = connect(); !connected)
                return std::unexpected{connected.error()};
        }
        beast::error_code error;
        const auto done = [&error](beast::error_code result, std::size_t) { error = result; };
        beast::get_lowest_layer(*stream_).expires_after(timeout_);
        http::async_write(*stream_, request, done);
        if (!finish(error))
            return std::unexpected{failed(error).error()};
        beast::flat_buffer buffer;
        http::response_parser<http::string_body> parser;
        parser.body_limit(64 * 1024 * 1024);
        http::async_read(*stream_, buffer, parser, done);
        if (!finish(error))
            return std::unexpected{failed(error).error()};
        https_reply reply;
        reply.status = parser.get().result_int();
        for (const auto& field : parser.get()) {
            std::string name{field.name_string()};
            std::ranges::transform(name, name.begin(),
                                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
            reply.headers[name] = std::string{field.value()};
        }
        reply.body = std::move(parser.get().body());
        if (!parser.get().keep_alive())
            close();
        return reply;
    }

    void close() {
        if (!stream_)
            return;
        SSL_SESSION_free(session_);
        session_ = SSL_get1_session(stream_->native_handle());
        // Without this OpenSSL thinks the session broken and does not resume it.
        SSL_set_shutdown(stream_->native_handle(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
        stream_.reset();
    }

    [[nodiscard]] bool resumed() { return stream_ && SSL_session_reused(stream_->native_handle()) == 1; }
    [[nodiscard]] std::string version() { return stream_ ? SSL_get_version(stream_->native_handle()) : ""; }

private:
    bool finish(const beast::error_code& error) {
        loop_.restart();
        loop_.run();
        return !error;
    }

    std::unexpected<std::string> failed(const beast::error_code& error) {
        stream_.reset();
        return std::unexpected{error.message()};
    }

    std::uint16_t port_;
    std::chrono::milliseconds timeout_;
    asio::io_context loop_;
    asio::ssl::context context_;
    std::optional<beast::ssl_stream<beast::tcp_stream>> stream_;
    SSL_SESSION* session_ = nullptr;
};

https_client::https_client(std::uint16_t port, const std::string& trusted, std::chrono::milliseconds timeout)
    : impl_{std::make_unique<impl>(port, trusted, timeout)} {}

https_client::~https_client() = default;

std::expected<https_reply, std::string> https_client::send(const std::string& method, const std::string& target,
                                                           const header_fields& headers, const std::string& body) {
    http::request<http::string_body> request;
    request.method_string(method);
    request.target(target);
    request.version(11);
    request.set(http::field::host, "127.0.0.1");
    for (const auto& [name, content] : headers)
        request.insert(name, content);
    request.body() = body;
    request.prepare_payload();
    return impl_->send(request);
}

std::expected<void, std::string> https_client::connect() {
    return impl_->connect();
}

void https_client::close() {
    impl_->close();
}

bool https_client::session_resumed() const {
    return impl_->resumed();
}

std::string https_client::tls_version() const {
    return impl_->version();
}

} // namespace support
