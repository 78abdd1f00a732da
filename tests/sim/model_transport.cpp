#include "tests/support/model_transport.hpp"

#include "tests/sandbox/model/admin.hpp"
#include "tests/sandbox/model/world.hpp"
#include "tests/support/scripted_transport.hpp"
#include "tests/support/virtual_clock.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <optional>

// What the client sees of the model: every answer and every lack of one, to the millisecond.

namespace {

using namespace std::chrono_literals;
using autotask::error_kind;
using autotask::http_method;
using std::chrono::milliseconds;
using test_support::weather;

constexpr std::int64_t device = 40001;
constexpr const char* clear_contact = R"({"id":40001,"contactID":null})";

struct seen {
    autotask::result<autotask::http_response> answer;
    milliseconds took{};
};

/// Sends one request and waits for what comes of it.
seen send(test_support::virtual_loop& loop, autotask::transport& network, const autotask::http_request& request,
          milliseconds limit, std::function<void(autotask::time_limit&)> meanwhile = nullptr) {
    seen outcome;
    autotask::time_limit until(loop.time().now() + limit);
    const auto begun = loop.time().elapsed();
    const auto task = [&]() -> boost::asio::awaitable<void> {
        outcome.answer = co_await network.send(request, until);
        outcome.took = loop.time().elapsed() - begun;
    };
    loop.start(task());
    if (meanwhile)
        meanwhile(until);
    REQUIRE(loop.finish());
    return outcome;
}

/// A client of a small world, 20 ms from here; the model adds 30 ms.
struct client {
    client() {
        world->options().latency = 30ms;
        network.round_trip = 20ms;
        const sandbox::credentials right;
        login.username = right.username;
        login.secret = autotask::secret(right.secret);
        login.tracking_identifier = right.tracking_identifier;
        REQUIRE(has_contact());
    }

    autotask::http_request request(http_method method, const std::string& path, std::string body = std::string()) {
        autotask::http_request made;
        made.method = method;
        made.host = "zone1.sandbox.invalid";
        made.port = "443";
        made.target = "/ATServicesRest/V1.0/" + path;
        made.body = std::move(body);
        made.login = &login;
        return made;
    }

    seen get(const std::string& path, milliseconds limit = 90s) {
        return send(loop, network, request(http_method::get, path), limit);
    }
    seen patch(milliseconds limit = 90s) {
        return send(loop, network, request(http_method::patch, "ConfigurationItems", clear_contact), limit);
    }

    void fault(const char* text) {
        const auto rule = sandbox::parse_fault(boost::json::parse(text).as_object());
        INFO((rule ? std::string() : rule.error()));
        REQUIRE(rule.has_value());
        world->faults().add(*rule);
    }

    bool has_contact() const {
        return !sandbox::cell(world->tenant(), sandbox::entity::configuration_items, device, "contactID").is_null();
    }

    std::unique_ptr<sandbox::autotask> world = sandbox::make_world({{1, 3, 30}, {}});
    autotask::credentials login;
    test_support::virtual_loop loop;
    test_support::model_transport network{loop.time(), *world};
};

} // namespace

TEST_CASE("an answer comes after the round trip and the latency of the model, with everything the client reads of it") {
    client one;
    one.world->options().retry_after = sandbox::retry_after_style::seconds;
    const auto good = one.get("Companies/0");
    REQUIRE(good.answer.has_value());
    CHECK(good.took == 50ms);
    CHECK(good.answer->status == 200);
    CHECK(good.answer->content_type == "application/json; charset=utf-8");
    CHECK(good.answer->body.starts_with("{\"item\":{\"id\":0,"));
    CHECK(good.answer->date == "Sat, 21 Nov 2026 00:00:00 GMT");
    CHECK(good.answer->retry_after.empty());
    CHECK(good.answer->times.first_byte == 50ms);

    one.loop.run_for(10min);
    one.network.server_ahead = -90s;
    one.fault(R"({"kind":"thread_limit","count":1})");
    const auto busy = one.get("Companies/0");
    REQUIRE(busy.answer.has_value());
    CHECK(busy.answer->status == 429);
    CHECK(busy.answer->retry_after == "60");
    CHECK(busy.answer->date == "Sat, 21 Nov 2026 00:08:30 GMT");

    one.world->options().date_header = false;
    CHECK(one.get("Companies/0").answer->date.empty());
}

