#include "daemon/memory/table_memory.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace std::chrono_literals;
using contactd::table_memory;

constexpr core::wall_time noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + 12h;
constexpr core::company_id acme{1};
constexpr core::company_id bell{2};

core::device device(std::int64_t id, std::string user, core::wall_time modified, core::company_id of = acme) {
    core::device made;
    made.id.value = id;
    made.company = of;
    made.last_user = std::move(user);
    made.modified = modified;
    return made;
}

autotask::rows<core::device> rows(std::vector<core::device> good, std::vector<autotask::bad_row> bad = {}) {
    autotask::rows<core::device> made;
    made.good = std::move(good);
    made.bad = std::move(bad);
    return made;
}

/// The devices of a few companies, swept every half hour.
core::company named(core::company_id id, const std::string& name) {
    core::company made;
    made.id = id;
    made.name = name;
    return made;
}

struct world {
    /// A sweep begins; true when it reads in part.
    bool begin() {
        ++sweep;
        now += 30min;
        memory.plan({sweep, now}, 24h);
        memory.begin(now, companies, [](const core::device& one) { return one.active && one.has_last_user; });
        return memory.in_part();
    }

    /// A sweep that reads everything of acme.
    std::optional<contactd::shortcut_turned> read_all(std::vector<core::device> all) {
        begin();
        memory.read_all();
        learn({acme}, std::move(all));
        return memory.end();
    }

    void learn(std::vector<core::company_id> of, std::vector<core::device> all) {
        memory.learn(of, rows(std::move(all)));
    }

    std::vector<std::string> users(core::company_id of) const {
        std::vector<core::device> all;
        const std::vector<core::company_id> one{of};
        memory.recall(one, all);
        std::vector<std::string> names;
        for (const auto& row : all)
            names.push_back(row.last_user);
        return names;
    }

    /// Two sweeps after which the dates are believed.
    void believe() {
        read_all({device(1, "a", now), device(2, "b", now), device(3, "c", now)});
        const auto turned = read_all({device(1, "x", now), device(2, "y", now), device(3, "z", now)});
        REQUIRE(turned);
        REQUIRE(turned->believed);
    }

    std::int64_t sweep = 0;
    core::wall_time now = noon;
    std::vector<core::company> companies{named(acme, "Acme"), named(bell, "Bell")};
    table_memory<core::device> memory;
};

using names = std::vector<std::string>;

} // namespace

TEST_CASE("nothing is remembered at first, and a sweep in part follows only on changes that left dates") {
    world one;
    CHECK_FALSE(one.begin());
    one.learn({acme}, {device(1, "a", one.now)});
    CHECK_FALSE(one.memory.end());
    CHECK_FALSE(one.begin()); // Nothing has changed, so nothing is proved.
    one.learn({acme}, {device(1, "a", one.now)});
    CHECK_FALSE(one.memory.end());
    world other;
    other.believe();
    CHECK(other.begin());
    CHECK(other.memory.recalls(acme));
    CHECK_FALSE(other.memory.recalls(bell));
    const std::vector<core::company_id> both{acme, bell};
    CHECK(other.memory.to_read(both) == std::vector{bell});
}

TEST_CASE("the moment from which changes are asked for is that of the newest row, less ten minutes") {
    world one;
    one.believe();
    const auto newest = one.now - 30min;
    REQUIRE(one.begin());
    CHECK(one.memory.since() == newest - 10min);
}

TEST_CASE("a date in the future hides nothing: the server's own time is the latest moment") {
    world one;
    one.read_all({device(1, "a", one.now), device(2, "b", one.now), device(3, "c", one.now)});
    one.read_all({device(1, "x", one.now), device(2, "y", one.now), device(3, "z", one.now + 5h)});
    const auto read_at = one.now;
    REQUIRE(one.begin());
    CHECK(one.memory.since() == read_at - 10min);
}

TEST_CASE("what was modified is taken over: changed, new and no longer wanted rows") {
    world one;
    one.believe();
    REQUIRE(one.begin());
    auto gone = device(2, "y", one.now);
    gone.active = false;
    one.memory.apply(rows({device(1, "new", one.now), gone, device(4, "d", one.now), device(9, "q", one.now, bell)}));
    CHECK(one.users(acme) == names{"new", "z", "d"});
    CHECK_FALSE(one.memory.recalls(bell)); // Of a company that is not known, a part is not enough.
    CHECK(one.memory.is_fresh(core::device_id{1}));
    CHECK_FALSE(one.memory.is_fresh(core::device_id{3}));
    CHECK_FALSE(one.memory.end());
}

TEST_CASE("a change that left no date ends the belief, with the row that shows it") {
    world one;
    one.believe();
    REQUIRE(one.begin());
    one.memory.apply(rows({}));
    CHECK_FALSE(one.memory.end());
    const auto old = noon - 48h;
    const auto turned = one.read_all({device(1, "x", old), device(2, "somebody else", old), device(3, "another", old)});
    REQUIRE(turned);
    CHECK_FALSE(turned->believed);
    CHECK(turned->missed == 2);
    CHECK(turned->missed_row == 2);
    CHECK_FALSE(one.begin());
}

