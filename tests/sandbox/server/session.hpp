#pragma once

#include <optional>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include "tests/sandbox/model/replies.hpp"
#include "tests/sandbox/server/front.hpp"

// Only front.cpp includes this: it costs half a minute of compiling.

namespace sandbox {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

/// Ends the ticket however the session leaves: the thread slot of a client that went away must not stay taken.
class ticket_guard {
public:
    ticket_guard(front_backend& backend, std::uint64_t ticket) : backend_{backend}, ticket_{ticket} {}
    ~ticket_guard() { backend_.end(ticket_); }
    ticket_guard(const ticket_guard&) = delete;
    ticket_guard& operator=(const ticket_guard&) = delete;

private:
    front_backend& backend_;
    std::uint64_t ticket_;
};

[[nodiscard]] http_request to_request(const http::request<http::string_body>& message, std::size_t zone);
[[nodiscard]] http::response<http::string_body> to_message(http_response reply, bool head, unsigned version,
                                                           bool keep_alive);

/// One connection, from the first request to the last. Nothing here throws for what a client does.
template <typename Stream>
class session {
public:
    session(Stream& stream, front_backend& backend, const front_limits& limits, std::size_t zone, bool is_control)
        : stream_{stream}, backend_{backend}, limits_{limits}, zone_{zone}, is_control_{is_control} {}

    asio::awaitable<void> run() {
        beast::flat_buffer buffer;
        bool going_on = true;
        while (going_on) {
            http::request_parser<http::string_body> parser;
            parser.header_limit(static_cast<std::uint32_t>(limits_.header_bytes));
            parser.body_limit(limits_.body_bytes);
            const beast::error_code error = co_await read(buffer, parser);
            if (error == http::error::body_limit) {
                co_await refuse(html_reply(413, "413 - Request Entity Too Large", "The request is too large."), parser);
                co_return;
            }
            if (error == http::error::header_limit ||
                (error.category() == beast::error_code{http::error::bad_method}.category() &&
                 error != http::error::end_of_stream && error != http::error::partial_message)) {
                co_await refuse(html_reply(400, "400 - Bad Request", "The request could not be understood."), parser);
                co_return;
            }
            if (error)
                co_return;
            const bool keep_alive = parser.get().keep_alive();
            going_on = co_await answer(parser);
            going_on = going_on && keep_alive;
        }
    }

private:
    using parser_type = http::request_parser<http::string_body>;

    asio::awaitable<beast::error_code> read(beast::flat_buffer& buffer, parser_type& parser) {
        beast::error_code error;
        auto token = asio::redirect_error(asio::use_awaitable, error);
        auto& lowest = beast::get_lowest_layer(stream_);
        if (buffer.size() == 0) {
            // Waiting for a request may take long; sending one may not.
            lowest.expires_after(limits_.idle_time);
            auto space = buffer.prepare(4096);
            const std::size_t read = co_await stream_.async_read_some(space, token);
            if (error)
                co_return error;
            buffer.commit(read);
        }
        lowest.expires_after(limits_.request_time);
        co_await http::async_read_header(stream_, buffer, parser, token);
        if (error)
            co_return error;
        if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
            http::response<http::empty_body> go_on{http::status::continue_, parser.get().version()};
            co_await http::async_write(stream_, go_on, token);
            if (error)
                co_return error;
        }
        co_await http::async_read(stream_, buffer, parser, token);
        co_return error;
    }

    /// False when the connection ends.
    asio::awaitable<bool> answer(parser_type& parser) {
        http_request request = to_request(parser.get(), zone_);
        if (is_control_) {
            http_response reply = backend_.control(request);
            const bool sent = co_await send(std::move(reply), parser, true);
            co_return sent;
        }
        const front_backend::started started = backend_.begin(std::move(request));
        const ticket_guard guard{backend_, started.ticket};
        if (started.hold_back > duration::zero())
            co_await pause(started.hold_back);
        http_response reply = backend_.execute(started.ticket);
        const transport_play play = reply.play;
        if (play.kind == play_kind::reset) {
            reset();
            co_return false;
        }
        if (play.kind == play_kind::stall) {
            co_await stall(play.stall_for);
            co_return false;
        }
        if (play.kind == play_kind::truncate) {
            co_await send_part(std::move(reply), parser, play.truncate_at);
            co_return false;
        }
        const bool sent = co_await send(std::move(reply), parser, true);
        co_return sent;
    }

    asio::awaitable<void> pause(duration length) {
        auto executor = co_await asio::this_coro::executor;
        asio::steady_timer timer{executor};
        timer.expires_after(length);
        beast::error_code error;
        auto token = asio::redirect_error(asio::use_awaitable, error);
        co_await timer.async_wait(token);
    }

    /// Answers what the API never saw, and ends the connection.
    asio::awaitable<void> refuse(http_response reply, const parser_type& parser) {
        backend_.stamp(reply);
        co_await send(std::move(reply), parser, false);
    }

    asio::awaitable<bool> send(http_response reply, const parser_type& parser, bool may_keep_alive) {
        const bool head = parser.get().method() == http::verb::head;
        const bool keep_alive = may_keep_alive && parser.get().keep_alive();
        auto message = to_message(std::move(reply), head, parser.get().version(), keep_alive);
        beast::error_code error;
        auto token = asio::redirect_error(asio::use_awaitable, error);
        beast::get_lowest_layer(stream_).expires_after(limits_.request_time);
        co_await http::async_write(stream_, message, token);
        co_return !error;
    }

    asio::awaitable<void> send_part(http_response reply, const parser_type& parser, std::size_t bytes) {
        const auto message = to_message(std::move(reply), false, parser.get().version(), true);
        std::string text;
        {
            http::response<http::string_body> head{message.base()};
            http::response_serializer<http::string_body> serializer{head};
            serializer.split(true);
            beast::error_code ignored;
            while (!serializer.is_header_done()) {
                serializer.next(ignored, [&text, &serializer](beast::error_code& error, const auto& buffers) {
                    text += beast::buffers_to_string(buffers);
                    error = {};
                    serializer.consume(beast::buffer_bytes(buffers));
                });
            }
        }
        text += message.body().substr(0, bytes);
        beast::error_code error;
        auto token = asio::redirect_error(asio::use_awaitable, error);
        auto data = asio::buffer(text);
        co_await asio::async_write(stream_, data, token);
    }

    /// Nothing is sent until the time is over or the client has gone away.
    asio::awaitable<void> stall(duration length) {
        char ignored[1];
        auto space = asio::buffer(ignored);
        beast::error_code error;
        auto token = asio::redirect_error(asio::use_awaitable, error);
        beast::get_lowest_layer(stream_).expires_after(length);
        co_await stream_.async_read_some(space, token);
    }

    void reset() {
        auto& socket = beast::get_lowest_layer(stream_).socket();
        beast::error_code ignored;
        // A lingering time of zero turns the close into a reset.
        socket.set_option(asio::socket_base::linger{true, 0}, ignored);
        socket.close(ignored);
    }

    Stream& stream_;
    front_backend& backend_;
    const front_limits& limits_;
    std::size_t zone_;
    bool is_control_;
};

} // namespace sandbox
