#include "autotask/session.hpp"

#include "tests/autotask/session_world.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace autotask_tests;
using namespace test_support;
using namespace std::chrono_literals;
using autotask::error_kind;

const char* const configured = "https://webservices3.autotask.net/ATServicesRest/";

/// The zone that knows the database, for the handler of the network.
struct two_zones {
    std::string home = first_zone;
    std::chrono::milliseconds time = 10ms;

    reply operator()(const sent_request& request) const {
        if (request.entity() == "zoneInformation")
            return {zone_answer(home), time};
        if (request.host != home)
            return {unauthorized(), time};
        return {json_answer("{}"), time};
    }
};

} // namespace

TEST_CASE("the zone is asked for without credentials, and everything else goes there with them") {
    session_world world;
    world.network.handler = two_zones{};
    REQUIRE(world.open());
    REQUIRE(world.ask_now(a_read()));
    REQUIRE(world.network.requests.size() == 2);
    const auto& zone = world.network.requests[0];
    CHECK(zone.line() ==
          "GET webservices.autotask.net/ATServicesRest/V1.0/zoneInformation?user=api%2Buser%40example.com");
    CHECK_FALSE(zone.with_credentials);
    CHECK(zone.body.empty());
    const auto& read = world.network.requests[1];
    CHECK(read.line() == "POST webservices3.autotask.net/ATServicesRest/V1.0/Contacts/query");
    CHECK(read.port == "443");
    CHECK(read.with_credentials);
    CHECK(read.secret == "s3cr3t");
    CHECK(read.body == "{}");
    CHECK(world.session->requests() == 2);
    CHECK(world.session->zone().name == "Here");
}

TEST_CASE("a configured zone is not asked for") {
    session_world world(with_zone(configured));
    world.network.handler = two_zones{};
    REQUIRE(world.open());
    CHECK(world.network.requests.empty());
    REQUIRE(world.ask_now(a_read()));
    CHECK(world.network.requests.front().host == "webservices3.autotask.net");
}

TEST_CASE("a zone that would lead the credentials to a stranger is refused") {
    session_world world;
    world.network.handler = [](const sent_request&) { return reply(zone_answer("evil-autotask.net")); };
    const auto opened = world.open();
    REQUIRE_FALSE(opened);
    CHECK(opened.error().kind == error_kind::protocol);
    CHECK(opened.error().message() ==
          "finding the zone at webservices.autotask.net failed: the answer points to evil-autotask.net, which is "
          "neither under autotask.net nor named in the configuration");
}

TEST_CASE("an unknown user is refused without a second question") {
    session_world world;
    world.network.handler = [](const sent_request&) {
        return reply(errors_answer("Zone information could not be determined"));
    };
    const auto opened = world.open();
    REQUIRE_FALSE(opened);
    CHECK(opened.error().kind == error_kind::auth);
    CHECK(world.network.requests.size() == 1);
}

TEST_CASE("a wrong secret is sent once and never again") {
    session_world world;
    world.network.handler = two_zones{"webservices9.autotask.net"}; // The zone is right for discovery only.
    world.network.script.push_back(reply(zone_answer(first_zone)));
    REQUIRE(world.open());
    const auto first = world.ask_now(a_read());
    REQUIRE_FALSE(first);
    CHECK(first.error().kind == error_kind::auth);
    CHECK(first.error().message() == "reading at webservices3.autotask.net failed: HTTP 401");
    const auto second = world.ask_now(a_read("Companies"));
    REQUIRE_FALSE(second);
    CHECK(second.error().kind == error_kind::auth);
    CHECK_FALSE(world.ask_now(a_proof()));
    CHECK(world.network.requests.size() == 2);
}

