#include "autotask/name_lookup.hpp"

#include "autotask/spawn.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

using namespace autotask;
using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace {

const auto first_address = boost::asio::ip::make_address("192.0.2.1");
const auto other_address = boost::asio::ip::make_address("2001:db8::1");

/// The system's lookup as a test wants it. The threads share its state, so it may go while they hang.
class scripted_lookup {
public:
    ~scripted_lookup() { hang(false); }

    lookup_function function() {
        return [state = state_](const std::string&) {
            std::unique_lock lock(state->guard);
            ++state->calls;
            const auto answer = state->answer;
            state->changed.wait(lock, [&] { return !state->hanging; });
            return answer;
        };
    }

    /// What lookups answer that begin from now on.
    void answer_with(lookup_answer answer) {
        const std::scoped_lock lock(state_->guard);
        state_->answer = std::move(answer);
    }

    /// Whether lookups end.
    void hang(bool hanging = true) {
        const std::scoped_lock lock(state_->guard);
        state_->hanging = hanging;
        state_->changed.notify_all();
    }

    int calls() const {
        const std::scoped_lock lock(state_->guard);
        return state_->calls;
    }

    /// A thread may begin later than whoever waits for it gives up.
    bool has_calls(int wanted) const {
        const auto end = steady_clock::now() + 20s;
        while (calls() < wanted && steady_clock::now() < end)
            std::this_thread::yield();
        return calls() == wanted;
    }

private:
    struct shared {
        std::mutex guard;
        std::condition_variable changed;
        bool hanging = false;
        int calls = 0;
        lookup_answer answer = addresses{first_address, other_address};
    };

    std::shared_ptr<shared> state_ = std::make_shared<shared>();
};

/// A loop on which names are looked up.
struct lookup_world {
    explicit lookup_world(lookup_times times = lookup_times{}) : names(system.function(), times) {}

    /// `answer` is set when the name is found or not.
    void start(std::string host, time_limit& limit, std::optional<result<addresses>>& answer) {
        const auto task = [](name_lookup& in, std::string what, time_limit& until,
                             std::optional<result<addresses>>& into) -> boost::asio::awaitable<void> {
            auto found = co_await in.find(std::move(what), until);
            into.emplace(std::move(found));
        };
        spawn(loop->get_executor(), task(names, std::move(host), limit, answer));
    }

    result<addresses> find(const std::string& host, time_limit& limit) {
        std::optional<result<addresses>> answer;
        start(host, limit, answer);
        run();
        REQUIRE(answer.has_value());
        return *answer;
    }

    result<addresses> find(const std::string& host = "zone.example") {
        time_limit limit;
        return find(host, limit);
    }

    /// Nothing where it fails.
    addresses found(const std::string& host = "zone.example") { return find(host).value_or(addresses{}); }

    /// Until nothing waits any more.
    void run() {
        loop->restart();
        loop->run();
    }

    scripted_lookup system;
    name_lookup names;
    std::unique_ptr<boost::asio::io_context> loop = std::make_unique<boost::asio::io_context>(1);
};

lookup_times times(std::chrono::milliseconds longest) {
    lookup_times made;
    made.longest = longest;
    return made;
}

} // namespace

TEST_CASE("a literal address is not looked up") {
    lookup_world world;
    for (const auto* literal : {"192.0.2.7", "2001:db8::7"})
        CHECK(world.found(literal) == addresses{boost::asio::ip::make_address(literal)});
    CHECK(world.system.calls() == 0);
}

TEST_CASE("what was found is not looked up again for five minutes, another host is") {
    CHECK(lookup_times{}.fresh_for == 5min);
    lookup_world world;
    CHECK(world.found("zone.example") == addresses{first_address, other_address});
    CHECK(world.found("zone.example") == addresses{first_address, other_address});
    CHECK(world.system.calls() == 1);
    CHECK(world.find("other.example").has_value());
    CHECK(world.system.calls() == 2);
}

