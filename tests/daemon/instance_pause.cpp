#include "daemon/sweep/instance_pause.hpp"

#include "tests/daemon/sweep_fake.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace contactd;
using namespace std::chrono_literals;
using test_support::reply;
using test_support::sent_request;

constexpr core::wall_time noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 21} + 12h};

/// The sweeps of a daemon that sweeps every half hour, among so many, in which the instance is swept. `ends` is told
/// each of them.
template <class Ends>
std::vector<int> swept_among(int sweeps, instance_pause& pause, Ends ends) {
    std::vector<int> swept;
    for (int sweep = 1; sweep <= sweeps; ++sweep) {
        const auto now = noon + sweep * 30min;
        if (!pause.next_sweep(now).is_swept)
            continue;
        swept.push_back(sweep);
        ends(now);
    }
    return swept;
}

} // namespace

TEST_CASE("an instance without trouble is swept each time, and nothing is said of it") {
    instance_pause pause;
    for (int i = 0; i < 5; ++i) {
        const auto turn = pause.next_sweep(noon + i * 30min);
        CHECK(turn.is_swept);
        CHECK(turn.words.empty());
        pause.swept();
    }
}

TEST_CASE("an instance whose credentials were refused is left out for six hours, and said to be") {
    instance_pause pause;
    pause.next_sweep(noon);
    pause.credentials_refused(noon + 1s);
    for (const auto later : {1s, 1800s, 6 * 3600s}) {
        const auto turn = pause.next_sweep(noon + later);
        CHECK_FALSE(turn.is_swept);
        CHECK(turn.words == "is not swept before 2026-11-21T18:00:01.000Z: its credentials were refused; correct them "
                            "and reload (SIGHUP)");
    }
    auto turn = pause.next_sweep(noon + 6h + 1s);
    CHECK(turn.is_swept);
    CHECK(turn.words == "is tried again");
    pause.credentials_refused(noon + 6h + 2s);
    CHECK_FALSE(pause.next_sweep(noon + 7h).is_swept);
    CHECK(pause.next_sweep(noon + 6h).is_swept); // The clock was set back.
}

TEST_CASE("an instance without a permission is tried 2, 4, 8 sweeps apart, a day at the most") {
    instance_pause pause;
    const auto swept = swept_among(300, pause, [&pause](core::wall_time now) { pause.permission_missing(now, "no"); });
    CHECK(swept == std::vector<int>{1, 3, 7, 15, 31, 63, 111, 159, 207, 255});
}

TEST_CASE("of an instance without a permission it is said why it is left out, when it is tried again, and that it is") {
    instance_pause pause;
    pause.next_sweep(noon);
    pause.permission_missing(noon, "reading the companies failed: HTTP 403");
    CHECK(
        pause.next_sweep(noon + 30min).words ==
        "is left out of this sweep: reading the companies failed: HTTP 403; tried again in the next sweep, or after a "
        "reload (SIGHUP)");
    auto turn = pause.next_sweep(noon + 1h);
    CHECK(turn.is_swept);
    CHECK(turn.words == "is tried again");
    pause.permission_missing(noon + 1h, "reading the contacts failed: HTTP 403");
    CHECK(pause.next_sweep(noon + 90min).words ==
          "is left out of this sweep: reading the contacts failed: HTTP 403; tried again in 3 sweeps, at the latest at "
          "2026-11-22T13:00:00.000Z, or after a reload (SIGHUP)");
}

TEST_CASE("a sweep of an instance makes its next pause a short one again") {
    instance_pause pause;
    int sweeps = 0;
    const auto swept = swept_among(20, pause, [&pause, &sweeps](core::wall_time now) {
        if (++sweeps == 4)
            pause.swept();
        else
            pause.permission_missing(now, "no");
    });
    CHECK(swept == std::vector<int>{1, 3, 7, 15, 16, 18});
}

TEST_CASE("a sweep that may not read something pauses its instance once, however many requests were refused") {
    sweep_tests::sweep_world world;
    for (int company = 1; company <= 300; ++company)
        world.server().add_company(company, "Company");
    auto& pause = world.subject().pause;
    const auto now = [&world] { return world.loop.time().wall(); };
    pause.next_sweep(now());
    for (const std::string entity : {"Contacts", "Companies"}) {
        INFO(entity);
        world.server().disturb = [&entity](const sent_request& request) {
            return request.entity() == entity ? std::optional<reply>(test_support::html_answer(403)) : std::nullopt;
        };
        world.sweep();
        CHECK_FALSE(pause.next_sweep(now()).is_swept);
        CHECK(pause.next_sweep(now()).is_swept);
        world.server().disturb = nullptr;
        world.sweep();
    }
}

TEST_CASE("a missing permission to write pauses no instance: the report needs its reads") {
    sweep_tests::sweep_world world;
    world.server().add_company(1, "Company");
    world.server().add_contact(10, 1, "user@c1.test");
    for (int device = 100; device < 110; ++device)
        world.server().add_device(device, 1, "ACME\\user");
    world.server().write_fate = [](std::int64_t) { return sweep_tests::fate::forbidden; };
    world.sweep();
    CHECK(world.heard.of(100) == "failed permission_denied");
    CHECK(world.subject().pause.next_sweep(world.loop.time().wall()).is_swept);
}