TEST_CASE("after a refusal nobody who waits at the gate is sent") {
    session_world world(with_zone(configured));
    world.network.handler = [](const sent_request&) { return reply(unauthorized(), 10ms); };
    REQUIRE(world.open());
    std::vector<std::shared_ptr<std::optional<session_world::answer>>> answers;
    for (int i = 0; i < 20; ++i)
        answers.push_back(world.start(a_read()));
    REQUIRE(world.loop.finish());
    CHECK(world.network.requests.size() == 3); // Those that were under way.
    for (const auto& one : answers) {
        REQUIRE(one->has_value());
        CHECK((*one)->error().kind == error_kind::auth);
    }
}

TEST_CASE("a secret that is revoked meanwhile costs one question for the zone, and nothing is sent while it is asked") {
    session_world world;
    bool revoked = false;
    world.network.handler = [&revoked](const sent_request& request) {
        if (request.entity() == "zoneInformation")
            return reply(zone_answer(first_zone), 1000ms);
        return revoked ? reply(unauthorized(), 10ms) : reply(json_answer("{}"), 10ms);
    };
    REQUIRE(world.open());
    REQUIRE(world.ask_now(a_read()));
    revoked = true;
    world.network.requests.clear();
    std::vector<std::shared_ptr<std::optional<session_world::answer>>> answers;
    for (int i = 0; i < 20; ++i)
        answers.push_back(world.start(a_read()));
    world.loop.run_for(500ms);
    answers.push_back(world.start(a_read("Companies")));
    REQUIRE(world.loop.finish());
    CHECK(world.network.count("zoneInformation") == 1);
    CHECK(world.network.count("Contacts") == 3);
    CHECK(world.network.count("Companies") == 0);
    for (const auto& one : answers) {
        REQUIRE(one->has_value());
        CHECK((*one)->error().kind == error_kind::auth);
    }
}

TEST_CASE("a database that moves while many calls are under way is found again with one question") {
    session_world world;
    two_zones zones;
    world.network.handler = [&zones](const sent_request& request) { return zones(request); };
    REQUIRE(world.open());
    REQUIRE(world.ask_now(a_read()));
    zones.home = second_zone;
    world.network.requests.clear();
    std::vector<std::shared_ptr<std::optional<session_world::answer>>> answers;
    for (int i = 0; i < 20; ++i)
        for (const auto* entity : {"Contacts", "ConfigurationItems", "Companies"})
            answers.push_back(world.start(a_read(entity)));
    REQUIRE(world.loop.finish());
    for (const auto& one : answers) {
        REQUIRE(one->has_value());
        CHECK((*one).value().has_value());
    }
    CHECK(world.network.count("zoneInformation") == 1);
    // Three of each entity were under way to the old zone.
    CHECK(world.network.requests.size() == 60 + 9 + 1);
    CHECK(world.session->zone().url.host == second_zone);
}

TEST_CASE("a call that was refused at the old zone is sent to the new one, writes too") {
    session_world world;
    two_zones zones;
    world.network.handler = [&zones](const sent_request& request) { return zones(request); };
    REQUIRE(world.open());
    REQUIRE(world.ask_now(a_read()));
    zones.home = second_zone;
    REQUIRE(world.ask_now(a_write()));
    CHECK(world.network.requests.back().line() ==
          "PATCH webservices4.autotask.net/ATServicesRest/V1.0/ConfigurationItems");
}

TEST_CASE("a stop while the zone is asked for again sends nothing more") {
    session_world world;
    two_zones zones;
    zones.time = 1000ms;
    world.network.handler = [&zones](const sent_request& request) { return zones(request); };
    REQUIRE(world.open());
    REQUIRE(world.ask_now(a_read()));
    zones.home = second_zone;
    world.network.requests.clear();
    const auto refused = world.start(a_read());
    world.loop.run_for(1500ms); // The question for the zone is under way.
    const auto waiting = world.start(a_read("Companies"));
    world.stop.request();
    REQUIRE(world.loop.finish());
    CHECK_FALSE(refused->value());
    CHECK(waiting->value().error().kind == error_kind::cancelled);
    CHECK(world.network.requests.size() == 2);
}

