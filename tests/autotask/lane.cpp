#include "autotask/lane.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <memory>

namespace {

using autotask::lane;
using autotask::late_release;
using autotask::slot_end;
using namespace std::chrono_literals;

/// A lane on a time line of milliseconds.
class lane_world {
public:
    explicit lane_world(std::chrono::milliseconds learned = 0ms) : known(learned) {}

    static lane::time_point at(int moment) { return lane::time_point{1h} + std::chrono::milliseconds(moment); }

    /// Enters the slot that can be entered first, at its earliest, and returns its index.
    std::size_t enter(int moment, bool with_probe = true) {
        const auto way_in = slots.next(known, with_probe, at(moment));
        REQUIRE(way_in);
        const auto now = std::max(at(moment), way_in->at);
        slots.enter(*way_in, known, now);
        entered = static_cast<int>((now - at(0)) / 1ms);
        return way_in->index;
    }

    bool leave(std::size_t index, slot_end how, int moment) { return slots.leave(index, how, known, at(moment)); }

    /// When somebody could enter, or -1.
    int next(int moment, bool with_probe = true) const {
        const auto way_in = slots.next(known, with_probe, at(moment));
        return way_in ? static_cast<int>((std::max(way_in->at, at(moment)) - at(0)) / 1ms) : -1;
    }

    /// All three slots are used, and answered at these moments.
    void use_all(int first, int second, int third) {
        for (int i = 0; i < 3; ++i)
            enter(0);
        leave(0, slot_end::answered, first);
        leave(1, slot_end::answered, second);
        leave(2, slot_end::answered, third);
    }

    /// A search has been opened.
    void search() { known.refused(0ms); }

    /// A search has ended with a rest of 60 ms.
    void end_search() {
        search();
        known.refused(59ms);
        known.passed(60ms, 10ms);
        REQUIRE(known.rest() == 60ms);
    }

    lane slots;
    late_release known;
    int entered = 0;
};

} // namespace

TEST_CASE("three slots can be entered at once, and a fourth is not there") {
    lane_world world;
    CHECK(world.enter(0) == 0);
    CHECK(world.enter(0) == 1);
    CHECK(world.enter(0) == 2);
    CHECK(world.next(0) == -1);
    world.leave(1, slot_end::answered, 10);
    CHECK(world.next(10) == 10);
    CHECK(world.enter(10) == 1);
}

TEST_CASE("the slot that was empty for longest comes first, and has its rest") {
    lane_world world(60ms);
    world.use_all(30, 10, 20);
    CHECK(world.next(40) == 70);
    CHECK(world.enter(40) == 1);
    CHECK(world.next(75) == 80);
    CHECK(world.enter(75) == 2);
}

TEST_CASE("a probe is tried only where its success proves something") {
    lane_world world;
    world.use_all(10, 10, 10);
    world.search();
    CHECK(world.next(20, false) == 10 + 2000); // Another probe is under way.
    CHECK(world.next(20) == 70);
    CHECK(world.next(100) == 100);
    const auto probe = world.enter(20);
    CHECK(world.entered == 70);
    CHECK(world.leave(probe, slot_end::answered, 100)); // It was one ...
    CHECK(world.known.rest() == 60ms);                  // ... and proved its gap.
    const auto rested = world.enter(100);
    CHECK(world.entered == 100); // Longer than the rest: nothing that could be refused.
    CHECK_FALSE(world.leave(rested, slot_end::answered, 110));
}

TEST_CASE("a success proves the gap of the slot that was empty for longest, not that of its own") {
    lane_world world;
    world.use_all(0, 500, 500);
    world.search();
    const auto oldest = world.enter(510);
    CHECK(oldest == 0);
    world.leave(oldest, slot_end::answered, 520);
    CHECK(world.known.rest() == 510ms);
}

TEST_CASE("a refusal proves the gap of the slot that was empty for longest to be too short") {
    lane_world world;
    world.use_all(0, 300, 300);
    world.search();
    world.leave(world.enter(310), slot_end::refused, 320);
    CHECK(world.known.learned() == 620ms); // The step after 310.
}

TEST_CASE("the server can count a slot of ours twice: with the answer before, and what is under way now") {
    // One is idle for a second; the others were answered at 900 and 910, and sent again at once.
    const auto two_under_way = [] {
        auto world = std::make_unique<lane_world>();
        world->use_all(0, 900, 910);
        world->slots.enter({1, {}}, world->known, lane_world::at(920));
        world->slots.enter({2, {}}, world->known, lane_world::at(920));
        world->search();
        world->slots.enter({0, {}}, world->known, lane_world::at(1000));
        return world;
    };
    const auto accepted = two_under_way();
    accepted->leave(0, slot_end::answered, 1050);
    CHECK(accepted->known.rest() == 90ms); // Neither answer counted any more.
    const auto refused = two_under_way();
    refused->leave(0, slot_end::refused, 1050);
    CHECK(refused->known.learned() == 180ms); // One of them did, but not the idle slot.
}

TEST_CASE("a success beside a request that was not under way after all proves less") {
    for (const auto how : {slot_end::answered, slot_end::refused, slot_end::unknown}) {
        lane_world world;
        for (int i = 0; i < 3; ++i)
            world.enter(0);
        world.leave(0, slot_end::answered, 0);
        world.leave(1, slot_end::answered, 50);
        world.search();
        CHECK(world.enter(0) == 0);
        CHECK(world.entered == 60);
        CHECK(world.enter(0) == 1);
        CHECK(world.entered == 110);
        world.leave(0, how, 120);
        world.leave(1, slot_end::answered, 130);
        // When the first one did not count, the second may have passed because of the answer at 0.
        CHECK(world.known.rest() == (how == slot_end::answered ? 60ms : 110ms));
    }
}