TEST_CASE("calls for the same host at the same time share a lookup") {
    lookup_world world;
    time_limit limit;
    std::optional<result<addresses>> first;
    std::optional<result<addresses>> second;
    world.start("zone.example", limit, first);
    world.start("zone.example", limit, second);
    world.run();
    CHECK((first && *first && second && *second));
    CHECK(world.system.calls() == 1);
}

TEST_CASE("a name that is not found is an error of the network in the words of the system, and is asked for again") {
    lookup_world world;
    world.system.answer_with(std::unexpected("Name or service not known"));
    const auto found = world.find();
    REQUIRE_FALSE(found.has_value());
    CHECK(found.error().kind == error_kind::network);
    CHECK(found.error().said == "looking up zone.example: Name or service not known");
    CHECK_FALSE(found.error().maybe_done);
    world.system.answer_with(addresses{first_address});
    CHECK(world.found() == addresses{first_address});
}

TEST_CASE("a lookup without any address is an error") {
    lookup_world world;
    world.system.answer_with(addresses{});
    CHECK(world.find().error().said == "looking up zone.example: no address");
}

TEST_CASE("a lookup that hangs is waited for so long and no longer") {
    lookup_world world(times(20ms));
    world.system.hang();
    CHECK(world.find().error().said == "looking up zone.example: no address in 20 ms");
}

TEST_CASE("the limit of a request ends the wait for a lookup that hangs, also when it is shortened meanwhile") {
    lookup_world world;
    world.system.hang();
    SECTION("passed") {
        time_limit limit(steady_clock::now() + 30ms);
        CHECK(world.find("zone.example", limit).error().said.starts_with("looking up zone.example: no address in "));
    }
    SECTION("shortened") {
        time_limit limit;
        std::optional<result<addresses>> answer;
        world.start("zone.example", limit, answer);
        world.loop->run_for(5ms);
        CHECK_FALSE(answer.has_value());
        limit.shorten(steady_clock::now());
        world.run();
        REQUIRE(answer.has_value());
        CHECK(answer->error().said == "looking up zone.example: no address before the request was given up");
    }
}

TEST_CASE("everything can be destroyed while a lookup hangs, and the lookup ends later in peace") {
    scripted_lookup system;
    system.hang();
    std::optional<result<addresses>> answer;
    time_limit limit;
    const auto began = steady_clock::now();
    {
        lookup_world world;
        name_lookup names(system.function());
        const auto task = [&]() -> boost::asio::awaitable<void> {
            auto found = co_await names.find("zone.example", limit);
            answer.emplace(std::move(found));
        };
        spawn(world.loop->get_executor(), task());
        while (system.calls() == 0)
            world.loop->poll();
        world.loop.reset(); // With the call that waits.
    }
    CHECK(steady_clock::now() - began < 5s);
    CHECK_FALSE(answer.has_value());
    system.hang(false);
}

TEST_CASE("an answer that came too late for one call serves the next, without another lookup") {
    lookup_world world;
    world.system.hang();
    time_limit limit(steady_clock::now() + 10ms);
    CHECK_FALSE(world.find("zone.example", limit).has_value());
    world.system.hang(false);
    CHECK(world.found() == addresses{first_address, other_address});
    CHECK(world.system.calls() == 1);
}

TEST_CASE("a lookup that has hung for long is not waited for by others") {
    lookup_world world(times(20ms));
    world.system.hang();
    CHECK_FALSE(world.find().has_value());
    CHECK_FALSE(world.find().has_value());
    CHECK(world.system.has_calls(2));
}

TEST_CASE("beyond four lookups that hang the next is refused at once, until one of them ends") {
    lookup_world world(times(20ms));
    world.system.hang();
    for (const auto* host : {"a.example", "b.example", "c.example", "d.example"})
        CHECK(world.find(host).error().said == std::string("looking up ") + host + ": no address in 20 ms");
    CHECK(world.find("e.example").error().said == "looking up e.example: 4 lookups hang already");
    CHECK(world.system.has_calls(4));
    world.system.hang(false);
    const auto end = steady_clock::now() + 20s;
    while (!world.find("e.example").has_value() && steady_clock::now() < end)
        std::this_thread::yield();
    CHECK(world.found("e.example") == addresses{first_address, other_address});
}

