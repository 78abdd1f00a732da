#include "tests/connection/client.hpp"

// Which connections serve a second request, and when the others are closed.

using namespace autotask;
using namespace connection_test;

TEST_CASE("a connection serves a second request only when the first left it open and clean") {
    struct row {
        const char* name;
        reply first;
        bool reused;
    };
    const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
    const row rows[] = {
        {"nothing said", reply(answer()), true},
        {"kept alive", reply(answer("Connection: keep-alive\r\n")), true},
        {"chunks", reply(chunked), true},
        {"no body", reply("HTTP/1.1 204 No Content\r\n\r\n"), true},
        {"close", reply(answer("Connection: close\r\n")), false},
        {"HTTP 1.0", reply("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}"), false},
        {"body until the end", reply("HTTP/1.1 200 OK\r\n\r\n{}", ending::goodbye), false},
        {"more than the answer", reply(answer() + "HTTP/1.1 200 OK\r\n"), false},
        {"more than the answer, after it", reply(std::vector{answer(), std::string("HTTP/1.1 200 OK\r\n")}), false},
        {"a goodbye", reply(answer(), ending::goodbye), false},
        {"an end without a goodbye", reply(answer(), ending::abruptly), false},
    };
    for (const auto& one : rows) {
        INFO(one.name);
        scripted_server server({std::vector<reply>{one.first, reply(answer())}, std::vector<reply>{reply(answer())}});
        client sender(server.ca_file());
        REQUIRE(sender.send(client::request(server.port())).has_value());
        if (one.first.end != ending::none)
            REQUIRE(support::eventually([&] { return server.open() == 0; }));
        const auto second = sender.send(client::request(server.port()));
        REQUIRE(second.has_value());
        CHECK(second->body == "{}");
        CHECK(server.connections() == (one.reused ? 1 : 2));
        CHECK(server.requests().size() == 2);
    }
}

TEST_CASE("an answer that breaks off is never taken for a whole one, whether or not it says how long it is") {
    const std::string header = GENERATE("", "Content-Length: 9\r\n", "Transfer-Encoding: chunked\r\n");
    scripted_server server(
        {std::vector<reply>{reply("HTTP/1.1 200 OK\r\n" + header + "\r\n2\r\n{}\r\n", ending::abruptly)}});
    client sender(server.ca_file());
    const auto received = sender.send(client::request(server.port()));
    REQUIRE_FALSE(received.has_value());
    CHECK(received.error().kind == error_kind::network);
}

TEST_CASE("requests to other hosts and ports do not use each other's connections") {
    scripted_server server({std::vector<reply>{reply(answer())}, std::vector<reply>{reply(answer())}}, 0,
                           {"localhost"});
    client sender(server.ca_file());
    REQUIRE(sender.send(client::request(server.port())).has_value());
    REQUIRE(sender.send(client::request(server.port(), "localhost")).has_value());
    CHECK(server.connections() == 2);
}

TEST_CASE("when a kept connection breaks without an answer a question is asked again, and a write is not") {
    const bool is_write = GENERATE(false, true);
    const auto how = GENERATE(ending::goodbye, ending::abruptly);
    scripted_server server({std::vector<reply>{reply(answer()), reply("", how)}, std::vector<reply>{reply(answer())}});
    client sender(server.ca_file());
    REQUIRE(sender.send(client::request(server.port())).has_value());
    const auto method = is_write ? http_method::patch : http_method::post;
    const auto second = sender.send(client::request(server.port(), "127.0.0.1", method));
    CHECK(second.has_value() == !is_write);
    CHECK(server.connections() == (is_write ? 1 : 2));
    if (is_write)
        CHECK(second.error().maybe_done);
}

TEST_CASE("when a kept connection breaks in the middle of an answer, nothing is asked again") {
    scripted_server server({std::vector<reply>{reply(answer()), reply("HTTP/1.1 200", ending::goodbye)},
                            std::vector<reply>{reply(answer())}});
    client sender(server.ca_file());
    REQUIRE(sender.send(client::request(server.port())).has_value());
    CHECK_FALSE(sender.send(client::request(server.port())).has_value());
    CHECK(server.connections() == 1);
}

TEST_CASE("a question that got no answer in time is not asked again") {
    scripted_server server({std::vector<reply>{reply(answer()), reply("")}, std::vector<reply>{reply(answer())}});
    https_options options;
    options.longest.first_byte = 500ms;
    client sender(server.ca_file(), options);
    REQUIRE(sender.send(client::request(server.port())).has_value());
    SECTION("of its phase") {
        CHECK(
            sender.send(client::request(server.port())).error().said.ends_with("no first byte of an answer in 500 ms"));
    }
    SECTION("of the request") {
        time_limit limit(steady_clock::now() + 20ms);
        CHECK_FALSE(sender.send(client::request(server.port()), limit).has_value());
    }
    CHECK(server.connections() == 1);
}

TEST_CASE("an idle connection is closed when its time is over, though nobody asks, and does not keep the loop alive") {
    scripted_server server({std::vector<reply>{reply(answer())}});
    https_options options;
    options.longest_idle = 50ms;
    client sender(server.ca_file(), options);
    const auto began = steady_clock::now();
    REQUIRE(sender.send(client::request(server.port())).has_value()); // Returns when the loop has nothing more to do.
    CHECK(sender.run_until([&] { return server.open() == 0; }));
    CHECK(steady_clock::now() - began >= 50ms);
}

TEST_CASE("idle connections do not keep a loop alive for long") {
    scripted_server server({std::vector<reply>{reply(answer())}});
    client sender(server.ca_file());
    const auto began = steady_clock::now();
    REQUIRE(sender.send(client::request(server.port())).has_value());
    CHECK(steady_clock::now() - began < https_options{}.longest_idle / 2);
    CHECK(server.open() == 1);
}

TEST_CASE("idle connections are closed with the transport, also when the loop goes on") {
    scripted_server server({std::vector<reply>{reply(answer())}});
    https_options options;
    options.longest_idle = 1ms;
    client sender(server.ca_file(), options);
    REQUIRE(sender.send(client::request(server.port())).has_value());
    sender.network.reset();
    CHECK(sender.run_until([&] { return server.open() == 0; }));
}
