#include "tests/connection/client.hpp"

#include <condition_variable>
#include <mutex>

// What happens to a request that comes to a halt in one of its phases.

using namespace autotask;
using namespace connection_test;

namespace {

/// A lookup that hangs until it is destroyed.
class hanging_lookup {
public:
    ~hanging_lookup() {
        const std::scoped_lock lock(state_->guard);
        state_->over = true;
        state_->changed.notify_all();
    }

    lookup_function function() const {
        return [state = state_](const std::string&) -> lookup_answer {
            std::unique_lock lock(state->guard);
            state->changed.wait(lock, [&] { return state->over; });
            return std::unexpected("too late");
        };
    }

private:
    struct shared {
        std::mutex guard;
        std::condition_variable changed;
        bool over = false;
    };

    std::shared_ptr<shared> state_ = std::make_shared<shared>();
};

constexpr const char* header = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n";

/// The phase in which everything comes to a halt.
struct halt {
    const char* name;
    conversation server;
    void (*shorten)(https_options& options); ///< Gives that phase 50 ms.
    std::string missing;                     ///< The error, up to the time it took.
    bool maybe_done;                         ///< Of a write.
};

constexpr auto moment = 50ms;

std::vector<halt> halts() {
    const auto first_byte = [](https_options& options) { options.longest.first_byte = moment; };
    return {
        {"lookup", greeting::silence, [](https_options& options) { options.lookups.longest = moment; },
         "looking up slow.example: no address ", false},
        {"connection", greeting::silence, [](https_options& options) { options.longest.connect = moment; },
         "connecting to 127.0.0.2 port PORT: no connection ", false},
        {"handshake", greeting::silence, [](https_options& options) { options.longest.handshake = moment; },
         "TLS handshake with 127.0.0.1: not complete ", false},
        {"first byte", std::vector<reply>{reply("")}, first_byte,
         "waiting for the answer of 127.0.0.1: no first byte of an answer ", true},
        {"header", std::vector<reply>{reply("HTTP/1.1 200 OK\r\nContent-")}, first_byte,
         "waiting for the answer of 127.0.0.1: only a part of the answer's header ", true},
        {"body", std::vector<reply>{reply(std::string(header) + "12345")},
         [](https_options& options) { options.longest.body = moment; },
         "waiting for the answer of 127.0.0.1: only a part of the answer ", true},
    };
}

/// A server, a client and a write between them that comes to a halt.
struct halted_world {
    explicit halted_world(const halt& where, bool own_time)
        : server({where.server}), silent("127.0.0.2", 0), missing(where.missing) {
        https_options options;
        options.look_up = lookup.function();
        if (own_time)
            where.shorten(options);
        sender = std::make_unique<client>(server.ca_file(), std::move(options));
        const std::string name = where.name;
        const bool to_silence = name == "connection";
        const auto port = to_silence ? silent.port() : server.port();
        const auto* const host = name == "lookup" ? "slow.example" : to_silence ? "127.0.0.2" : "127.0.0.1";
        write = client::request(port, host, http_method::patch);
        if (const auto at = missing.find("PORT"); at != std::string::npos)
            missing.replace(at, 4, std::to_string(port));
    }

    hanging_lookup lookup;
    scripted_server server;
    silent_address silent;
    std::unique_ptr<client> sender;
    http_request write;
    std::string missing;
};

} // namespace

TEST_CASE("each phase has its own time, the error names the phase, and a write is in doubt once it may have left") {
    for (const auto& where : halts()) {
        INFO(where.name);
        halted_world world(where, true);
        const auto received = world.sender->send(world.write);
        REQUIRE_FALSE(received.has_value());
        CHECK(received.error().kind == error_kind::network);
        CHECK(received.error().said == world.missing + "in 50 ms");
        CHECK(received.error().maybe_done == where.maybe_done);
        CHECK(world.server.requests().size() == (where.maybe_done ? 1 : 0));
    }
}