TEST_CASE("what the model plays is what a client of the HTTPS server would see, and whether a write was stored") {
    struct row {
        const char* fault;
        unsigned status;  ///< 0: a network error.
        const char* what; ///< How the body begins, or the error ends.
        milliseconds took;
        bool stored;
    };
    static constexpr auto nothing = "no answer in time";
    const row rows[] = {
        {"", 200, R"({"itemId":40001})", 50ms, true},
        {R"({"kind":"reset_before"})", 0, "Connection reset by peer", 50ms, false},
        {R"({"kind":"reset_after"})", 0, "Connection reset by peer", 50ms, true},
        {R"({"kind":"stall","wait":"10s"})", 0, "end of stream", 10050ms, false},
        {R"({"kind":"stall","wait":"5m","applied":true})", 0, nothing, 90s, true},
        {R"({"kind":"truncate"})", 0, "partial message", 50ms, true},
        {R"({"kind":"truncate","bytes":16})", 200, R"({"itemId":40001})", 50ms, true},
        {R"({"kind":"malformed"})", 200, R"({"items":[{"id":1,,)", 50ms, true},
        {R"({"kind":"html","status":502})", 502, "<!DOCTYPE html>", 50ms, false},
        {R"({"kind":"html","applied":true})", 503, "<!DOCTYPE html>", 50ms, true},
        {R"({"kind":"maintenance"})", 200, "<!DOCTYPE html>", 50ms, false},
        {R"({"kind":"empty"})", 503, "", 50ms, false},
        {R"({"kind":"error","text":"No."})", 500, R"({"errors":["No."]})", 50ms, false},
        {R"({"kind":"delay","wait":"3s"})", 200, R"({"itemId":40001})", 3050ms, true},
        {R"({"kind":"delay","wait":"2m"})", 0, nothing, 90s, false},
        {R"({"kind":"not_stored"})", 200, R"({"itemId":40001})", 50ms, false},
    };
    for (const auto& each : rows) {
        INFO(each.fault);
        client one;
        if (*each.fault != '\0')
            one.fault(each.fault);
        const auto got = one.patch();
        CHECK(got.took == each.took);
        CHECK(one.has_contact() != each.stored);
        CHECK(got.answer.has_value() == (each.status != 0));
        if (got.answer) {
            CHECK(got.answer->status == each.status);
            CHECK(got.answer->body.starts_with(each.what));
        } else {
            CHECK(got.answer.error().kind == error_kind::network);
            CHECK(got.answer.error().maybe_done);
            CHECK(got.answer.error().said ==
                  std::string("waiting for the answer of zone1.sandbox.invalid: ") + each.what);
        }
        // Whatever happened, the threads are free again in the end.
        one.world->faults().clear();
        one.loop.run_for(3min);
        for (int i = 0; i < 3; ++i)
            CHECK(one.get("ConfigurationItems/40001").answer->status == 200);
    }
}

TEST_CASE("a question that is lost is not said to have done anything") {
    for (const char* fault : {R"({"kind":"reset_after"})", R"({"kind":"truncate"})", R"({"kind":"stall"})"}) {
        INFO(fault);
        client one;
        one.fault(fault);
        const auto got = one.get("Companies/0");
        REQUIRE_FALSE(got.answer.has_value());
        CHECK_FALSE(got.answer.error().maybe_done);
    }
}

