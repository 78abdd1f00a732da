#include "autotask/gate.hpp"

#include "tests/support/virtual_clock.hpp"

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

namespace {

namespace asio = boost::asio;
using autotask::urgency;
using namespace std::chrono_literals;

/// A gate, and visitors that stay in it for a while and tell when they came and went.
class gate_world {
public:
    void visit(std::string name, std::string entity, urgency how, std::chrono::milliseconds stay,
               bool even_when_stopping = false, bool refused = false) {
        loop_.start(visitor(std::move(name), std::move(entity), how, stay, even_when_stopping, refused));
        loop_.settle();
    }

    test_support::virtual_loop loop_;
    autotask::stop_signal stop_;
    autotask::gate gate_{loop_.executor(), loop_.time(), stop_};
    std::vector<std::string> diary_; ///< "10 a": a came in after 10 ms; "10 -a": a was turned away.
    int inside_ = 0;

    /// When the visitor came in or was turned away, or -1.
    long moment(const std::string& name) const {
        for (const auto& one : diary_)
            if (one.ends_with(' ' + name) || one.ends_with(" -" + name))
                return std::stol(one);
        return -1;
    }

private:
    asio::awaitable<void> visitor(std::string name, std::string entity, urgency how, std::chrono::milliseconds stay,
                                  bool even_when_stopping, bool refused) {
        auto slot = co_await gate_.enter(entity, how, even_when_stopping);
        diary_.push_back(std::to_string(loop_.time().elapsed().count()) + (slot ? " " : " -") + name);
        if (!slot)
            co_return;
        ++inside_;
        co_await loop_.time().sleep_for(stay, never_);
        --inside_;
        if (refused)
            slot->refused();
    }

    autotask::stop_signal never_;
};

using diary = std::vector<std::string>;

} // namespace

TEST_CASE("three requests of an entity pass at a time, and other entities are not in their way") {
    gate_world world;
    for (const auto* name : {"a", "b", "c", "d", "e"})
        world.visit(name, "Contacts", urgency::read, 10ms);
    world.visit("x", "Companies", urgency::read, 10ms);
    REQUIRE(world.loop_.finish());
    CHECK(world.diary_ == diary{"0 a", "0 b", "0 c", "0 x", "10 d", "10 e"});
    CHECK(world.gate_.highest_concurrency() == 3);
}

TEST_CASE("never more than three pass, whatever comes when") {
    gate_world world;
    for (int i = 0; i < 50; ++i) {
        world.visit(std::to_string(i), "Contacts", static_cast<urgency>(i * 7 % 3),
                    std::chrono::milliseconds(i * 5 % 11 + 1));
        world.loop_.run_for(std::chrono::milliseconds(i % 3));
        CHECK(world.inside_ <= 3);
    }
    REQUIRE(world.loop_.finish());
    CHECK(world.diary_.size() == 50);
    CHECK(world.gate_.highest_concurrency() == 3);
}

TEST_CASE("writes pass before proofs, proofs before reads, and equals in their order") {
    gate_world world;
    for (const auto* name : {"1", "2", "3"})
        world.visit(name, "ConfigurationItems", urgency::read, 10ms);
    world.visit("read1", "ConfigurationItems", urgency::read, 10ms);
    world.visit("verify1", "ConfigurationItems", urgency::verify, 10ms);
    world.visit("read2", "ConfigurationItems", urgency::read, 10ms);
    world.visit("write1", "ConfigurationItems", urgency::write, 10ms);
    world.visit("verify2", "ConfigurationItems", urgency::verify, 10ms);
    world.visit("write2", "ConfigurationItems", urgency::write, 10ms);
    REQUIRE(world.loop_.finish());
    CHECK(world.diary_ ==
          diary{"0 1", "0 2", "0 3", "10 write1", "10 write2", "10 verify1", "20 verify2", "20 read1", "20 read2"});
}

TEST_CASE("a slot that the server frees late is left empty for longer with each lesson") {
    gate_world world;
    for (const auto* name : {"a", "b", "c"})
        world.visit(name, "Contacts", urgency::read, 10ms, false, true);
    world.loop_.run_for(10ms);
    // Three refusals at once are one lesson: they were all sent before it. The rest counts from the answer.
    for (const auto* name : {"d", "e", "f"})
        world.visit(name, "Contacts", urgency::read, 10ms, false, std::string(name) == "e");
    world.visit("other", "Companies", urgency::read, 10ms);
    world.loop_.run_for(100ms);
    const auto first_lesson = world.moment("d") - 10;
    CHECK(first_lesson >= 25);
    CHECK(first_lesson <= 60);
    CHECK(world.moment("e") == world.moment("d"));
    CHECK(world.moment("f") == world.moment("d"));
    CHECK(world.moment("other") >= 10);
    world.loop_.run_for(1000ms);
    for (const auto* name : {"g", "h", "i", "j"})
        world.visit(name, "Contacts", urgency::read, 10ms);
    REQUIRE(world.loop_.finish());
    CHECK(world.moment("g") == 1110); // Rested long ago.
    CHECK(world.moment("i") == 1110);
    const auto second_lesson = world.moment("j") - 1120;
    CHECK(second_lesson > first_lesson);
    CHECK(second_lesson <= 2 * first_lesson);
}

