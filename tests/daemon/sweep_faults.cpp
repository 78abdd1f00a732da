#include "tests/daemon/sweep_fake.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <random>
#include <set>

namespace {

using namespace sweep_tests;
using namespace std::chrono_literals;
using test_support::reply;
using test_support::sent_request;

/// What the network does to a share of all requests; the same for the same seed.
class bad_day {
public:
    explicit bad_day(unsigned seed) : random_(seed), evil_(seed % 5) {}

    std::optional<reply> disturb(const sent_request&) {
        const auto after = std::chrono::milliseconds(roll(200));
        if (roll(100) >= evil_ * 6)
            return std::nullopt;
        switch (roll(6)) {
        case 0:
            return reply(test_support::html_answer(503), after);
        case 1:
            return reply(test_support::errors_answer("The thread threshold of 3 threads has been exceeded.", 429),
                         after);
        case 2:
            return reply(test_support::network_failure(false), after);
        case 3:
            return reply(test_support::html_answer(200), after);
        case 4:
            return reply(test_support::errors_answer("Something is wrong."), after);
        default:
            return reply(test_support::json_answer("{\"items\":[{\"id\":"), after);
        }
    }

    fate of_a_write() {
        static constexpr std::array<fate, 5> bad{fate::pretended, fate::lost_but_stored, fate::lost, fate::refused,
                                                 fate::forbidden};
        return roll(100) < evil_ * 8 ? bad[roll(bad.size())] : fate::stored;
    }

    std::chrono::milliseconds time() { return std::chrono::milliseconds(1 + roll(300)); }

    unsigned roll(std::size_t below) { return static_cast<unsigned>(random_() % below); }

private:
    std::mt19937 random_;
    unsigned evil_;
};

} // namespace

TEST_CASE("whatever the network does, a sweep ends, says of every device once what became of it, and says the truth") {
    for (unsigned seed = 1; seed <= 300; ++seed) {
        INFO(seed);
        bad_day day(seed);
        sweep_world world;
        const int companies = 1 + static_cast<int>(day.roll(60));
        for (int company = 1; company <= companies; ++company) {
            world.server().add_company(company, "Company " + std::to_string(company));
            world.server().add_contact(company * 1000, company, "user@c.test");
            const int devices = static_cast<int>(day.roll(12));
            for (int i = 0; i < devices; ++i)
                world.server().add_device(company * 1000 + i, company, i % 4 == 3 ? "" : "ACME\\user");
        }
        world.server().disturb = [&day](const sent_request& request) { return day.disturb(request); };
        world.server().write_fate = [&day](std::int64_t) { return day.of_a_write(); };
        world.server().time_of = [&day](const sent_request&) { return day.time(); };
        const bool stopped = day.roll(3) == 0;
        const auto stop_at = std::chrono::milliseconds(day.roll(5000));
        if (stopped)
            world.meanwhile = [&world, stop_at] {
                world.loop.run_for(stop_at);
                world.stop.request();
            };
        world.sweep();

        std::set<std::int64_t> told;
        for (const auto& one : world.heard.devices) {
            CHECK(told.insert(one.device_id.value).second);
            const auto stored = world.server().contact_of(one.device_id.value);
            if (one.what == core::event::assigned)
                CHECK(stored == one.contact_id->value);
            if (one.why == core::reason::not_stored || one.why == core::reason::permission_denied ||
                one.why == core::reason::cancelled)
                CHECK(stored == 0);
            CHECK((one.what != core::event::failed || !one.error.empty()));
        }
        for (const auto& [entity, most] : world.network().most_under_way)
            CHECK(most <= 3);
        REQUIRE(world.heard.instances.size() == 1);
        const auto& end = world.heard.instances.front();
        CHECK(end.final.requests == static_cast<std::int64_t>(world.network().requests.size()));
        CHECK(end.final.companies_done == static_cast<std::int64_t>(world.heard.companies.size()));
        CHECK(end.final.companies_done + end.companies_not_reached == end.final.companies);
        if (end.companies_not_reached > 0 && !stopped)
            CHECK_FALSE(world.heard.troubles.empty());
        CHECK(world.log.lines.size() >= 2);
    }
}
