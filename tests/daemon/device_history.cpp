#include "daemon/journal/device_history.hpp"

#include "tests/support/process.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace contactd;
using namespace std::chrono_literals;

constexpr core::wall_time now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}};

std::unique_ptr<journal_store> open(const support::temporary_directory& place) {
    auto opened = journal_store::open(place.path(), now);
    REQUIRE(opened);
    return std::move(opened->store);
}

device_outcome outcome(const std::string& instance, std::int64_t device, core::event what,
                       std::optional<core::reason> why = std::nullopt) {
    device_outcome one;
    one.instance = instance;
    one.company_id.value = 10;
    one.company = "Acme";
    one.device_id.value = device;
    one.device = "PC-" + std::to_string(device % 100);
    one.last_user = "ACME\\jane";
    one.account = "jane";
    one.what = what;
    one.why = why;
    one.rule = core::rule::local_part;
    one.contact_id = core::contact_id{70};
    one.contact_name = "Jane Doe";
    one.contact_email = "jane@acme.example";
    one.previous_contact_id = core::contact_id{5};
    return one;
}

void record(journal_store& store, std::vector<journal_entry> entries) {
    REQUIRE(store.record(entries));
}

void write(journal_store& store, std::int64_t id, std::int64_t device, core::wall_time when) {
    record(store, {intended_write{write_id{id}, "S", when, outcome("main", device, core::event::would_reassign)}});
}

void settle(journal_store& store, std::int64_t id, core::event what, bool in_doubt = false) {
    record(store, {settled_write{write_id{id}, now, what,
                                 what == core::event::failed ? std::optional(core::reason::api_error) : std::nullopt,
                                 what == core::event::failed ? "refused" : "", in_doubt}});
}

} // namespace

TEST_CASE("the history of a device is its last decision and its writes, the newest first") {
    const support::temporary_directory place;
    const auto store = open(place);
    for (std::int64_t i = 1; i <= 12; ++i) {
        write(*store, i, 1001, now + i * 1h);
        settle(*store, i, core::event::reassigned);
    }
    write(*store, 13, 1001, now + 13h);
    settle(*store, 13, core::event::failed);
    write(*store, 14, 1001, now + 14h);
    settle(*store, 14, core::event::failed, true);
    write(*store, 15, 1002, now);
    record(*store,
           {changed_decision{"S1", now, outcome("main", 1001, core::event::reassigned)},
            changed_decision{"S2", now + 1h, outcome("main", 1001, core::event::skipped, core::reason::no_match)},
            changed_decision{"S3", now + 2h, outcome("main", 1001, core::event::skipped, core::reason::no_match)},
            changed_decision{"S1", now, outcome("other", 1001, core::event::in_sync)}});

    const auto reader = journal_store::open_to_read(place.path()); // Beside the one that writes.
    REQUIRE(reader);
    const auto found = read_history(**reader, "main", core::device_id{1001});
    REQUIRE(found);
    REQUIRE(found->last);
    CHECK(found->last->what == core::event::skipped);
    CHECK(found->last->why == core::reason::no_match);
    CHECK(found->last->since == now + 1h);
    CHECK(found->last->last_user == "ACME\\jane");
    CHECK(found->all_writes == 14);
    REQUIRE(found->writes.size() == most_writes_shown);
    const auto& open_one = found->writes[0];
    CHECK(open_one.id == write_id{14});
    CHECK_FALSE(open_one.outcome);
    const auto& refused = found->writes[1];
    CHECK(refused.outcome == core::event::failed);
    CHECK(refused.why == core::reason::api_error);
    CHECK(refused.error == "refused");
    const auto& stored = found->writes[2];
    CHECK(stored.outcome == core::event::reassigned);
    CHECK(stored.sent == now + 12h);
    CHECK(stored.by == core::rule::local_part);
    CHECK(stored.contact == core::contact_id{70});
    CHECK(stored.contact_name == "Jane Doe");
    CHECK(stored.previous == core::contact_id{5});
    CHECK(stored.sweep == "S");

    const auto nothing = read_history(**reader, "main", core::device_id{4711});
    REQUIRE(nothing);
    CHECK(nothing->empty());
}

TEST_CASE("a device is found in the journal by its id or its name, in the instances that are asked for") {
    const support::temporary_directory place;
    const auto store = open(place);
    record(*store, {changed_decision{"S", now, outcome("main", 1001, core::event::in_sync)},
                    changed_decision{"S", now, outcome("main", 1101, core::event::in_sync)},
                    changed_decision{"S", now, outcome("other", 1001, core::event::in_sync)},
                    changed_decision{"S", now, outcome("main", 1002, core::event::in_sync)}});
    write(*store, 1, 1003, now); // Its decision is forgotten.
    const auto ids = [](const auto& found) {
        std::string text;
        REQUIRE(found);
        for (const auto& one : *found)
            text += one.instance + " " + std::to_string(one.id.value) + ";";
        return text;
    };
    CHECK(ids(find_recorded(*store, {"main"}, core::device_id{1001})) == "main 1001;");
    CHECK(ids(find_recorded(*store, {"main", "other"}, core::device_id{1001})) == "main 1001;other 1001;");
    CHECK(ids(find_recorded(*store, {"main"}, core::device_id{1003})) == "main 1003;");
    CHECK(ids(find_recorded(*store, {"main"}, core::device_id{9})).empty());
    CHECK(ids(find_recorded(*store, {"main"}, "pc-1")) == "main 1001;main 1101;");
    CHECK(ids(find_recorded(*store, {"main", "other"}, "PC-1")) == "main 1001;main 1101;other 1001;");
    CHECK(ids(find_recorded(*store, {"main"}, "PC")).empty());
}
