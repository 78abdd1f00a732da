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

constexpr const char* third_version = R"(
CREATE TABLE choice (               -- who chose the contact of a device last, where we ever did
    instance TEXT NOT NULL,
    device_id INTEGER NOT NULL,
    contact_id INTEGER,             -- NULL: it was taken away
    chosen_by TEXT NOT NULL,        -- contactd, human or undo
    account TEXT,                   -- who used the device then
    since INTEGER NOT NULL,         -- it was noticed
    PRIMARY KEY (instance, device_id)
) WITHOUT ROWID;
INSERT INTO choice SELECT instance, device_id, contact_id, 'contactd', account, settled FROM write WHERE id IN
    (SELECT max(id) FROM write WHERE settled IS NOT NULL AND outcome IN ('assigned', 'reassigned')
     GROUP BY instance, device_id);

CREATE TABLE streak (               -- a contact that is not assigned before it was derived for long enough
    instance TEXT NOT NULL,
    device_id INTEGER NOT NULL,
    contact_id INTEGER NOT NULL,
    sweeps INTEGER NOT NULL,        -- in a row, as far as they count
    since INTEGER NOT NULL,
    PRIMARY KEY (instance, device_id)
) WITHOUT ROWID;

CREATE TABLE person (               -- who used a device
    instance TEXT NOT NULL,
    device_id INTEGER NOT NULL,
    account TEXT NOT NULL,          -- folded, without what follows an @
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,     -- give or take a day
    PRIMARY KEY (instance, device_id, account)
) WITHOUT ROWID;

CREATE TABLE pin (                  -- a person said that the contact of the device is to be left alone
    instance TEXT NOT NULL,
    device_id INTEGER NOT NULL,
    since INTEGER NOT NULL,
    note TEXT,
    PRIMARY KEY (instance, device_id)
) WITHOUT ROWID;

CREATE TABLE held (                 -- the companies that the brake holds
    instance TEXT NOT NULL,
    company_id INTEGER NOT NULL,
    company TEXT NOT NULL,
    sweep TEXT NOT NULL,            -- the last one that held it
    since INTEGER NOT NULL,         -- these very changes are held
    would_reassign INTEGER NOT NULL,
    assigned_devices INTEGER NOT NULL,
    plan INTEGER NOT NULL,          -- a hash of the changes
    approved INTEGER,               -- when a person let exactly these changes go
    PRIMARY KEY (instance, company_id)
) WITHOUT ROWID;

CREATE TABLE held_change (          -- what they would have got
    instance TEXT NOT NULL,
    company_id INTEGER NOT NULL,
    device_id INTEGER NOT NULL,
    device TEXT NOT NULL,
    last_user TEXT,
    rule TEXT,
    contact_id INTEGER NOT NULL,
    contact_email TEXT,
    contact_name TEXT,
    previous_contact_id INTEGER,
    previous_contact_name TEXT,
    plan INTEGER NOT NULL,
    PRIMARY KEY (instance, company_id, device_id)
) WITHOUT ROWID;
)";

/// One a version, in their order. What has been released is never changed.
constexpr std::array migrations{first_version, second_version, third_version};

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

sqlite::result<bool> is_current(sqlite::database& file) {
    const auto kind = kind_of(file);
    if (!kind)
        return std::unexpected(kind.error());
    const auto version = file.integer("PRAGMA user_version");
    if (!version)
        return std::unexpected(version.error());
    return *kind == journal_kind::ours && *version == version_of_ours;
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
