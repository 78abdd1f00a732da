#include "daemon/journal/journal_store.hpp"

#include "daemon/journal/columns.hpp"
#include "daemon/journal/read_past.hpp"
#include "daemon/journal/record_entry.hpp"
#include "daemon/private_file.hpp"
#include "daemon/timestamp.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace contactd {

namespace {

/// How many rows one call of forget_some() may delete of each table: it holds up what waits behind it.
constexpr std::int64_t rows_to_forget = 2000;

std::string sentence(const std::string& doing, const std::string& path, const sqlite::failure& why) {
    return doing + " the journal " + path + ": " + why.words;
}

open_write open_write_of(const sqlite::row& from) {
    open_write one;
    auto& what = one.planned;
    one.id.value = from.integer(0);
    one.sweep = from.text(1);
    what.instance = from.text(2);
    what.company_id.value = from.integer(3);
    what.company = from.text(4);
    what.device_id.value = from.integer(5);
    what.device = from.text(6);
    what.last_user = from.text(7);
    what.account = from.text(8);
    what.local_account = from.integer(9) != 0;
    what.rule = core::parse_rule(from.text(10));
    what.contact_id = core::contact_id{from.integer(11)};
    what.contact_email = from.text(12);
    what.contact_name = from.text(13);
    if (const auto previous = from.optional_integer(14))
        what.previous_contact_id = core::contact_id{*previous};
    what.previous_contact_name = from.text(15);
    one.sent = moment(from.integer(16));
    one.told = !from.is_null(17);
    what.what = what.previous_contact_id ? core::event::would_reassign : core::event::would_assign;
    what.write = one.id;
    return one;
}

last_decision last_decision_of(const sqlite::row& from) {
    last_decision one;
    one.instance = from.text(0);
    one.device.value = from.integer(1);
    one.what = named<core::event>(from.text(2), core::event_count).value_or(core::event::in_sync);
    one.why = named<core::reason>(from.text(3), core::reason_count);
    one.rest = static_cast<std::uint64_t>(from.integer(4));
    one.seen = moment(from.integer(5));
    return one;
}

/// "journal.db" with its companions out of the way, under a name that says why and when. The new name, or nothing with
/// errno set.
std::optional<std::string> set_aside(const std::string& path, std::string_view why, core::wall_time now) {
    auto stamp = timestamp(now);
    std::erase_if(stamp, [](char c) { return c == ':' || c == '-'; });
    const auto to = path + '.' + std::string(why) + '-' + stamp;
    for (const char* companion : {"-wal", "-shm"}) // They belong to the file, and would spoil the next one.
        (void)::rename((path + companion).c_str(), (to + companion).c_str());
    if (::rename(path.c_str(), to.c_str()) != 0)
        return std::nullopt;
    return to;
}

/// Not readable for everybody: it names people. SQLite gives its companions the same mode and owner.
bool create_private(const std::string& path) {
    const int made = open_private(path, O_RDWR | O_NOFOLLOW);
    if (made < 0)
        return false;
    ::close(made);
    return true;
}

} // namespace

journal_store::journal_store(std::string path, std::unique_ptr<sqlite::database> file)
    : path_(std::move(path)), file_(std::move(file)) {}

