#include "daemon/journal/schema.hpp"

#include <array>
#include <iterator>
#include <string>

namespace contactd {

namespace {

/// "ctd1", so that the file of another program is not taken for a journal
/// (https://sqlite.org/fileformat.html#application_id).
constexpr std::int64_t application_id = 0x63746431;

// Times are milliseconds since 1970, UTC. Events and reasons are the words of the audit log.
constexpr const char* first_version = R"(
CREATE TABLE sweep (
    id TEXT NOT NULL,
    instance TEXT NOT NULL,
    started INTEGER NOT NULL,
    finished INTEGER,               -- NULL while it runs, and for ever when it was killed
    events TEXT,                    -- {"assigned":3, ...}
    reasons TEXT,
    companies INTEGER,
    companies_not_reached INTEGER,
    requests INTEGER,
    interrupted INTEGER,
    error TEXT,
    PRIMARY KEY (id, instance)
) WITHOUT ROWID;

CREATE TABLE write (                -- every contact that was set, or was about to be
    id INTEGER PRIMARY KEY,
    sweep TEXT NOT NULL,
    instance TEXT NOT NULL,
    company_id INTEGER NOT NULL,
    company TEXT NOT NULL,
    device_id INTEGER NOT NULL,
    device TEXT NOT NULL,
    last_user TEXT,
    account TEXT,
    local_account INTEGER NOT NULL,
    rule TEXT,
    contact_id INTEGER NOT NULL,
    contact_email TEXT,
    contact_name TEXT,
    previous_contact_id INTEGER,
    previous_contact_name TEXT,
    sent INTEGER NOT NULL,          -- or about to be; the last time
    settled INTEGER,                -- NULL: nobody knows yet what became of it
    outcome TEXT,                   -- assigned, reassigned or failed
    reason TEXT,
    error TEXT
);
CREATE INDEX open_write ON write (instance, id) WHERE settled IS NULL;
CREATE INDEX write_of_device ON write (instance, device_id, id);

CREATE TABLE device (               -- the last decision of each
    instance TEXT NOT NULL,
    device_id INTEGER NOT NULL,
    company_id INTEGER NOT NULL,
    company TEXT NOT NULL,
    device TEXT NOT NULL,
    last_user TEXT,
    account TEXT,
    event TEXT NOT NULL,
    reason TEXT,
    contact_id INTEGER,             -- the one that matched
    error TEXT,
    since INTEGER NOT NULL,         -- the event and the reason are the same since then
    sweep TEXT NOT NULL,            -- the last one in which anything of this row changed
    seen INTEGER NOT NULL,          -- give or take a week
    rest INTEGER NOT NULL,          -- a hash of what is neither event nor reason
    PRIMARY KEY (instance, device_id)
) WITHOUT ROWID;
)";

constexpr const char* second_version = R"(
CREATE TABLE company (              -- as the last sweep knew it
    instance TEXT NOT NULL,
    company_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    standing TEXT NOT NULL,         -- passes (the filter), inactive, filtered or gone
    since INTEGER NOT NULL,         -- it stands like that, or is called like that
    first_seen INTEGER NOT NULL,
    old_name TEXT,                  -- what it was called before
    PRIMARY KEY (instance, company_id)
) WITHOUT ROWID;
)";

/// One a version, in their order. What has been released is never changed.
constexpr std::array migrations{first_version, second_version};

/// That of the tables that this program writes.
constexpr std::int64_t version_of_ours = std::ssize(migrations);

} // namespace

sqlite::result<journal_kind> kind_of(sqlite::database& file) {
    const auto id = file.integer("PRAGMA application_id");
    if (!id)
        return std::unexpected(id.error());
    const auto version = file.integer("PRAGMA user_version");
    if (!version)
        return std::unexpected(version.error());
    const auto tables = file.integer("SELECT count(*) FROM sqlite_schema");
    if (!tables)
        return std::unexpected(tables.error());
    if (*tables > 0 && *id != application_id)
        return journal_kind::foreign;
    return *version > version_of_ours ? journal_kind::newer : journal_kind::ours;
}

sqlite::result<void> migrate(sqlite::database& to) {
    const auto version = to.integer("PRAGMA user_version");
    if (!version)
        return std::unexpected(version.error());
    if (*version == version_of_ours)
        return {};
    sqlite::transaction all(to);
    for (auto at = static_cast<std::size_t>(*version); at < migrations.size(); ++at)
        all.script(migrations.at(at));
    all.script(("PRAGMA application_id = " + std::to_string(application_id)).c_str());
    all.script(("PRAGMA user_version = " + std::to_string(version_of_ours)).c_str());
    return all.commit();
}

} // namespace contactd