TEST_CASE("a refusal at the new zone as well is the end") {
    session_world world;
    world.network.handler = two_zones{};
    REQUIRE(world.open());
    REQUIRE(world.ask_now(a_read()));
    world.network.requests.clear();
    world.network.handler = [](const sent_request& request) {
        return request.entity() == "zoneInformation" ? reply(zone_answer(second_zone), 10ms)
                                                     : reply(unauthorized(), 10ms);
    };
    const auto refused = world.ask_now(a_read());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == error_kind::auth);
    CHECK(world.network.count("Contacts") == 2);
    CHECK_FALSE(world.ask_now(a_read()));
    CHECK(world.network.count("Contacts") == 2);
    CHECK(world.network.count("zoneInformation") == 1);
}

TEST_CASE("with a configured zone a refusal is the end, too") {
    session_world world(with_zone(configured));
    world.network.handler = two_zones{};
    REQUIRE(world.open());
    REQUIRE(world.ask_now(a_read()));
    world.network.handler = [](const sent_request&) { return reply(unauthorized()); };
    CHECK_FALSE(world.ask_now(a_read()));
    CHECK_FALSE(world.ask_now(a_read()));
    CHECK(world.network.requests.size() == 2);
}

TEST_CASE("a limit is met with patience, and the call succeeds") {
    session_world world(with_zone(configured));
    REQUIRE(world.open());
    world.network.script = {
        reply(errors_answer("The Autotask API thread threshold of 3 threads has been exceeded.", 429)),
        reply(errors_answer("Zu viele Anfragen", 429)),
        reply(html_answer(503)),
        reply(network_failure()),
        reply(json_answer("{\"ok\":1}")),
    };
    const auto answer = world.ask_now(a_read());
    REQUIRE(answer);
    CHECK(*answer == "{\"ok\":1}");
    CHECK(world.session->requests() == 5);
    CHECK(world.retries == 4);
}

TEST_CASE("the server's wish to wait is heard") {
    session_world world(with_zone(configured));
    REQUIRE(world.open());
    auto limited = errors_answer("limit", 429);
    limited.retry_after = "42";
    world.network.script = {reply(limited), reply(json_answer("{}"))};
    REQUIRE(world.ask_now(a_read()));
    CHECK(world.network.requests.back().at == 42s);
}

TEST_CASE("an outage ends everything after one patience, not after one for each call") {
    session_world world(with_zone(configured));
    REQUIRE(world.open());
    world.network.handler = [](const sent_request&) { return reply(html_answer(503)); };
    const auto first = world.ask_now(a_read());
    REQUIRE_FALSE(first);
    CHECK(first.error().kind == error_kind::network);
    const auto took = world.loop.time().elapsed();
    CHECK(took >= 120s);
    CHECK(took < 130s);
    const auto sent = world.network.requests.size();
    CHECK(sent <= 15);
    for (int i = 0; i < 20; ++i)
        CHECK_FALSE(world.ask_now(a_read()));
    CHECK_FALSE(world.ask_now(a_proof()));
    CHECK(world.network.requests.size() == sent);
    CHECK(world.loop.time().elapsed() == took);
}

TEST_CASE("many calls in an outage end together") {
    session_world world(with_zone(configured));
    REQUIRE(world.open());
    world.network.handler = [](const sent_request&) { return reply(html_answer(503), 10ms); };
    std::vector<std::shared_ptr<std::optional<session_world::answer>>> answers;
    for (int i = 0; i < 12; ++i)
        answers.push_back(world.start(a_read()));
    REQUIRE(world.loop.finish());
    for (const auto& one : answers) {
        REQUIRE(one->has_value());
        CHECK((*one)->error().kind == error_kind::network);
    }
    CHECK(world.loop.time().elapsed() < 130s);
    CHECK(world.network.requests.size() <= 20);
}