/// `kind` is set as soon as it is known.
sqlite::result<std::unique_ptr<journal_store>> journal_store::try_open(const std::string& path, journal_kind& kind) {
    auto file = sqlite::database::open(path, sqlite::database::access::read_write);
    if (!file)
        return std::unexpected(file.error());
    auto& db = **file;
    const auto known = kind_of(db);
    if (!known)
        return std::unexpected(known.error());
    kind = *known;
    if (kind != journal_kind::ours)
        return std::unexpected(sqlite::failure{0, "it is not a journal of this program"});
    // A commit has to survive a power cut: a write must not leave before its intent is on the disk.
    for (const char* setting :
         {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA journal_size_limit = 4194304"})
        if (auto done = db.script(setting); !done)
            return std::unexpected(done.error());
    std::string found;
    if (auto done = db.each("PRAGMA quick_check(1)", {}, [&found](const sqlite::row& one) { found = one.text(0); });
        !done)
        return std::unexpected(done.error());
    if (found != "ok")
        return std::unexpected(sqlite::damaged(found));
    if (auto done = migrate(db); !done)
        return std::unexpected(done.error());
    const auto last = db.integer("SELECT coalesce(max(id), 0) FROM write");
    if (!last)
        return std::unexpected(last.error());
    std::unique_ptr<journal_store> made(new journal_store(path, std::move(*file)));
    made->first_free_id_.value = *last + 1;
    return made;
}

std::expected<journal_store::opened, std::string> journal_store::open(const std::string& directory,
                                                                      core::wall_time now) {
    const auto path = directory + "/journal.db";
    if (!create_private(path))
        return std::unexpected("opening the journal " + path + ": " + std::strerror(errno) +
                               "; set daemon.state_dir to a directory that can be written");
    auto kind = journal_kind::ours;
    auto made = try_open(path, kind);
    if (made)
        return opened{std::move(*made), {}};
    const bool is_damaged = kind == journal_kind::ours && made.error().damage();
    if (kind == journal_kind::ours && !is_damaged)
        return std::unexpected(sentence("opening", path, made.error()));

    const char* const why = is_damaged ? "damaged" : kind == journal_kind::newer ? "newer" : "foreign";
    const auto to = set_aside(path, why, now);
    if (!to)
        return std::unexpected("setting the " + std::string(why) + " journal " + path +
                               " aside: " + std::strerror(errno));
    std::string told = "the journal " + path;
    if (is_damaged)
        told += " is damaged (" + made.error().words + ")";
    else if (kind == journal_kind::newer)
        told += " was written by a newer version of contactd";
    else
        told += " is the file of another program";
    told += "; it is now " + *to +
            ", and a new one was begun, which does not know what contactd has written so far, nor what people chose "
            "and pinned";
    if (!create_private(path))
        return std::unexpected("opening the journal " + path + ": " + std::strerror(errno));
    made = try_open(path, kind);
    if (!made)
        return std::unexpected(sentence("opening", path, made.error()));
    return opened{std::move(*made), std::move(told)};
}

std::expected<std::unique_ptr<journal_store>, std::string> journal_store::open_to_read(const std::string& directory) {
    const auto path = directory + "/journal.db";
    auto file = sqlite::database::open(path, sqlite::database::access::read_only);
    if (!file)
        return std::unexpected(sentence("reading", path, file.error()));
    const auto kind = kind_of(**file);
    if (!kind)
        return std::unexpected(sentence("reading", path, kind.error()));
    if (*kind != journal_kind::ours)
        return std::unexpected("reading the journal " + path + ": it is not a journal of this version of contactd");
    return std::unique_ptr<journal_store>(new journal_store(path, std::move(*file)));
}

std::expected<void, std::string> journal_store::record(std::span<const journal_entry> entries) {
    sqlite::transaction all(*file_);
    for (const auto& one : entries)
        record_entry(all, one);
    if (auto done = all.commit(); !done)
        return std::unexpected(sentence("writing", path_, done.error()));
    return {};
}

std::expected<std::vector<open_write>, std::string> journal_store::open_writes(const std::string& instance) {
    std::vector<open_write> found;
    const auto done = file_->each(
        "SELECT id, sweep, instance, company_id, company, device_id, device, last_user, account, local_account, rule, "
        "contact_id, contact_email, contact_name, previous_contact_id, previous_contact_name, sent, outcome "
        "FROM write WHERE settled IS NULL AND instance = ? ORDER BY id",
        {instance}, [&found](const sqlite::row& one) { found.push_back(open_write_of(one)); });
    if (!done)
        return std::unexpected(sentence("reading", path_, done.error()));
    return found;
}

std::expected<std::map<std::string, std::int64_t>, std::string> journal_store::open_by_instance() {
    std::map<std::string, std::int64_t> found;
    const auto done = file_->each("SELECT instance, count(*) FROM write WHERE settled IS NULL GROUP BY instance", {},
                                  [&found](const sqlite::row& one) { found[one.text(0)] = one.integer(1); });
    if (!done)
        return std::unexpected(sentence("reading", path_, done.error()));
    return found;
}

std::expected<std::vector<last_decision>, std::string> journal_store::decisions() {
    std::vector<last_decision> found;
    const auto done = file_->each("SELECT instance, device_id, event, reason, rest, seen FROM device", {},
                                  [&found](const sqlite::row& one) { found.push_back(last_decision_of(one)); });
    if (!done)
        return std::unexpected(sentence("reading", path_, done.error()));
    return found;
}

std::expected<std::vector<core::seen_company>, std::string>
journal_store::known_companies(const std::string& instance) {
    std::vector<core::seen_company> found;
    const auto done =
        file_->each("SELECT company_id, name, standing FROM company WHERE instance = ?", {instance},
                    [&found](const sqlite::row& one) {
                        auto& known = found.emplace_back();
                        known.id.value = one.integer(0);
                        known.name = one.text(1);
                        known.how =
                            named<core::standing>(one.text(2), core::standing_count).value_or(core::standing::passes);
                    });
    if (!done)
        return std::unexpected(sentence("reading", path_, done.error()));
    return found;
}

std::expected<instance_past, std::string> journal_store::past(const std::string& instance,
                                                              core::wall_time people_since) {
    auto found = read_past(*file_, instance, people_since);
    if (!found)
        return std::unexpected(sentence("reading", path_, found.error()));
    return std::move(*found);
}

std::expected<instance_past, std::string> read_past_of(const std::string& directory, const std::string& instance,
                                                       core::wall_time people_since) {
    if (::access((directory + "/journal.db").c_str(), F_OK) != 0 && errno == ENOENT)
        return instance_past{};
    auto store = journal_store::open_to_read(directory);
    if (!store)
        return std::unexpected(std::move(store.error()));
    return (*store)->past(instance, people_since);
}

std::expected<bool, std::string> journal_store::forget_some(core::wall_time before) {
    struct chore {
        const char* sql;
        core::wall_time before;
    };
    const chore chores[] = {
        {"DELETE FROM sweep WHERE (id, instance) IN (SELECT id, instance FROM sweep WHERE started < ? LIMIT ?)",
         before},
        {"DELETE FROM device WHERE (instance, device_id) IN "
         "(SELECT instance, device_id FROM device WHERE seen < ? LIMIT ?)",
         before - seen_precision},
        {"DELETE FROM person WHERE (instance, device_id, account) IN "
         "(SELECT instance, device_id, account FROM person WHERE last_seen < ? LIMIT ?)",
         before},
        {"DELETE FROM write WHERE id IN (SELECT id FROM write AS old WHERE sent < ? AND settled IS NOT NULL AND "
         "(outcome = 'failed' OR EXISTS (SELECT 1 FROM write AS later WHERE later.instance = old.instance AND "
         "later.device_id = old.device_id AND later.id > old.id AND later.outcome IN ('assigned', 'reassigned'))) "
         "LIMIT ?)",
         before},
    };
    std::int64_t forgotten = 0;
    for (const auto& one : chores) {
        const auto gone = file_->run(one.sql, {millis(one.before), rows_to_forget});
        if (!gone)
            return std::unexpected(sentence("tidying up", path_, gone.error()));
        forgotten = std::max(forgotten, *gone);
    }
    return forgotten == rows_to_forget;
}

} // namespace contactd