TEST_CASE("a request that ended without an answer excuses one refusal, which then proves nothing") {
    lane_world world(60ms);
    for (int i = 0; i < 3; ++i)
        world.enter(0);
    world.leave(0, slot_end::unknown, 100);
    CHECK(world.next(100) == 160); // The slot has its rest like others.
    CHECK(world.enter(100) == 0);
    world.leave(0, slot_end::refused, 170);
    CHECK(world.known.rest() == 60ms);
    CHECK(world.next(170) == 170 + 2000); // The server may still be busy with the first one.
    world.leave(1, slot_end::answered, 180);
    CHECK(world.enter(180) == 1);
    world.leave(1, slot_end::refused, 250);
    CHECK(world.known.rest() == late_release::longest); // A search has begun.
}

TEST_CASE("a slot that is refused before it was ever used is left to somebody else for a minute") {
    lane_world world;
    for (int i = 0; i < 3; ++i)
        world.enter(0);
    world.leave(0, slot_end::refused, 10);
    world.leave(1, slot_end::answered, 20);
    world.leave(2, slot_end::answered, 20);
    CHECK(world.known.rest() == 0ms);
    CHECK(world.enter(20) == 1);
    CHECK(world.enter(20) == 2);
    CHECK(world.next(20) == 10 + 60000);
    CHECK(world.enter(60010) == 0);
}

TEST_CASE("requests that are refused together narrow the lane by one slot, and the last one comes back soon") {
    lane_world world;
    for (int i = 0; i < 3; ++i)
        world.enter(0);
    for (std::size_t i = 0; i < 3; ++i)
        world.leave(i, slot_end::refused, 10);
    CHECK(world.enter(10) == 1);
    CHECK(world.entered == 2010);
    CHECK(world.enter(10) == 2);
    world.leave(1, slot_end::refused, 2020);
    world.leave(2, slot_end::refused, 2030);
    CHECK(world.enter(2030) == 2); // Sent together with the one in slot 1.
    CHECK(world.entered == 4030);
    for (int i = 0; i < 5; ++i) {
        const auto now = world.entered + 10;
        world.leave(2, slot_end::refused, now);
        CHECK(world.enter(now) == 2);
        CHECK(world.entered == now + 8000);
    }
}

TEST_CASE("requests that were sent before a lesson do not teach it again") {
    lane_world world;
    world.end_search();
    world.use_all(10, 10, 10);
    for (int i = 0; i < 3; ++i)
        world.enter(500);
    world.leave(0, slot_end::refused, 510);
    const auto rest = world.known.rest();
    CHECK(rest > 60ms);
    CHECK(rest < 100ms);
    world.leave(1, slot_end::refused, 510);
    world.leave(2, slot_end::refused, 510);
    CHECK(world.known.rest() == rest);
    CHECK(world.next(510) == 510 + static_cast<int>(rest.count())); // Nor are their slots left out.
}

TEST_CASE("while the rest is raised, the slot that was refused is left out for two seconds") {
    lane_world world;
    world.end_search();
    world.use_all(10, 10, 10);
    world.enter(10);
    world.enter(10);
    const auto refused = world.enter(10);
    CHECK(world.entered == 70);
    world.leave(refused, slot_end::refused, 80);
    CHECK(world.known.rest() > 60ms);
    CHECK(world.next(80) == 80 + 2000);
}

TEST_CASE("refusals that no raise ends leave a slot to somebody else, for longer and longer") {
    lane_world world;
    world.end_search();
    for (int i = 0; i < 100; ++i)
        world.known.refused(world.known.rest());
    const auto rest = world.known.rest();
    world.use_all(10, 10, 10);
    int now = 10;
    for (const int out : {2000, 4000, 8000, 16000, 32000, 60000, 60000}) {
        // All three are used, and the third is refused although it had its rest.
        world.enter(now);
        world.enter(now);
        const auto refused = world.enter(now);
        now = world.entered + 10;
        world.leave(refused, slot_end::refused, now);
        CHECK(world.next(now) == now + out);
        CHECK(world.known.rest() == rest);
        // When it comes back, it passes.
        now += out;
        for (std::size_t i = 0; i < 3; ++i)
            if (i != refused)
                world.leave(i, slot_end::answered, now);
        CHECK(world.enter(now) == refused);
        world.leave(refused, slot_end::answered, now);
    }
    // A day later nobody remembers.
    now += 24 * 3600 * 1000;
    world.enter(now);
    world.enter(now);
    world.leave(world.enter(now), slot_end::answered, now + 10);
    const auto refused = world.enter(now + 10);
    world.leave(refused, slot_end::refused, world.entered + 10);
    CHECK(world.next(world.entered + 10) == world.entered + 10 + 2000);
}

TEST_CASE("while a lane is shared, what the third slot of ours displaces is not blamed on the rest") {
    lane_world world;
    world.end_search();
    world.use_all(10, 10, 10);
    // After the longest rest a refusal is certain to be somebody else's.
    CHECK(world.enter(5000) == 0);
    world.leave(0, slot_end::refused, 5010);
    CHECK(world.enter(5010) == 1);
    CHECK(world.enter(5010) == 2);
    CHECK(world.next(5010) == 65010);
    world.leave(1, slot_end::answered, 65000);
    // It comes back, and is lucky; then another one is refused instead.
    CHECK(world.enter(65010) == 0);
    CHECK(world.enter(65010) == 1);
    CHECK(world.entered == 65060);
    world.leave(1, slot_end::refused, 65070);
    CHECK(world.known.rest() == 60ms);
    world.leave(0, slot_end::answered, 65100);
    CHECK(world.enter(65100) == 0);
    CHECK(world.next(65200) == 65070 + 60000);
}