TEST_CASE("after an outage one request finds out that the server is back, and all the others follow") {
    session_world world(with_zone(configured));
    REQUIRE(world.open());
    bool down = true;
    world.network.handler = [&down](const sent_request&) {
        return down ? reply(html_answer(503), 10ms) : reply(json_answer("{}"), 10ms);
    };
    std::vector<std::shared_ptr<std::optional<session_world::answer>>> answers;
    for (int i = 0; i < 12; ++i)
        answers.push_back(world.start(a_read("Entity" + std::to_string(i))));
    world.loop.run_for(30s);
    down = false;
    const auto sent = world.network.requests.size();
    REQUIRE(world.loop.finish());
    for (const auto& one : answers)
        CHECK(one->value().has_value());
    CHECK(sent <= 20);
    CHECK(world.network.requests.size() == sent + 12);
}

TEST_CASE("one question that the server never answers costs only itself") {
    session_world world(with_zone(configured));
    REQUIRE(world.open());
    world.network.handler = [](const sent_request& request) {
        return request.entity() == "Contacts" ? reply(html_answer(504)) : reply(json_answer("{}"));
    };
    const auto unlucky = world.start(a_read());
    for (int i = 0; i < 50; ++i) {
        // Alone it may look like an outage; then whoever comes next is the next probe.
        const auto other = world.start(a_read("Companies"));
        world.loop.run_for(20s);
        REQUIRE(other->has_value());
        REQUIRE(other->value().has_value());
    }
    REQUIRE(world.loop.finish());
    CHECK(unlucky->value().error().kind == error_kind::network);
    CHECK_FALSE(world.session->ended());
}

TEST_CASE("where many questions fail, repeating them costs no more than the successes pay for") {
    session_world world(with_zone(configured));
    REQUIRE(world.open());
    int sent = 0;
    world.network.handler = [&sent](const sent_request&) {
        return ++sent % 5 != 0 ? reply(html_answer(503)) : reply(json_answer("{}"));
    };
    int calls = 0;
    for (; calls < 50; ++calls)
        world.ask_now(a_read());
    CHECK(sent <= 3 * calls + 10);
}

TEST_CASE("without patience a failure ends its own call only") {
    auto options = with_zone(configured);
    options.retry.patience = 0ms;
    session_world world(options);
    REQUIRE(world.open());
    world.network.script = {reply(html_answer(503)), reply(json_answer("{}"))};
    CHECK_FALSE(world.ask_now(a_read()));
    CHECK(world.ask_now(a_read()));
}

TEST_CASE("a write whose answer was lost is not sent again, one that certainly was not carried out is") {
    for (const auto& lost : {reply(network_failure(true)), reply(html_answer(502)), reply(html_answer(200))}) {
        session_world world(with_zone(configured));
        REQUIRE(world.open());
        world.network.script = {lost};
        const auto answer = world.ask_now(a_write());
        REQUIRE_FALSE(answer);
        CHECK(answer.error().maybe_done);
        CHECK(world.network.requests.size() == 1);
    }
    for (const auto& refused : {reply(network_failure(false)), reply(errors_answer("slow down", 429))}) {
        session_world world(with_zone(configured));
        REQUIRE(world.open());
        world.network.script = {refused, reply(json_answer("{}"))};
        CHECK(world.ask_now(a_write()));
        CHECK(world.network.requests.size() == 2);
    }
}

TEST_CASE("a refused request is asked once and says who refused it") {
    session_world world(with_zone(configured));
    REQUIRE(world.open());
    world.network.handler = [](const sent_request&) { return reply(errors_answer("No.")); };
    const auto answer = world.ask_now(a_read());
    REQUIRE_FALSE(answer);
    CHECK(answer.error().kind == error_kind::business);
    CHECK(answer.error().message() == "reading at webservices3.autotask.net failed: HTTP 500, \"No.\"");
    CHECK(world.network.requests.size() == 1);
    CHECK(world.ask_now(a_read()).error().kind == error_kind::business); // It did not end the session.
    CHECK(world.network.requests.size() == 2);
}