TEST_CASE("a limit that is shortened ends the request at once, whatever phase it is in") {
    for (const auto& where : halts()) {
        INFO(where.name);
        halted_world world(where, false);
        time_limit sweep;
        time_limit limit(sweep, steady_clock::now() + 1h);
        outcome received;
        world.sender->start(world.write, limit, received);
        world.sender->loop->run_for(100ms);
        CHECK_FALSE(received.has_value());
        sweep.shorten(steady_clock::now());
        const auto shortened = steady_clock::now();
        world.sender->loop->restart();
        world.sender->loop->run();
        CHECK(steady_clock::now() - shortened < 3s);
        REQUIRE(received.has_value());
        REQUIRE_FALSE(received->has_value());
        CHECK(received->error().said == world.missing + "before the request was given up");
        CHECK(received->error().maybe_done == where.maybe_done);
    }
}

TEST_CASE("everything can be destroyed in the middle of any phase, and at once") {
    for (const auto& where : halts()) {
        INFO(where.name);
        halted_world world(where, false);
        time_limit limit;
        outcome received;
        world.sender->start(world.write, limit, received);
        world.sender->loop->run_for(50ms);
        const auto began = steady_clock::now();
        world.sender->network.reset();
        world.sender->loop.reset();
        limit.shorten(steady_clock::now());
        CHECK(steady_clock::now() - began < 3s);
        CHECK_FALSE(received.has_value());
    }
}

TEST_CASE("a write whose time is over before it is sent leaves no doubt") {
    scripted_server server({std::vector<reply>{reply(answer()), reply(answer())}});
    client sender(server.ca_file());
    const bool on_a_kept_connection = GENERATE(false, true);
    if (on_a_kept_connection)
        REQUIRE(sender.send(client::request(server.port())).has_value());
    time_limit over(steady_clock::now());
    const auto received = sender.send(client::request(server.port(), "127.0.0.1", http_method::patch), over);
    REQUIRE_FALSE(received.has_value());
    CHECK_FALSE(received.error().maybe_done);
    CHECK(server.requests().size() == (on_a_kept_connection ? 1 : 0));
}

TEST_CASE("an address that does not answer hides no other, and does not stand in the way a second time") {
    scripted_server server({std::vector<reply>{reply(answer())}, std::vector<reply>{reply(answer())}}, 0,
                           {"zone.example"});
    const silent_address silent("127.0.0.2", server.port());
    https_options options;
    options.longest.one_address = 300ms;
    options.longest_idle = 0ms;
    options.look_up = [](const std::string&) -> lookup_answer {
        return addresses{boost::asio::ip::make_address("127.0.0.2"), boost::asio::ip::make_address("127.0.0.1")};
    };
    client sender(server.ca_file(), options);
    const auto first = sender.send(client::request(server.port(), "zone.example"));
    REQUIRE(first.has_value());
    CHECK(first->times.connect >= 300ms);
    const auto second = sender.send(client::request(server.port(), "zone.example"));
    REQUIRE(second.has_value());
    CHECK(second->times.connect < 300ms);
}

TEST_CASE("a host that cannot be reached is looked up again by the next request") {
    scripted_server server({std::vector<reply>{reply(answer())}}, 0, {"zone.example"});
    https_options options;
    const auto moved = std::make_shared<std::atomic<bool>>(false);
    options.look_up = [moved](const std::string&) -> lookup_answer {
        return addresses{boost::asio::ip::make_address(*moved ? "127.0.0.1" : "127.0.0.3")};
    };
    client sender(server.ca_file(), options);
    const auto refused = sender.send(client::request(server.port(), "zone.example"));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().said ==
          "connecting to zone.example port " + std::to_string(server.port()) + ": Connection refused");
    *moved = true;
    CHECK(sender.send(client::request(server.port(), "zone.example")).has_value());
}

TEST_CASE("an answer tells how long its phases took, and a kept connection spares the first three") {
    scripted_server server(
        {std::vector<reply>{reply(answer()), reply(std::vector{std::string(header), std::string("0123456789")})}});
    client sender(server.ca_file());
    const auto first = sender.send(client::request(server.port()));
    REQUIRE(first.has_value());
    CHECK(first->times.connect > 0us);
    CHECK(first->times.handshake > 0us);
    CHECK(first->times.first_byte > 0us);
    const auto second = sender.send(client::request(server.port()));
    REQUIRE(second.has_value());
    CHECK(second->body == "0123456789");
    CHECK(second->times.resolve + second->times.connect + second->times.handshake == 0us);
    CHECK(second->times.first_byte > 0us);
}