TEST_CASE("where a new lookup fails, hangs or is refused, the old answer is used") {
    lookup_times always_again;
    always_again.fresh_for = 0ms;
    always_again.with_old_one = 20ms;
    lookup_world world(always_again);
    REQUIRE(world.find().has_value());
    SECTION("fails") {
        world.system.answer_with(std::unexpected("Temporary failure in name resolution"));
        CHECK(world.found() == addresses{first_address, other_address});
        CHECK(world.system.has_calls(2));
    }
    SECTION("hangs") {
        world.system.hang();
        CHECK(world.found() == addresses{first_address, other_address});
        CHECK(world.found() == addresses{first_address, other_address});
        CHECK(world.system.has_calls(2));
    }
    SECTION("is refused") {
        world.system.hang();
        for (const auto* host : {"a.example", "b.example", "c.example", "d.example"}) {
            time_limit limit(steady_clock::now() + 1ms);
            CHECK_FALSE(world.find(host, limit).has_value());
        }
        CHECK(world.found() == addresses{first_address, other_address});
        CHECK(world.system.has_calls(5));
    }
    SECTION("but not for a request whose time is over") {
        world.system.hang();
        time_limit limit(steady_clock::now() + 1ms);
        CHECK_FALSE(world.find("zone.example", limit).has_value());
    }
}

TEST_CASE("a new answer replaces the old one") {
    lookup_times always_again;
    always_again.fresh_for = 0ms;
    always_again.with_old_one = 20s;
    lookup_world world(always_again);
    REQUIRE(world.find().has_value());
    world.system.answer_with(addresses{other_address});
    CHECK(world.found() == addresses{other_address});
}

TEST_CASE("a host none of whose addresses can be reached is looked up again, and may then have others") {
    lookup_world world;
    REQUIRE(world.find().has_value());
    world.names.none_reached("zone.example");
    world.names.none_reached("unknown.example");
    world.system.answer_with(addresses{other_address});
    CHECK(world.found() == addresses{other_address});
    CHECK(world.found() == addresses{other_address});
    CHECK(world.system.calls() == 2);
}

TEST_CASE("the address that was reached last comes first") {
    lookup_world world;
    REQUIRE(world.find().has_value());
    world.names.reached("zone.example", other_address);
    CHECK(world.found() == addresses{other_address, first_address});
}

TEST_CASE("the families of addresses come in turns, beginning with that of the first") {
    const auto made_of = [](const std::vector<const char*>& texts) {
        addresses made;
        for (const auto* one : texts)
            made.push_back(boost::asio::ip::make_address(one));
        return made;
    };
    struct row {
        std::vector<const char*> given;
        std::vector<const char*> sorted;
    };
    const row rows[] = {
        {{}, {}},
        {{"192.0.2.1"}, {"192.0.2.1"}},
        {{"192.0.2.1", "192.0.2.2"}, {"192.0.2.1", "192.0.2.2"}},
        {{"2001:db8::1", "2001:db8::2", "2001:db8::3", "192.0.2.1"},
         {"2001:db8::1", "192.0.2.1", "2001:db8::2", "2001:db8::3"}},
        {{"192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2"},
         {"192.0.2.1", "2001:db8::1", "192.0.2.2", "2001:db8::2"}},
    };
    for (const auto& one : rows)
        CHECK(in_turns(made_of(one.given)) == made_of(one.sorted));
}

TEST_CASE("the system knows its own name for the loopback address") {
    const auto found = system_lookup()("localhost");
    REQUIRE(found.has_value());
    CHECK(std::ranges::any_of(*found, [](const auto& one) { return one.is_loopback(); }));
}