TEST_CASE("a redirect is not followed") {
    session_world world(with_zone(configured));
    REQUIRE(world.open());
    autotask::http_response redirect;
    redirect.status = 302;
    redirect.location = "https://evil.example/ATServicesRest/V1.0/Contacts/query";
    world.network.script = {reply(redirect)};
    CHECK(world.ask_now(a_read()).error().kind == error_kind::protocol);
    CHECK(world.network.requests.size() == 1);
}

TEST_CASE("after a stop nothing new is sent, and reads that are under way are given up") {
    session_world world(with_zone(configured));
    REQUIRE(world.open());
    world.network.handler = two_zones{};
    const auto under_way = world.start(a_read());
    std::vector<std::shared_ptr<std::optional<session_world::answer>>> waiting;
    for (int i = 0; i < 5; ++i)
        waiting.push_back(world.start(a_read()));
    world.stop.request();
    REQUIRE(world.loop.finish());
    CHECK(world.loop.time().elapsed() == 0ms);
    CHECK(under_way->value().error().kind == error_kind::cancelled);
    CHECK(waiting[2]->value().error().kind == error_kind::cancelled);
    CHECK(waiting[2]->value().error().message() == "reading failed: the sweep was stopped first");
    CHECK(world.ask_now(a_read()).error().kind == error_kind::cancelled);
    CHECK(world.network.requests.size() == 3);
    CHECK(world.ask_now(a_proof()));
    CHECK(world.network.requests.size() == 4);
}

TEST_CASE("a write that is under way when a stop comes may end, but does not hold up the end for long") {
    for (const auto& [time, done] : {std::pair{5000ms, true}, std::pair{60000ms, false}}) {
        session_world world(with_zone(configured));
        REQUIRE(world.open());
        two_zones slow;
        slow.time = time;
        world.network.handler = slow;
        const auto write = world.start(a_write());
        world.stop.request();
        REQUIRE(world.loop.finish());
        CHECK(write->value().has_value() == done);
        CHECK(world.loop.time().elapsed() == std::min(time, 20000ms));
        CHECK((done || write->value().error().maybe_done));
    }
}

TEST_CASE("a refusal is not taken for the last word while nobody can say whether the zone has moved") {
    session_world world;
    two_zones zones;
    bool unreachable = false;
    world.network.handler = [&](const sent_request& request) {
        return unreachable && request.entity() == "zoneInformation" ? reply(html_answer(503)) : zones(request);
    };
    REQUIRE(world.open());
    REQUIRE(world.ask_now(a_read()));
    zones.home = second_zone;
    unreachable = true;
    const auto answer = world.ask_now(a_read());
    CHECK(answer.error().kind == error_kind::network);
    CHECK(answer.error().message() == "the credentials are refused, and asking whether the zone has moved failed: "
                                      "HTTP 503 with text/html body");
    const auto sent = world.network.requests.size();
    CHECK_FALSE(world.ask_now(a_read("Companies")));
    CHECK(world.network.requests.size() == sent);
}

TEST_CASE("a stop ends a pause, and a read is not sent again") {
    session_world world(with_zone(configured));
    REQUIRE(world.open());
    world.network.handler = [](const sent_request&) { return reply(html_answer(503)); };
    const auto read = world.start(a_read());
    world.loop.run_for(20ms);
    world.stop.request();
    world.loop.settle();
    REQUIRE(read->has_value());
    CHECK((*read)->error().kind == error_kind::network);
    CHECK(world.network.requests.size() == 1);
    CHECK(world.loop.finish());
}

