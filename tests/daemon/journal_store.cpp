#include "daemon/journal/journal_store.hpp"

#include "tests/support/process.hpp"

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace {

using namespace contactd;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr core::wall_time now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}};

std::unique_ptr<journal_store> open(const support::temporary_directory& place) {
    auto opened = journal_store::open(place.path(), now);
    INFO((opened ? std::string() : opened.error()));
    REQUIRE(opened);
    CHECK(opened->set_aside.empty());
    return std::move(opened->store);
}

device_outcome planned(std::int64_t device, std::int64_t contact) {
    device_outcome one;
    one.instance = "main";
    one.company_id.value = 0;
    one.company = "Müller & Söhne";
    one.device_id.value = device;
    one.device = "PC-" + std::to_string(device);
    one.what = core::event::would_reassign;
    one.last_user = "ACME\\j.doe";
    one.account = "j.doe";
    one.local_account = true;
    one.rule = core::rule::local_part;
    one.contact_id = core::contact_id{contact};
    one.contact_email = "j.doe@acme.example";
    one.contact_name = "Jane Doe";
    one.previous_contact_id = core::contact_id{5};
    one.previous_contact_name = "Old Owner";
    return one;
}

intended_write intent(std::int64_t id, std::int64_t device, core::wall_time when = now) {
    return {write_id{id}, "SWEEP", when, planned(device, 100 + device)};
}

settled_write settled(std::int64_t id, core::event what = core::event::reassigned, bool in_doubt = false) {
    return {write_id{id}, now, what, std::nullopt, {}, in_doubt};
}

void record(journal_store& store, std::vector<journal_entry> entries) {
    const auto done = store.record(entries);
    INFO((done ? std::string() : done.error()));
    REQUIRE(done);
}

std::vector<std::int64_t> open_ids(journal_store& store, const std::string& instance = "main") {
    std::vector<std::int64_t> ids;
    const auto found = store.open_writes(instance);
    REQUIRE(found);
    for (const auto& one : *found)
        ids.push_back(one.id.value);
    return ids;
}

void write_file(const std::string& path, const std::string& text) {
    std::ofstream(path) << text;
}

/// Runs statements on the file behind the journal's back.
void behind_its_back(const std::string& path, const char* sql) {
    auto db = sqlite::database::open(path, sqlite::database::access::read_write);
    REQUIRE(db);
    REQUIRE((*db)->script(sql));
}

std::vector<std::string> files_beginning_with(const std::string& directory, const std::string& name) {
    std::vector<std::string> found;
    for (const auto& one : fs::directory_iterator(directory))
        if (one.path().filename().string().starts_with(name))
            found.push_back(one.path().filename().string());
    std::ranges::sort(found);
    return found;
}

} // namespace

TEST_CASE("a write that was intended is open, with everything that was known of it, until it is settled") {
    const support::temporary_directory place;
    {
        const auto store = open(place);
        record(*store, {intent(1, 1001), intent(2, 1002)});
        record(*store, {settled(2)});
    }
    const auto store = open(place); // After a crash.
    CHECK(store->first_free_id().value == 3);
    const auto found = store->open_writes("main");
    REQUIRE(found);
    REQUIRE(found->size() == 1);
    const auto& one = found->front();
    const auto& what = one.planned;
    CHECK(one.id.value == 1);
    CHECK(one.sweep == "SWEEP");
    CHECK(one.sent == now);
    CHECK_FALSE(one.told);
    CHECK(what.instance == "main");
    CHECK(what.company_id.value == 0);
    CHECK(what.company == "Müller & Söhne");
    CHECK(what.device_id.value == 1001);
    CHECK(what.device == "PC-1001");
    CHECK(what.what == core::event::would_reassign);
    CHECK(what.last_user == "ACME\\j.doe");
    CHECK(what.account == "j.doe");
    CHECK(what.local_account);
    CHECK(what.rule == core::rule::local_part);
    CHECK(what.contact_id == core::contact_id{1101});
    CHECK(what.contact_email == "j.doe@acme.example");
    CHECK(what.contact_name == "Jane Doe");
    CHECK(what.previous_contact_id == core::contact_id{5});
    CHECK(what.previous_contact_name == "Old Owner");
    CHECK(what.write == write_id{1});
    CHECK(open_ids(*store, "second").empty());
}

TEST_CASE("a write in doubt stays open, and it is known that its failure was told") {
    const support::temporary_directory place;
    const auto store = open(place);
    record(*store, {intent(1, 1001), settled(1, core::event::failed, true)});
    const auto found = store->open_writes("main");
    REQUIRE(found);
    REQUIRE(found->size() == 1);
    CHECK(found->front().told);
    record(*store, {settled(1)});
    CHECK(open_ids(*store).empty());
}