TEST_CASE("a row without a date that changed is a change without a date") {
    world one;
    one.believe();
    auto bare = device(1, "somebody else", one.now);
    bare.modified.reset();
    const auto turned = one.read_all({bare, device(2, "y", one.now), device(3, "z", one.now)});
    REQUIRE(turned);
    CHECK_FALSE(turned->believed);
}

TEST_CASE("a device that was edited by people proves nothing of the RMM") {
    world one;
    one.read_all({device(1, "a", one.now), device(2, "b", one.now), device(3, "c", one.now)});
    auto edited = std::vector{device(1, "a", one.now), device(2, "b", one.now), device(3, "c", one.now)};
    for (auto& row : edited)
        row.title = "a desk";
    CHECK_FALSE(one.read_all(edited));
    CHECK_FALSE(one.begin());
}

TEST_CASE("rows that are no longer found are looked after: without a date they end the belief, unless they are gone") {
    const auto old = noon - 48h;
    struct row {
        std::vector<core::device> now;
        bool believed;
    };
    auto inactive_in_silence = device(2, "y", old);
    inactive_in_silence.active = false;
    auto inactive = device(2, "y", noon + 2h);
    inactive.active = false;
    for (const auto& each : {row{{inactive_in_silence}, false}, row{{inactive}, true}, row{{}, true},
                             row{{device(2, "y", old)}, true}}) { // It is back.
        world one;
        one.believe();
        one.begin();
        one.memory.read_all();
        one.learn({acme}, {device(1, "x", old), device(3, "z", old)});
        CHECK(one.memory.vanished() == std::vector{core::device_id{2}});
        one.memory.look_after(each.now);
        CHECK(one.memory.vanished().empty());
        CHECK(one.memory.end().has_value() == !each.believed);
    }
}

TEST_CASE("of a company with a row that cannot be read nothing is remembered; of all, where the row names none") {
    world one;
    one.believe();
    REQUIRE(one.begin());
    one.learn({bell}, {device(9, "q", one.now, bell)});
    REQUIRE(one.memory.recalls(bell));
    one.memory.apply(rows({}, {{"a device whose hostname is a number", acme}}));
    CHECK_FALSE(one.memory.recalls(acme));
    CHECK(one.memory.recalls(bell));
    one.memory.apply(rows({}, {{"a device without a company", std::nullopt}}));
    CHECK_FALSE(one.memory.recalls(bell));
    const std::vector<core::company_id> asked{acme, bell};
    auto bad = rows({device(1, "x", one.now)}, {{"a device whose hostname is a number", bell}});
    one.memory.learn(asked, bad);
    CHECK(one.memory.recalls(acme));
    CHECK_FALSE(one.memory.recalls(bell));
}

TEST_CASE("companies that a full sweep did not reach are forgotten: what changed in them is no longer asked for") {
    world one;
    one.begin();
    one.learn({acme, bell}, {device(1, "a", one.now), device(2, "b", one.now), device(9, "q", one.now, bell)});
    one.memory.end();
    one.begin();
    one.learn({acme}, {device(1, "x", one.now), device(2, "y", one.now), device(3, "z", one.now)});
    one.memory.end();
    CHECK(one.memory.companies() == std::vector{acme});
}

TEST_CASE("companies that are no longer swept are forgotten") {
    world one;
    one.believe();
    one.companies = {named(bell, "Bell")};
    one.begin();
    CHECK(one.memory.companies().empty());
}

TEST_CASE("a doubtful company is read once and compared with what was remembered") {
    world one;
    one.believe();
    REQUIRE(one.begin());
    one.memory.apply(rows({}));
    one.memory.doubt(acme);
    CHECK_FALSE(one.memory.recalls(acme));
    one.learn({acme}, {device(1, "x", noon - 48h), device(2, "other", noon - 48h), device(3, "z", noon - 48h)});
    const auto turned = one.memory.end();
    REQUIRE(turned);
    CHECK_FALSE(turned->believed);
}

TEST_CASE("what we wrote ourselves is no change of anybody's") {
    world one;
    one.believe();
    one.begin();
    one.memory.apply(rows({}));
    one.memory.wrote(acme, core::device_id{1}, [](core::device& row) { row.contact = core::contact_id{5}; });
    one.memory.end();
    std::vector<core::device> known;
    const std::vector<core::company_id> only_acme{acme};
    one.memory.recall(only_acme, known);
    CHECK(known.front().contact == core::contact_id{5});
    auto written = device(1, "x", noon - 48h); // A server that gives our write no date.
    written.contact = core::contact_id{5};
    CHECK_FALSE(one.read_all({written, device(2, "y", noon - 48h), device(3, "z", noon - 48h)}));
}

