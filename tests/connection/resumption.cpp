#include "tests/connection/client.hpp"
#include "tests/sandbox/model/world.hpp"
#include "tests/sandbox/server/sandbox_server.hpp"

// TLS sessions: which connections resume them, and which must not.

using namespace autotask;
using namespace connection_test;

namespace {

/// So many connections, each for one answer.
std::vector<conversation> one_answer_each(int connections) {
    return {static_cast<std::size_t>(connections), conversation(std::vector<reply>{reply(answer())})};
}

/// Keeps no connection for a second request, so that each has a handshake of its own; every name is this machine.
https_options no_second_request() {
    https_options options;
    options.longest_idle = 0ms;
    options.look_up = [](const std::string&) -> lookup_answer {
        return addresses{boost::asio::ip::make_address("127.0.0.1")};
    };
    return options;
}

} // namespace

TEST_CASE("later connections resume the TLS session of the first") {
    const int newest = GENERATE(TLS1_2_VERSION, TLS1_3_VERSION);
    scripted_server server(one_answer_each(4), newest);
    client sender(server.ca_file(), no_second_request());
    for (int i = 0; i < 4; ++i)
        REQUIRE(sender.send(client::request(server.port())).has_value());
    CHECK(server.connections() == 4);
    CHECK(server.resumed() == 3);
}

TEST_CASE("connections resume at the local Autotask as well, after any way a connection ends well") {
    sandbox::sandbox_server server(sandbox::make_world({{.seed = 1, .companies = 2, .devices = 5}, {}}));
    auto options = no_second_request();
    options.longest_idle = 1ms;
    client sender(server.ca_file(), options);
    auto request = client::request(server.ports().zone);
    request.target = "/ATServicesRest/V1.0/zoneInformation?user=api-user%40sandbox.example";
    REQUIRE(sender.send(request).has_value());
    CHECK(server.connections().resumed == 0);
    SECTION("closed because nobody asked") {
        REQUIRE(sender.run_until([&] { return server.connections().open == 0; }));
        REQUIRE(sender.send(request).has_value());
    }
    SECTION("closed because it was too old when somebody asked") {
        std::this_thread::sleep_for(2ms);
        REQUIRE(sender.send(request).has_value());
    }
    CHECK(server.connections().handshakes == 2);
    CHECK(server.connections().resumed == 1);
}

TEST_CASE("the server may close a connection first, and its session is resumed all the same") {
    const int newest = GENERATE(TLS1_2_VERSION, TLS1_3_VERSION);
    const reply closing = GENERATE(reply(answer("Connection: close\r\n"), ending::goodbye),
                                   reply(answer(), ending::goodbye), reply(answer(), ending::abruptly));
    scripted_server server({std::vector<reply>{closing}, std::vector<reply>{reply(answer())}}, newest);
    client sender(server.ca_file());
    REQUIRE(sender.send(client::request(server.port())).has_value());
    REQUIRE(support::eventually([&] { return server.open() == 0; }));
    REQUIRE(sender.send(client::request(server.port())).has_value());
    CHECK(server.resumed() == 1);
}

TEST_CASE("connections at the same time may resume the same session") {
    const int newest = GENERATE(TLS1_2_VERSION, TLS1_3_VERSION);
    scripted_server server(one_answer_each(4), newest);
    client sender(server.ca_file(), no_second_request());
    REQUIRE(sender.send(client::request(server.port())).has_value());
    const auto request = client::request(server.port());
    time_limit limit;
    outcome received[3];
    for (auto& one : received)
        sender.start(request, limit, one);
    sender.loop->restart();
    sender.loop->run();
    for (const auto& one : received)
        CHECK((one && *one));
    CHECK(server.resumed() == 3);
}

TEST_CASE("a session is for the host it was begun with, though another name leads to the same server") {
    const int newest = GENERATE(TLS1_2_VERSION, TLS1_3_VERSION);
    scripted_server server(one_answer_each(4), newest, {"one.example", "two.example"});
    client sender(server.ca_file(), no_second_request());
    REQUIRE(sender.send(client::request(server.port(), "one.example")).has_value());
    REQUIRE(sender.send(client::request(server.port(), "two.example")).has_value());
    CHECK(server.resumed() == 0);
    const auto refused = sender.send(client::request(server.port(), "three.example"));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().said == "the server's certificate is not for three.example");
    REQUIRE(sender.send(client::request(server.port(), "one.example")).has_value());
    CHECK(server.resumed() == 1);
}

TEST_CASE("a client with other trust anchors begins sessions of its own, and refuses what it does not trust") {
    scripted_server server(one_answer_each(2));
    client sender(server.ca_file(), no_second_request());
    REQUIRE(sender.send(client::request(server.port())).has_value());
    client stranger("", no_second_request());
    const auto refused = stranger.send(client::request(server.port()));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().said.starts_with("the server's certificate is refused: "));
    CHECK(server.requests().size() == 1);
    CHECK(server.resumed() == 0);
}

TEST_CASE("a session whose certificate has expired since is not resumed, and a new one is refused") {
    const int newest = GENERATE(TLS1_2_VERSION, TLS1_3_VERSION);
    scripted_server server(one_answer_each(3), newest);
    boost::asio::io_context loop{1};
    const auto tls = tls_client::make(server.ca_file());
    REQUIRE(tls.has_value());
    const auto options = no_second_request();
    const auto names = std::make_shared<name_lookup>(options.look_up, options.lookups);
    client sender(server.ca_file());
    connection_parts parts{sender.loop->get_executor(), *tls, names, phase_times{}};
    sender.network = std::make_unique<https_transport>(parts, 0ms);
    REQUIRE(sender.send(client::request(server.port())).has_value());
    REQUIRE(sender.send(client::request(server.port())).has_value());
    CHECK(server.resumed() == 1);

    auto* const checks = SSL_CTX_get0_param((*tls)->context().native_handle());
    const auto in_a_year = std::chrono::system_clock::now() + std::chrono::years{1};
    X509_VERIFY_PARAM_set_time(checks, std::chrono::system_clock::to_time_t(in_a_year));
    const auto refused = sender.send(client::request(server.port()));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().said.find("certificate has expired") != std::string::npos);
    CHECK(server.resumed() == 1);
}

TEST_CASE("a session with which a handshake failed is not offered again") {
    auto script = one_answer_each(3);
    script[1] = greeting::refusal;
    scripted_server server(script);
    client sender(server.ca_file(), no_second_request());
    REQUIRE(sender.send(client::request(server.port())).has_value());
    CHECK_FALSE(sender.send(client::request(server.port())).has_value());
    REQUIRE(sender.send(client::request(server.port())).has_value());
    CHECK(server.connections() == 3);
    CHECK(server.resumed() == 0);
}