TEST_CASE("a proof is asked for again after a stop, with pauses, for seconds and not for minutes") {
    session_world world(with_zone(configured));
    REQUIRE(world.open());
    world.stop.request();
    world.network.script = {
        reply(errors_answer("The Autotask API thread threshold of 3 threads has been exceeded.", 429)),
        reply(html_answer(503)), reply(json_answer("{}"))};
    CHECK(world.ask_now(a_proof()));
    REQUIRE(world.network.requests.size() == 3);
    CHECK(world.network.requests[1].at == 1500ms);
    CHECK(world.network.requests[2].at == 2500ms);

    world.network.handler = [](const sent_request&) { return reply(html_answer(503)); };
    const auto begun = world.loop.time().elapsed();
    CHECK_FALSE(world.ask_now(a_proof()));
    CHECK(world.loop.time().elapsed() - begun < 20s);
}

TEST_CASE("a stop in the pause before a proof sends it at once") {
    session_world world(with_zone(configured));
    REQUIRE(world.open());
    auto limited = errors_answer("limit", 429);
    limited.retry_after = "60";
    world.network.script = {reply(limited), reply(html_answer(503)), reply(json_answer("{}"))};
    const auto proof = world.start(a_proof());
    world.loop.run_for(100ms);
    world.stop.request();
    REQUIRE(world.loop.finish());
    CHECK(proof->value().has_value());
    REQUIRE(world.network.requests.size() == 3);
    CHECK(world.network.requests[1].at == 100ms);
    CHECK(world.network.requests[2].at == 600ms);
}

TEST_CASE("never more than three requests of an entity are under way, repeated ones included") {
    session_world world(with_zone(configured));
    REQUIRE(world.open());
    int asked = 0;
    world.network.handler = [&asked](const sent_request&) {
        return ++asked % 3 == 0 ? reply(html_answer(503), 30ms) : reply(json_answer("{}"), 30ms);
    };
    for (int i = 0; i < 30; ++i)
        world.start(a_read(i % 2 == 0 ? "Contacts" : "Companies"));
    REQUIRE(world.loop.finish());
    CHECK(world.network.most_under_way["Contacts"] == 3);
    CHECK(world.network.most_under_way["Companies"] == 3);
}

TEST_CASE("a server that frees its slots late is soon asked without refusals") {
    session_world world(with_zone(configured));
    REQUIRE(world.open());
    // Three slots, each freed 40 ms after its answer.
    std::vector<std::chrono::milliseconds> busy_until;
    int refused = 0;
    auto& time = world.loop.time();
    world.network.handler = [&busy_until, &refused, &time](const sent_request&) {
        const auto now = time.elapsed();
        std::erase_if(busy_until, [now](auto end) { return end <= now; });
        if (busy_until.size() >= 3) {
            ++refused;
            return reply(errors_answer("The Autotask API thread threshold of 3 threads has been exceeded.", 429), 5ms);
        }
        busy_until.push_back(now + 20ms + 40ms);
        return reply(json_answer("{}"), 20ms);
    };
    std::vector<std::shared_ptr<std::optional<session_world::answer>>> answers;
    for (int i = 0; i < 300; ++i)
        answers.push_back(world.start(a_read()));
    REQUIRE(world.loop.finish());
    for (const auto& one : answers) {
        REQUIRE(one->has_value());
        CHECK((*one).value().has_value());
    }
    INFO(refused);
    CHECK(refused < 20);
}

TEST_CASE("asking for the zone in the middle of an outage is not held up by those who wait for its answer") {
    session_world world;
    two_zones zones;
    bool down = false;
    world.network.handler = [&](const sent_request& request) {
        // The server comes back at another place, and whoever could tell where is down a little longer.
        const auto back = request.entity() == "zoneInformation" ? 60s : 20s;
        return down && request.at < back ? reply(html_answer(503)) : zones(request);
    };
    REQUIRE(world.open());
    REQUIRE(world.ask_now(a_read()));
    zones.home = second_zone;
    down = true;
    std::vector<std::shared_ptr<std::optional<session_world::answer>>> answers;
    for (const char* entity : {"Contacts", "Companies", "ConfigurationItems", "Contacts"})
        answers.push_back(world.start(a_read(entity)));
    world.loop.run_for(10min);
    for (const auto& one : answers)
        CHECK((one->has_value() && (*one)->has_value()));
}