TEST_CASE("a device that lost its last user is read again until it is known how the server lists an empty text") {
    world one;
    one.believe();
    REQUIRE(one.begin());
    one.memory.apply(rows({device(2, "", one.now)}));
    CHECK_FALSE(one.memory.recalls(acme));
    one.learn({acme}, {device(1, "x", one.now), device(2, "", one.now), device(3, "z", one.now)}); // It lists it.
    one.memory.apply(rows({device(3, "", one.now)}));
    CHECK(one.users(acme) == names{"x", "", ""});
    auto none = device(3, "", one.now);
    none.has_last_user = false;
    one.memory.apply(rows({none}));
    CHECK(one.users(acme) == names{"x", ""});
}

TEST_CASE("everything is read again when the longest time without is over, whatever was proved") {
    world one;
    one.believe();
    one.memory.plan({one.sweep + 1, one.now + 30min}, 31min);
    CHECK(one.memory.in_part());
    one.memory.plan({one.sweep + 1, one.now + 30min}, 30min);
    CHECK_FALSE(one.memory.in_part());
    one.memory.plan({one.sweep + 1, one.now}, 0s);
    CHECK_FALSE(one.memory.in_part());
}

TEST_CASE("a change without a date ends the belief and is told, however many with a date are read after it") {
    world one;
    one.believe();
    one.begin();
    one.memory.read_all();
    one.learn({bell}, {});
    std::vector<core::device> all{device(1, "somebody else", noon - 48h)};
    for (std::int64_t id = 2; id < 4; ++id)
        all.push_back(device(id, "another", one.now));
    for (std::int64_t id = 100; id < 200; ++id)
        all.push_back(device(id, "new", one.now));
    one.learn({acme}, all);
    const auto turned = one.memory.end();
    REQUIRE(turned);
    CHECK_FALSE(turned->believed);
    CHECK(turned->missed == 1);
}

TEST_CASE("a change that what was modified should have brought and did not is missed, whatever its date") {
    world one;
    one.believe();
    const auto changed_at = one.now + 5min;
    REQUIRE(one.begin());
    one.memory.apply(rows({})); // The server keeps it back.
    CHECK_FALSE(one.memory.end());
    const auto turned =
        one.read_all({device(1, "somebody else", changed_at), device(2, "y", noon), device(3, "z", noon)});
    REQUIRE(turned);
    CHECK_FALSE(turned->believed);
}

TEST_CASE(
    "a contact that was set otherwise without a date is no betrayal: it is read again before anything is written") {
    world one;
    one.believe();
    auto cleared = device(1, "x", noon - 48h);
    cleared.contact = core::contact_id{9};
    CHECK_FALSE(one.read_all({cleared, device(2, "y", noon), device(3, "z", noon)}));
    one.begin();
    std::vector<core::device> known;
    const std::vector<core::company_id> only_acme{acme};
    one.memory.recall(only_acme, known);
    CHECK(known.front().contact == core::contact_id{9});
}

TEST_CASE("rows that a wrong number gave away were noticed, and betray nobody") {
    world one;
    one.believe();
    REQUIRE(one.begin());
    one.memory.apply(rows({}));
    CHECK(one.memory.count(std::vector{acme, bell}) == 3);
    one.memory.doubt_count(acme);
    one.learn({acme}, {device(1, "x", noon - 48h), device(3, "z", noon - 48h), device(4, "moved in", noon - 48h)});
    CHECK(one.memory.vanished().empty());
    CHECK_FALSE(one.memory.end());
}

TEST_CASE("that our own write left a date proves nothing of the RMM") {
    world one;
    one.begin();
    one.learn({acme}, {device(1, "a", noon), device(2, "b", noon), device(3, "c", noon)});
    for (std::int64_t id = 1; id < 4; ++id)
        one.memory.wrote(acme, core::device_id{id}, [](core::device& row) { row.contact = core::contact_id{5}; });
    one.memory.end();
    const auto written_at = one.now;
    auto all = std::vector{device(1, "x", written_at), device(2, "y", written_at), device(3, "z", written_at)};
    for (auto& row : all)
        row.contact = core::contact_id{5};
    CHECK_FALSE(one.read_all(all));
    CHECK_FALSE(one.begin());
}

TEST_CASE("after a write of which nobody knows whether it was stored, the company is read") {
    world one;
    one.believe();
    REQUIRE(one.begin());
    one.memory.apply(rows({}));
    one.memory.lost_track(acme);
    CHECK(one.memory.recalls(acme)); // In this sweep it was decided.
    one.memory.end();
    CHECK(one.memory.companies().empty());
}

TEST_CASE("a question that was not answered is not asked in the next sweeps, but everything read") {
    world one;
    one.believe();
    REQUIRE(one.begin());
    one.memory.read_all_for_a_while();
    CHECK_FALSE(one.memory.in_part());
    one.learn({acme}, {device(1, "x", noon), device(2, "y", noon), device(3, "z", noon)});
    CHECK_FALSE(one.memory.end());
    CHECK_FALSE(one.begin());
    one.learn({acme}, {device(1, "x", noon), device(2, "y", noon), device(3, "z", noon)});
    one.memory.end();
    CHECK(one.begin());
}
