#include "tests/support/model_transport.hpp"
#include "tests/support/sweep_world.hpp"

#include "tests/sandbox/model/faults.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <functional>

// What an outage costs, and what others leave of the hour: in virtual time, sweep after sweep as the daemon makes them.

namespace {

using namespace std::chrono_literals;
using test_support::sweep_world;
using test_support::swept;
using test_support::weather;

const std::string brake_off = "[policy]\nbrake_percent = 100\n" + std::string(test_support::one_instance);

/// The kinds of outage, as something that begins and ends it.
struct outage {
    const char* name;
    const char* fault; ///< Of the sandbox; null is a network that falls silent.

    void begin(sweep_world& world) const {
        if (fault)
            world.model().faults().add(sandbox::parse_fault(boost::json::parse(fault).as_object()).value());
        else
            world.network().turn(weather::silent);
    }

    void end(sweep_world& world) const {
        if (fault)
            world.model().faults().clear();
        else
            world.network().turn(weather::fine);
    }
};

constexpr outage outages[] = {
    {"503", R"({"kind":"html","status":503})"},
    {"a maintenance page", R"({"kind":"maintenance"})"},
    {"resets", R"({"kind":"reset"})"},
    {"resets after the write was stored", R"({"kind":"reset_after"})"},
    {"silence", nullptr},
};

bool is_complete(const swept& one) {
    return one.report.status() == contactd::exit_status::done && one.report.not_reached == 0;
}

} // namespace

TEST_CASE("an outage of ten minutes costs at most thirty requests, and the first sweep after it is complete") {
    for (const auto& kind : outages)
        for (const std::chrono::minutes every : {1min, 5min, 30min}) {
            INFO(kind.name << ", every " << every.count() << " min");
            sweep_world undisturbed({1, 40, 1'200}, brake_off);
            const auto usual = undisturbed.sweep();
            sweep_world world({1, 40, 1'200}, brake_off);
            const auto begins = usual.took / 2; // In the middle of the writes of the first sweep.
            std::int64_t before = 0;
            bool over = false;
            world.in(begins, [&] {
                before = world.model().counts().requests;
                kind.begin(world);
            });
            world.in(begins + 10min, [&] {
                kind.end(world);
                over = true;
            });
            std::int64_t spent = 0;
            while (!over) {
                const auto one = world.sweep();
                spent += one.report.total.requests;
                if (one.took < every)
                    world.pass(every - one.took);
            }
            CHECK(spent - before <= 30);
            CHECK(spent - before >= 5);
            const auto after = world.sweep();
            CHECK(is_complete(after));
            world.pass(every);
            const auto last = world.sweep();
            CHECK(is_complete(last));
            CHECK(last.counts.writes_stored == 0);
        }
}

TEST_CASE(
    "with 5,000 requests of others an hour and a share of a half next to none are sent, until the window drains") {
    sweep_world world({1, 40, 1'200}, brake_off);
    world.control("POST", "/window/add", R"({"requests":5000})");
    std::int64_t in_the_first_two_hours = -1;
    // The others go on for two hours, as many in each minute.
    for (int minute = 0; minute < 120; ++minute)
        world.in(std::chrono::minutes{minute},
                 [&world] { world.control("POST", "/window/add", R"({"requests":84})"); });
    world.in(119min, [&] { in_the_first_two_hours = world.model().counts().requests; });
    const auto one = world.sweep();
    CHECK(in_the_first_two_hours >= 12); // It looks whether the window has drained ...
    CHECK(in_the_first_two_hours <= 40); // ... and for nothing else.
    CHECK(is_complete(one));
    CHECK(one.took >= 2h);
    CHECK(one.took <= 2h + 15min); // Of 5,000 in an hour, 84 drain in each minute.
    CHECK(one.counts.threshold_refusals == 0);
}

TEST_CASE("more writes than an hour has room for stay below the step at which everybody gets slower") {
    sweep_world world({1, 40, 1'200}, "[policy]\nbrake_percent = 100\n" + std::string(test_support::one_instance) +
                                          "hourly_share = 0.9\n");
    world.model().options().request_threshold = 160;
    std::int64_t highest = 0;
    for (int second = 0; second < 10'000; ++second)
        world.in(std::chrono::seconds{second},
                 [&] { highest = std::max(highest, world.model().tenant().window.count(world.now())); });
    const auto one = world.sweep();
    CHECK(is_complete(one));
    CHECK(one.report.changes.size() > 100);
    CHECK(one.took > 1h);
    CHECK(highest < 80);
    CHECK(highest >= 60);
}

TEST_CASE("a sweep that runs out of its share has written what it read before it reads more") {
    sweep_world world({1, 400, 8'000}, brake_off);
    world.model().options().request_threshold = 600;
    world.in(50min, [&world] { world.stop(); });
    const auto one = world.sweep();
    CHECK(one.report.status() == contactd::exit_status::failed);
    CHECK(one.report.changes.size() > 200);
    CHECK(one.report.not_reached > 200);
    CHECK(one.report.total.companies_done > 20);
}