TEST_CASE("a slot that was never used is not taken after one that has to rest") {
    gate_world world;
    world.visit("teacher", "Contacts", urgency::read, 10ms, false, true);
    world.visit("slow", "Contacts", urgency::read, 300ms);
    world.loop_.run_for(10ms);
    world.visit("fresh", "Contacts", urgency::read, 1ms);
    world.visit("rested", "Contacts", urgency::read, 1ms);
    REQUIRE(world.loop_.finish());
    CHECK(world.moment("fresh") <= world.moment("rested"));
    CHECK(world.moment("rested") >= 35);
}

TEST_CASE("the rest grows to 400 ms and no further") {
    gate_world world;
    for (int i = 0; i < 12; ++i) {
        world.visit("t", "Contacts", urgency::read, 1ms, false, true);
        world.loop_.run_for(1000ms);
    }
    for (const auto* name : {"a", "b", "c"})
        world.visit(name, "Contacts", urgency::read, 1ms);
    world.diary_.clear();
    world.visit("d", "Contacts", urgency::read, 1ms);
    const auto before = world.loop_.time().elapsed();
    REQUIRE(world.loop_.finish());
    CHECK(world.diary_ == diary{std::to_string((before + 401ms).count()) + " d"});
}

TEST_CASE("a stop turns away everybody who waits, except those who must be sent") {
    gate_world world;
    for (const auto* name : {"1", "2", "3"})
        world.visit(name, "ConfigurationItems", urgency::read, 10ms);
    world.visit("read", "ConfigurationItems", urgency::read, 10ms);
    world.visit("proof", "ConfigurationItems", urgency::verify, 10ms, true);
    world.visit("write", "ConfigurationItems", urgency::write, 10ms);
    world.stop_.request();
    world.loop_.settle();
    CHECK(world.diary_ == diary{"0 1", "0 2", "0 3", "0 -read", "0 -write"});
    world.visit("late", "ConfigurationItems", urgency::read, 10ms);
    REQUIRE(world.loop_.finish());
    CHECK(world.diary_ == diary{"0 1", "0 2", "0 3", "0 -read", "0 -write", "0 -late", "10 proof"});
}

TEST_CASE("a stop at the moment at which slots come free does not forget who must be sent") {
    gate_world world;
    auto slots = std::make_shared<std::vector<autotask::gate::slot>>();
    const auto holder = [&world, slots]() -> asio::awaitable<void> {
        for (int i = 0; i < 3; ++i) {
            auto slot = co_await world.gate_.enter("ConfigurationItems", urgency::read, false);
            slots->push_back(std::move(*slot));
        }
    };
    world.loop_.start(holder());
    world.loop_.settle();
    REQUIRE(slots->size() == 3);
    world.visit("proof", "ConfigurationItems", urgency::verify, 10ms, true);
    world.visit("write", "ConfigurationItems", urgency::write, 10ms);
    slots->clear();
    world.stop_.request();
    REQUIRE(world.loop_.finish());
    CHECK(world.diary_ == diary{"0 -write", "0 proof"});
}

TEST_CASE("a stop wakes those who leave a slot empty, and gives the slot back") {
    gate_world world;
    for (const auto* name : {"a", "b", "c"})
        world.visit(name, "Contacts", urgency::read, 10ms, false, true);
    world.loop_.run_for(10ms);
    for (const auto* name : {"d", "e", "f"})
        world.visit(name, "Contacts", urgency::read, 10ms);
    world.loop_.run_for(5ms);
    world.stop_.request();
    world.loop_.settle();
    CHECK(world.diary_ == diary{"0 a", "0 b", "0 c", "15 -d", "15 -e", "15 -f"});
    for (const auto* name : {"x", "y", "z"})
        world.visit(name, "Contacts", urgency::verify, 10ms, true);
    REQUIRE(world.loop_.finish());
    CHECK(world.diary_.size() == 9);
}

TEST_CASE("what must be sent after a stop still leaves a slot empty for as long as the server needs") {
    gate_world world;
    for (const auto* name : {"a", "b", "c"})
        world.visit(name, "Contacts", urgency::read, 10ms, false, true);
    world.loop_.run_for(10ms);
    world.stop_.request();
    world.visit("proof", "Contacts", urgency::verify, 10ms, true);
    REQUIRE(world.loop_.finish());
    CHECK(world.moment("proof") >= 35);
}
