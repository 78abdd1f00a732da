#pragma once

#include "autotask/https_transport.hpp"
#include "autotask/spawn.hpp"
#include "tests/connection/scripted_server.hpp"

#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace connection_test {

using namespace std::chrono_literals;
using std::chrono::steady_clock;
using outcome = std::optional<autotask::result<autotask::http_response>>;

/// The transport that ships, on a loop of its own.
class client {
public:
    explicit client(const std::string& ca_file, autotask::https_options options = autotask::https_options{}) {
        auto made = autotask::https_transport::make(loop->get_executor(), ca_file, std::move(options));
        REQUIRE(made.has_value());
        network = std::move(*made);
    }

    static autotask::http_request request(std::uint16_t port, const std::string& host = "127.0.0.1",
                                          autotask::http_method method = autotask::http_method::get) {
        autotask::http_request made;
        made.method = method;
        made.host = host;
        made.port = std::to_string(port);
        made.target = "/";
        if (method != autotask::http_method::get)
            made.body = "{}";
        return made;
    }

    /// Begins to send; `into` is set at the end.
    void start(const autotask::http_request& what, autotask::time_limit& limit, outcome& into) {
        const auto task = [](autotask::transport& by, const autotask::http_request& sent, autotask::time_limit& until,
                             outcome& received) -> boost::asio::awaitable<void> {
            auto answered = co_await by.send(sent, until);
            received.emplace(std::move(answered));
        };
        autotask::spawn(loop->get_executor(), task(*network, what, limit, into));
    }

    /// Sends, and runs the loop until it has nothing more to do.
    autotask::result<autotask::http_response> send(const autotask::http_request& what, autotask::time_limit& limit) {
        outcome received;
        start(what, limit, received);
        loop->restart();
        loop->run();
        REQUIRE(received.has_value());
        return std::move(*received);
    }

    autotask::result<autotask::http_response> send(const autotask::http_request& what) {
        autotask::time_limit limit;
        return send(what, limit);
    }

    /// Runs the loop, which has other things to do as well, until it is true or far too much time has passed.
    bool run_until(const std::function<bool()>& is_true) {
        const auto end = steady_clock::now() + 20s;
        while (!is_true() && steady_clock::now() < end) {
            boost::asio::steady_timer other(*loop, 2ms);
            other.async_wait([](boost::system::error_code) {});
            loop->restart();
            loop->run();
        }
        return is_true();
    }

    std::unique_ptr<boost::asio::io_context> loop = std::make_unique<boost::asio::io_context>(1);
    std::unique_ptr<autotask::https_transport> network;
};

} // namespace connection_test
