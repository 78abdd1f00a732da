#include "autotask/gate.hpp"

#include "tests/support/virtual_clock.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

namespace asio = boost::asio;
using autotask::urgency;
using namespace std::chrono_literals;

/// How a visit ends.
enum class end { answered, refused, lost };

/// A gate, and visitors that stay in it for a while and tell when they came and went.
class gate_world {
public:
    /// `rest` is what the gate knows from the start.
    explicit gate_world(std::chrono::milliseconds rest = 0ms) : gate_(loop_.time(), stop_, rest) {}

    void visit(std::string name, std::string entity, urgency how, std::chrono::milliseconds stay,
               bool even_when_stopping = false, end ends = end::answered) {
        loop_.start(visitor(std::move(name), std::move(entity), how, stay, even_when_stopping, ends));
        loop_.settle();
    }

    test_support::virtual_loop loop_;
    autotask::stop_signal stop_;
    autotask::gate gate_;
    std::vector<std::string> diary_; ///< "10 a": a came in after 10 ms; "10 -a": a was turned away.
    std::map<std::string, std::size_t> slot_of_;
    int inside_ = 0;
    int most_inside_ = 0;

    /// When the visitor came in or was turned away, or -1.
    long moment(const std::string& name) const {
        for (const auto& one : diary_)
            if (one.ends_with(' ' + name) || one.ends_with(" -" + name))
                return std::stol(one);
        return -1;
    }

private:
    asio::awaitable<void> visitor(std::string name, std::string entity, urgency how, std::chrono::milliseconds stay,
                                  bool even_when_stopping, end ends) {
        auto slot = co_await gate_.enter(entity, how, even_when_stopping);
        diary_.push_back(std::to_string(loop_.time().elapsed().count()) + (slot ? " " : " -") + name);
        if (!slot)
            co_return;
        slot_of_[name] = slot->index();
        most_inside_ = std::max(most_inside_, ++inside_);
        co_await loop_.time().sleep_for(stay, never_);
        --inside_;
        if (ends == end::answered)
            slot->answered();
        if (ends == end::refused)
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
    CHECK(world.inside_ == 4);
    REQUIRE(world.loop_.finish());
    CHECK(world.diary_ == diary{"0 a", "0 b", "0 c", "0 x", "10 d", "10 e"});
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
    CHECK(world.most_inside_ == 3);
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

TEST_CASE("the slots of an entity are numbered, and nobody shares one") {
    gate_world world;
    for (const auto* name : {"a", "b", "c", "d", "e"})
        world.visit(name, "Contacts", urgency::read, 10ms);
    REQUIRE(world.loop_.finish());
    CHECK(world.slot_of_ == std::map<std::string, std::size_t>{{"a", 0}, {"b", 1}, {"c", 2}, {"d", 0}, {"e", 1}});
}

TEST_CASE("a slot that the server frees late is left empty for longer with each lesson") {
    gate_world world;
    for (const auto* name : {"a", "b", "c"})
        world.visit(name, "Contacts", urgency::read, 10ms);
    world.loop_.run_for(10ms);
    // Three refusals at once are one lesson: they were all sent before it.
    for (const auto* name : {"d", "e", "f"})
        world.visit(name, "Contacts", urgency::read, 10ms, false, end::refused);
    world.loop_.run_for(10ms);
    world.visit("g", "Contacts", urgency::read, 10ms, false, end::refused);
    world.visit("h", "Contacts", urgency::read, 10ms);
    world.loop_.run_for(1000ms);
    CHECK(world.moment("f") == 10);
    CHECK(world.moment("g") == 80);  // The rest counts from the answer.
    CHECK(world.moment("h") == 140); // Twice as much after a slot that was empty for as long as that of g.
}

TEST_CASE("while nothing is known to pass, one request tries for all entities") {
    gate_world world;
    for (const auto* name : {"a", "b", "c"})
        world.visit(name, "Contacts", urgency::read, 10ms);
    for (const auto* name : {"x", "y", "z"})
        world.visit(name, "Companies", urgency::read, 10ms);
    world.loop_.run_for(10ms);
    world.visit("refused", "Contacts", urgency::read, 10ms, false, end::refused);
    world.loop_.run_for(10ms);
    world.visit("probe", "Contacts", urgency::read, 200ms);
    world.visit("other", "Contacts", urgency::read, 10ms);
    world.visit("other entity", "Companies", urgency::read, 10ms);
    REQUIRE(world.loop_.finish());
    CHECK(world.moment("probe") == 70);
    CHECK(world.moment("other") == 270); // Now it is known.
    CHECK(world.moment("other entity") == 270);
}

TEST_CASE("a probe that ends without an answer does not keep others from trying") {
    gate_world world;
    for (const auto* name : {"a", "b", "c"})
        world.visit(name, "Contacts", urgency::read, 10ms);
    world.loop_.run_for(10ms);
    world.visit("refused", "Contacts", urgency::read, 10ms, false, end::refused);
    world.loop_.run_for(10ms);
    world.visit("lost", "Contacts", urgency::read, 100ms, false, end::lost);
    world.visit("next", "Contacts", urgency::read, 10ms);
    REQUIRE(world.loop_.finish());
    CHECK(world.moment("lost") == 70);
    CHECK(world.moment("next") == 170);
}

TEST_CASE("what an earlier gate has learned is kept, and handed on") {
    gate_world world(60ms);
    CHECK(world.gate_.rest() == 60ms);
    for (const auto* name : {"a", "b", "c", "d", "e"})
        world.visit(name, "Contacts", urgency::read, 10ms);
    REQUIRE(world.loop_.finish());
    CHECK(world.diary_ == diary{"0 a", "0 b", "0 c", "70 d", "70 e"});
    CHECK(world.gate_.rest() == 60ms);
}

TEST_CASE("once an hour one request tries whether the server has become faster") {
    gate_world world(60ms);
    for (const auto* name : {"a", "b", "c"})
        world.visit(name, "Contacts", urgency::read, 10ms);
    world.loop_.run_for(std::chrono::hours{1});
    const auto hour = world.loop_.time().elapsed().count();
    for (const auto* name : {"d", "e", "f", "probe", "g"})
        world.visit(name, "Contacts", urgency::read, 10ms);
    REQUIRE(world.loop_.finish());
    CHECK(world.moment("f") == hour);
    CHECK(world.moment("probe") == hour + 10 + 50);
    CHECK(world.gate_.rest() < 60ms);
}

TEST_CASE("whoever is more urgent overtakes one who waits for a slot to have had its rest") {
    gate_world world(60ms);
    for (const auto* name : {"a", "b", "c"})
        world.visit(name, "ConfigurationItems", urgency::read, 10ms);
    world.loop_.run_for(15ms);
    for (const auto* name : {"read1", "read2", "read3"})
        world.visit(name, "ConfigurationItems", urgency::read, 10ms);
    world.loop_.run_for(15ms);
    world.visit("write", "ConfigurationItems", urgency::write, 10ms);
    REQUIRE(world.loop_.finish());
    CHECK(world.diary_ == diary{"0 a", "0 b", "0 c", "70 write", "70 read1", "70 read2", "140 read3"});
}

TEST_CASE("a slot that was never used is not taken after one that has to rest") {
    gate_world world(60ms);
    world.visit("first", "Contacts", urgency::read, 10ms);
    world.visit("slow", "Contacts", urgency::read, 300ms);
    world.loop_.run_for(10ms);
    world.visit("fresh", "Contacts", urgency::read, 1ms);
    world.visit("rested", "Contacts", urgency::read, 1ms);
    REQUIRE(world.loop_.finish());
    CHECK(world.moment("fresh") == 10);
    CHECK(world.moment("rested") == 70);
}

TEST_CASE("more waiters than anybody could want are a bug") {
    gate_world world;
    const auto room = static_cast<int>(autotask::gate::most_waiting);
    for (int i = 0; i < 3 + room; ++i)
        world.visit(std::to_string(i), "Contacts", urgency::read, 1ms);
    bool refused = false;
    const auto one_more = [&]() -> asio::awaitable<void> {
        try {
            co_await world.gate_.enter("Contacts", urgency::read, false);
        } catch (const std::length_error&) {
            refused = true;
        }
    };
    world.loop_.start(one_more());
    world.loop_.settle();
    CHECK(refused);
    world.visit("write", "Contacts", urgency::write, 1ms); // Has its own place to wait.
    REQUIRE(world.loop_.finish());
    CHECK(world.diary_.size() == 3 + autotask::gate::most_waiting + 1);
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
    gate_world world(60ms);
    for (const auto* name : {"a", "b", "c"})
        world.visit(name, "Contacts", urgency::read, 10ms);
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
    gate_world world(60ms);
    for (const auto* name : {"a", "b", "c"})
        world.visit(name, "Contacts", urgency::read, 10ms);
    world.loop_.run_for(10ms);
    world.stop_.request();
    world.visit("proof", "Contacts", urgency::verify, 10ms, true);
    REQUIRE(world.loop_.finish());
    CHECK(world.moment("proof") == 70);
}