TEST_CASE("a write that is sent once more counts as sent then") {
    const support::temporary_directory place;
    const auto store = open(place);
    record(*store, {intent(1, 1001), repeated_write{write_id{1}, now + 40s}});
    CHECK(store->open_writes("main")->front().sent == now + 40s);
}

TEST_CASE("entries are recorded all or none") {
    const support::temporary_directory place;
    const auto store = open(place);
    record(*store, {intent(1, 1001)});
    const std::vector<journal_entry> twice{intent(2, 1002), intent(1, 1003)};
    const auto done = store->record(twice);
    REQUIRE_FALSE(done);
    CHECK(done.error() == "writing the journal " + place.path() + "/journal.db: UNIQUE constraint failed: write.id");
    CHECK(open_ids(*store) == std::vector<std::int64_t>{1});
    record(*store, {intent(2, 1002)}); // And goes on.
    CHECK(open_ids(*store) == std::vector<std::int64_t>{1, 2});
}

TEST_CASE("the last decision of every device is known after a restart, and since when it holds") {
    const support::temporary_directory place;
    auto skipped = planned(1001, 7);
    skipped.what = core::event::skipped;
    skipped.why = core::reason::no_match;
    {
        const auto store = open(place);
        record(*store, {changed_decision{"A", now, skipped}});
        skipped.last_user = "ACME\\other";
        record(*store, {changed_decision{"B", now + 1h, skipped}});
    }
    const auto store = open(place);
    const auto known = store->decisions();
    REQUIRE(known);
    REQUIRE(known->size() == 1);
    CHECK(known->front().instance == "main");
    CHECK(known->front().device.value == 1001);
    CHECK(known->front().what == core::event::skipped);
    CHECK(known->front().why == core::reason::no_match);
    CHECK(known->front().rest == hash_of_rest(skipped));
    CHECK(known->front().seen == now + 1h);
    auto db = sqlite::database::open(store->path(), sqlite::database::access::read_only);
    REQUIRE(db);
    CHECK((*db)->integer("SELECT since FROM device") == now.time_since_epoch().count());
    skipped.why = core::reason::ambiguous;
    record(*store, {changed_decision{"C", now + 2h, skipped}});
    CHECK((*db)->integer("SELECT since FROM device") == (now + 2h).time_since_epoch().count());
}

TEST_CASE("a sweep is recorded when it begins, and how it ended when it ends") {
    const support::temporary_directory place;
    const auto store = open(place);
    finished_instance how;
    how.instance = "main";
    how.counts.add(core::event::assigned, std::nullopt, 3);
    how.counts.add(core::event::skipped, core::reason::no_match, 2);
    how.final.requests = 17;
    how.error = "the server is gone";
    record(*store,
           {begun_sweep{"A", now, "main"}, begun_sweep{"B", now + 1h, "main"}, ended_sweep{"A", now + 1min, how}});
    auto db = sqlite::database::open(store->path(), sqlite::database::access::read_only);
    REQUIRE(db);
    std::vector<std::string> rows;
    REQUIRE((*db)->each("SELECT id, finished - started, requests, reasons, error FROM sweep ORDER BY id", {},
                        [&rows](const sqlite::row& one) {
                            rows.push_back(one.text(0) + ' ' + one.text(1) + ' ' + one.text(2) + ' ' + one.text(3) +
                                           ' ' + one.text(4));
                        }));
    CHECK(rows == std::vector<std::string>{R"(A 60000 17 {"no_match":2} the server is gone)", "B    "});
}

TEST_CASE("what is old is forgotten, but never an open write or the last contact that was set on a device") {
    const support::temporary_directory place;
    const auto store = open(place);
    std::vector<journal_entry> entries{begun_sweep{"OLD", now - 100h, "main"}, begun_sweep{"NEW", now, "main"}};
    for (std::int64_t id = 1; id <= 5; ++id)
        entries.emplace_back(intent(id, 1001, now - 100h));
    entries.emplace_back(settled(1));
    entries.emplace_back(settled(2));
    entries.emplace_back(settled(3, core::event::failed));
    entries.emplace_back(settled(5, core::event::failed));
    auto gone = planned(2000, 1);
    gone.what = core::event::in_sync;
    entries.emplace_back(changed_decision{"OLD", now - 400h, gone}); // Known to a week.
    record(*store, entries);
    while (*store->forget_some(now - 50h)) {
    }
    auto db = sqlite::database::open(store->path(), sqlite::database::access::read_only);
    REQUIRE(db);
    std::string left;
    REQUIRE(
        (*db)->each("SELECT id FROM write ORDER BY id", {}, [&left](const sqlite::row& one) { left += one.text(0); }));
    CHECK(left == "24");
    CHECK((*db)->integer("SELECT count(*) FROM device") == 0);
    CHECK((*db)->integer("SELECT count(*) FROM sweep") == 1);
}