TEST_CASE("a redirect is delivered, not followed") {
    client one;
    one.fault(R"({"kind":"redirect","location":"https://elsewhere.example/"})");
    const auto got = one.get("Companies/0");
    REQUIRE(got.answer.has_value());
    CHECK(got.answer->status == 307);
    CHECK(got.answer->location == "https://elsewhere.example/");
}

TEST_CASE(
    "a limit ends the wait to the millisecond, also one that is shortened meanwhile, as the scripted network does") {
    struct row {
        milliseconds answer;
        milliseconds limit;
        std::optional<milliseconds> shorten_after;
        milliseconds shorten_to;
        milliseconds took;
        bool answered;
    };
    const row rows[] = {{10s, 90s, {}, 0ms, 10s, true},        {10s, 10s, {}, 0ms, 10s, true},
                        {10s, 9999ms, {}, 0ms, 9999ms, false}, {10s, 90s, 1s, 5s, 5s, false},
                        {10s, 90s, 1s, 10s, 10s, true},        {10s, 90s, 1s, 0s, 1s, false},
                        {10s, 5s, 1s, 90s, 5s, false},         {0ms, 0ms, {}, 0ms, 0ms, true}};
    for (const auto& each : rows) {
        INFO(each.answer.count() << " ms, limit " << each.limit.count() << " ms, to " << each.shorten_to.count());
        for (const bool scripted : {false, true}) {
            INFO((scripted ? "scripted" : "model"));
            client one;
            one.network.round_trip = 0ms;
            one.world->options().latency = each.answer;
            test_support::scripted_transport script(one.loop.time());
            script.script.emplace_back(test_support::json_answer("{}"), each.answer);
            autotask::transport& used = scripted ? static_cast<autotask::transport&>(script) : one.network;
            const auto begun = one.loop.time().now();
            const auto shorten = [&](autotask::time_limit& limit) {
                if (!each.shorten_after)
                    return;
                one.loop.run_for(*each.shorten_after);
                limit.shorten(begun + each.shorten_to);
            };
            const auto got = send(one.loop, used, one.request(http_method::get, "Companies/0"), each.limit, shorten);
            CHECK(got.answer.has_value() == each.answered);
            CHECK(got.took == each.took);
        }
    }
}

TEST_CASE("a write that its sender gives up is carried out by the server all the same") {
    client one;
    one.fault(R"({"kind":"delay","wait":"2m"})");
    const auto got = one.patch(1s);
    REQUIRE_FALSE(got.answer.has_value());
    CHECK(got.answer.error().maybe_done);
    one.loop.run_for(118s);
    CHECK(one.has_contact());
    one.loop.run_for(2s);
    CHECK_FALSE(one.has_contact());
}

TEST_CASE("a request that is given up keeps its thread until the server has done with it") {
    client one;
    one.world->options().thread_limit = 1;
    one.fault(R"({"kind":"delay","wait":"10s","count":1})");
    CHECK_FALSE(one.get("Companies/0", 1s).answer.has_value());
    CHECK(one.get("Companies/0").answer->status == 429);
    one.loop.run_for(10s);
    CHECK(one.get("Companies/0").answer->status == 200);
}

TEST_CASE("bad weather: refused at once and surely not done, or silent until the limit and perhaps done") {
    client one;
    one.network.turn(weather::refused);
    const auto refused = one.patch();
    REQUIRE_FALSE(refused.answer.has_value());
    CHECK(refused.took == 0ms);
    CHECK(refused.answer.error().kind == error_kind::network);
    CHECK_FALSE(refused.answer.error().maybe_done);
    CHECK(refused.answer.error().said == "connecting to zone1.sandbox.invalid port 443: Connection refused");

    one.network.turn(weather::silent);
    const auto silent = one.patch(30s);
    REQUIRE_FALSE(silent.answer.has_value());
    CHECK(silent.took == 30s);
    CHECK(silent.answer.error().kind == error_kind::network);
    CHECK(silent.answer.error().maybe_done);
    CHECK_FALSE(one.get("Companies/0", 30s).answer.error().maybe_done);
    CHECK(one.world->counts().requests == 0);

    one.network.turn(weather::fine);
    CHECK(one.patch().answer->status == 200);
}

TEST_CASE("an outage that begins while the server works loses the answer, not the write") {
    for (const auto what : {weather::refused, weather::silent}) {
        client one;
        one.network.turn(what, 25ms);
        const auto got = one.patch();
        REQUIRE_FALSE(got.answer.has_value());
        CHECK(got.answer.error().maybe_done);
        CHECK(got.took == (what == weather::silent ? milliseconds(90s) : 50ms));
        CHECK_FALSE(one.has_contact());
    }
}

TEST_CASE("the weather turns at the virtual times it was told, in whatever order it was told them") {
    client one;
    one.network.turn(weather::fine, 3min);
    one.network.turn(weather::refused, 1min);
    one.network.turn(weather::silent, 2min);
    std::string came;
    for (int i = 0; i < 8; ++i) {
        const auto got = one.get("Companies/0", 10s);
        came += got.answer ? 'f' : got.took == 0ms ? 'r' : 's';
        one.loop.run_for(30s - got.took);
    }
    CHECK(came == "ffrrssff");
}

TEST_CASE("the host of a request decides the zone; a host of no zone does not exist") {
    client one;
    CHECK(one.get("Companies/0").answer->status == 200);
    auto request = one.request(http_method::get, "Companies/0");
    request.host = "zone2.sandbox.invalid";
    CHECK(send(one.loop, one.network, request, 90s).answer->status == 401); // the tenant does not live there
    CHECK(one.world->counts().with_secret.at(1) == 1);
    one.world->zone_at(1).url = "https://[::1]:4443/ATServicesRest/";
    request.host = "::1";
    request.port = "4443";
    CHECK(send(one.loop, one.network, request, 90s).answer->status == 401);
    for (const auto& [host, port] : {std::pair{"zone1.sandbox.invalid", "4443"}, {"sandbox.invalid", "443"}}) {
        request.host = host;
        request.port = port;
        const auto got = send(one.loop, one.network, request, 90s);
        REQUIRE_FALSE(got.answer.has_value());
        CHECK(got.answer.error().kind == error_kind::network);
        CHECK_FALSE(got.answer.error().maybe_done);
    }
}

TEST_CASE("a request without a login carries no secret, and somebody who listens sees every request") {
    client one;
    std::vector<std::string> targets;
    one.network.on_send = [&targets](const autotask::http_request& sent) { targets.push_back(sent.target); };
    auto request = one.request(http_method::get, "zoneInformation?user=api-user%40sandbox.example");
    request.login = nullptr;
    CHECK(send(one.loop, one.network, request, 90s).answer->status == 200);
    CHECK(one.world->counts().with_secret.empty());
    CHECK(targets == std::vector<std::string>{request.target});
}
