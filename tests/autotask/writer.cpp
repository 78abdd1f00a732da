#include "autotask/writer.hpp"

#include "tests/autotask/session_world.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace autotask_tests;
using namespace test_support;
using autotask::error_kind;

/// What becomes of one write when the network answers like this.
autotask::result<void> written(session_world& world, reply answer) {
    if (!world.open())
        throw std::logic_error("a configured zone needs no opening");
    world.network.script = {std::move(answer)};
    autotask::writer writer(*world.session);
    constexpr core::device_id device{4711};
    constexpr core::contact_id contact{9007199254740993};
    autotask::result<void> done;
    const autotask::precondition at_once;
    const auto task = [&]() -> boost::asio::awaitable<void> {
        done = co_await writer.set_contact(device, contact, at_once);
    };
    world.loop.start(task());
    if (!world.loop.finish())
        throw std::logic_error("the write never ends");
    return done;
}

autotask::session_options options() {
    return with_zone("https://webservices3.autotask.net/ATServicesRest/");
}

} // namespace

TEST_CASE("a write is a PATCH of id and contact, and of nothing else") {
    session_world world(options());
    REQUIRE(written(world, reply(json_answer(R"({"itemId":4711})"))));
    REQUIRE(world.network.requests.size() == 1);
    CHECK(world.network.requests[0].line() == "PATCH webservices3.autotask.net/ATServicesRest/V1.0/ConfigurationItems");
    CHECK(world.network.requests[0].body == R"({"id":4711,"contactID":9007199254740993})");
}

TEST_CASE("the server may name the item as a text") {
    session_world world(options());
    CHECK(written(world, reply(json_answer(R"({"itemId":"4711"})"))));
}

TEST_CASE("a success that does not name the item leaves the write in doubt") {
    for (const auto* body : {"{}", R"({"itemId":4712})", R"({"itemId":null})", "[]", "4711"}) {
        INFO(body);
        session_world world(options());
        const auto done = written(world, reply(json_answer(body)));
        REQUIRE_FALSE(done);
        CHECK(done.error().kind == error_kind::protocol);
        CHECK(done.error().maybe_done);
        CHECK(done.error().message() ==
              "assigning contact 9007199254740993 to configuration item 4711 at webservices3.autotask.net failed: the "
              "answer does not name the item that was written");
        CHECK(world.network.requests.size() == 1);
    }
}

TEST_CASE("a refused write is refused with the server's words") {
    session_world world(options());
    const auto done = written(
        world,
        reply(json_answer(R"({"errors":["Reference value on field: contactID of type: Contact does not exist or )"
                          R"(is invalid.","Error updating entity for record number [1]."]})",
                          500)));
    REQUIRE_FALSE(done);
    CHECK(done.error().kind == error_kind::business);
    CHECK_FALSE(done.error().maybe_done);
    CHECK(
        done.error().message() ==
        "assigning contact 9007199254740993 to configuration item 4711 at webservices3.autotask.net failed: HTTP 500, "
        "\"Reference value on field: contactID of type: Contact does not exist or is invalid. Error updating entity "
        "for record number [1].\"");
}