TEST_CASE("forgetting goes on in steps until nothing old is left") {
    const support::temporary_directory place;
    const auto store = open(place);
    std::vector<journal_entry> entries;
    for (int i = 0; i < 4500; ++i)
        entries.emplace_back(begun_sweep{"S" + std::to_string(i), now - 100h, "main"});
    record(*store, entries);
    int steps = 1;
    while (*store->forget_some(now))
        ++steps;
    CHECK(steps == 3);
    auto db = sqlite::database::open(store->path(), sqlite::database::access::read_only);
    CHECK((*db)->integer("SELECT count(*) FROM sweep") == 0);
}

TEST_CASE("a file that is damaged, newer or of another program is set aside and never deleted") {
    struct row {
        const char* what;
        std::function<void(const std::string&)> spoil;
        const char* name;
        std::string words;
    };
    const row table[] = {
        {"text", [](const std::string& path) { write_file(path, "this is not a database, but long enough to be one"); },
         "journal.db.damaged-20261124T000000.000Z", " is damaged (file is not a database)"},
        {"torn pages",
         [](const std::string& path) {
             journal_store::open(fs::path(path).parent_path(), now);
             const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
             const std::string rubbish(8192, 'x');
             CHECK(::pwrite(file, rubbish.data(), rubbish.size(), 4096) == 8192);
             ::close(file);
         },
         "journal.db.damaged-20261124T000000.000Z", " is damaged ("},
        {"newer",
         [](const std::string& path) {
             journal_store::open(fs::path(path).parent_path(), now);
             behind_its_back(path, "PRAGMA user_version = 99");
         },
         "journal.db.newer-20261124T000000.000Z", " was written by a newer version of contactd"},
        {"foreign", [](const std::string& path) { behind_its_back(path, "CREATE TABLE mail (id INTEGER)"); },
         "journal.db.foreign-20261124T000000.000Z", " is the file of another program"},
    };
    for (const auto& one : table) {
        INFO(one.what);
        const support::temporary_directory place;
        const auto path = place.path() + "/journal.db";
        one.spoil(path);
        const auto spoilt = support::read_file(path);
        const auto opened = journal_store::open(place.path(), now);
        REQUIRE(opened);
        CHECK(opened->set_aside.starts_with("the journal " + path + one.words));
        CHECK(opened->set_aside.ends_with("it is now " + place.path() + '/' + one.name +
                                          ", and a new one was begun, which does not know what contactd has written so "
                                          "far, nor what people chose and pinned"));
        CHECK(support::read_file(place.path() + '/' + one.name) == spoilt);
        record(*opened->store, {intent(1, 1001)});
        CHECK(open_ids(*opened->store) == std::vector<std::int64_t>{1});
    }
}

TEST_CASE("an empty file is a journal that was about to be made") {
    const support::temporary_directory place;
    write_file(place.path() + "/journal.db", "");
    record(*open(place), {intent(1, 1001)});
}

TEST_CASE("a journal that cannot be opened is an error that says what to do") {
    const auto opened = journal_store::open("/proc/nowhere", now);
    REQUIRE_FALSE(opened);
    CHECK(opened.error() == "opening the journal /proc/nowhere/journal.db: No such file or directory; set "
                            "daemon.state_dir to a directory that can be written");
}

TEST_CASE("the journal names people, so it is not readable for everybody") {
    const support::temporary_directory place;
    const auto store = open(place);
    record(*store, {intent(1, 1001)});
    for (const auto& name : files_beginning_with(place.path(), "journal.db")) {
        struct stat info {};
        REQUIRE(::stat((place.path() + '/' + name).c_str(), &info) == 0);
        INFO(name);
        CHECK((info.st_mode & 07) == 0);
    }
}

TEST_CASE("another process can look into the journal while it is written, and cannot write") {
    const support::temporary_directory place;
    const auto store = open(place);
    record(*store, {intent(1, 1001)});
    const auto reading = journal_store::open_to_read(place.path());
    REQUIRE(reading);
    CHECK(open_ids(**reading) == std::vector<std::int64_t>{1});
    const std::vector<journal_entry> more{intent(2, 1002)};
    CHECK_FALSE((*reading)->record(more));
    record(*store, {intent(2, 1002)});
    CHECK(open_ids(**reading) == std::vector<std::int64_t>{1, 2});
}
