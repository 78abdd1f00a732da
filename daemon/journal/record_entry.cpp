#include "daemon/journal/record_entry.hpp"

#include "daemon/audit/audit_line.hpp"
#include "daemon/journal/columns.hpp"

#include <boost/json/serialize.hpp>

namespace contactd {

namespace {

void add(sqlite::transaction& to, const intended_write& one) {
    const auto& what = one.planned;
    const auto rule = what.rule ? core::to_string(*what.rule) : std::string_view();
    to.run("INSERT INTO write (id, sweep, instance, company_id, company, device_id, device, last_user, account, "
           "local_account, rule, contact_id, contact_email, contact_name, previous_contact_id, previous_contact_name, "
           "sent) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
           {one.id.value, one.sweep, what.instance, what.company_id.value, what.company, what.device_id.value,
            what.device, sqlite::or_null(what.last_user), sqlite::or_null(what.account),
            std::int64_t{what.local_account}, sqlite::or_null(rule), what.contact_id.value().value,
            sqlite::or_null(what.contact_email), sqlite::or_null(what.contact_name),
            id_or_null(what.previous_contact_id), sqlite::or_null(what.previous_contact_name), millis(one.when)});
}

void add(sqlite::transaction& to, const repeated_write& one) {
    to.run("UPDATE write SET sent = ? WHERE id = ?", {millis(one.when), one.id.value});
}

/// A write in doubt keeps what was told of it, and stays open.
void add(sqlite::transaction& to, const settled_write& one) {
    const auto settled = one.in_doubt ? sqlite::value(nullptr) : sqlite::value(millis(one.when));
    const bool failed = one.what == core::event::failed;
    // What a failure was put down to first is nearer to its cause than what is found out later.
    to.run(failed ? "UPDATE write SET settled = ?, outcome = ?, reason = coalesce(reason, ?), "
                    "error = coalesce(error, ?) WHERE id = ?"
                  : "UPDATE write SET settled = ?, outcome = ?, reason = ?, error = ? WHERE id = ?",
           {settled, core::to_string(one.what), name_of(one.why), sqlite::or_null(one.error), one.id.value});
    if (one.in_doubt || failed)
        return;
    // What a person let go is let go once.
    to.run("DELETE FROM held_change WHERE (instance, company_id, device_id) IN (SELECT instance, company_id, device_id "
           "FROM write WHERE id = ?)",
           {one.id.value});
    to.run("INSERT OR REPLACE INTO choice SELECT instance, device_id, contact_id, 'contactd', account, ? FROM write "
           "WHERE id = ?",
           {millis(one.when), one.id.value});
    to.run("DELETE FROM streak WHERE (instance, device_id) IN (SELECT instance, device_id FROM write WHERE id = ?)",
           {one.id.value});
}

void add(sqlite::transaction& to, const changed_decision& one) {
    const auto& what = one.what;
    const auto when = millis(one.when);
    to.run("INSERT INTO device (instance, device_id, company_id, company, device, last_user, account, event, reason, "
           "contact_id, error, since, sweep, seen, rest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
           "ON CONFLICT (instance, device_id) DO UPDATE SET company_id = excluded.company_id, "
           "company = excluded.company, device = excluded.device, last_user = excluded.last_user, "
           "account = excluded.account, "
           "since = iif(event = excluded.event AND reason IS excluded.reason, since, excluded.since), "
           "event = excluded.event, reason = excluded.reason, contact_id = excluded.contact_id, "
           "error = excluded.error, sweep = excluded.sweep, seen = excluded.seen, rest = excluded.rest",
           {what.instance, what.device_id.value, what.company_id.value, what.company, what.device,
            sqlite::or_null(what.last_user), sqlite::or_null(what.account), core::to_string(what.what),
            name_of(what.why), id_or_null(what.contact_id), sqlite::or_null(what.error), when, one.sweep, when,
            static_cast<std::int64_t>(hash_of_rest(what))});
}

void add(sqlite::transaction& to, const begun_sweep& one) {
    to.run("INSERT OR REPLACE INTO sweep (id, instance, started) VALUES (?, ?, ?)",
           {one.sweep, one.instance, millis(one.when)});
}

void add(sqlite::transaction& to, const ended_sweep& one) {
    const auto& how = one.how;
    const auto events = boost::json::serialize(events_object(how.counts));
    const auto reasons = boost::json::serialize(reasons_object(how.counts));
    to.run("UPDATE sweep SET finished = ?, events = ?, reasons = ?, companies = ?, companies_not_reached = ?, "
           "requests = ?, interrupted = ?, error = ? WHERE id = ? AND instance = ?",
           {millis(one.when), events, reasons, how.final.companies_done, how.companies_not_reached, how.final.requests,
            std::int64_t{how.interrupted}, sqlite::or_null(how.error), one.sweep, how.instance});
}

void add(sqlite::transaction& to, const seen_companies& seen) {
    const auto when = millis(seen.when);
    for (const auto& one : seen.what.changes) {
        const auto& change = one.change;
        to.run("INSERT INTO company (instance, company_id, name, standing, since, first_seen, old_name) "
               "VALUES (?, ?, ?, ?, ?, ?, ?) "
               "ON CONFLICT (instance, company_id) DO UPDATE SET name = excluded.name, standing = excluded.standing, "
               "since = excluded.since, old_name = coalesce(excluded.old_name, old_name)",
               {seen.what.instance, change.id.value, change.name, core::to_string(change.how), when, when,
                sqlite::or_null(change.old_name)});
    }
}

void add(sqlite::transaction& to, const learned_devices& learned) {
    const std::string_view instance = learned.instance;
    for (const auto& one : learned.news) {
        if (const auto& choice = one.choice)
            to.run("INSERT OR REPLACE INTO choice VALUES (?, ?, ?, ?, ?, ?)",
                   {instance, one.device.value, id_or_null(choice->contact), core::to_string(choice->by),
                    sqlite::or_null(choice->person), millis(choice->since)});
        if (one.streak && *one.streak)
            to.run("INSERT OR REPLACE INTO streak VALUES (?, ?, ?, ?, ?)",
                   {instance, one.device.value, (*one.streak)->contact.value, (*one.streak)->sweeps,
                    millis((*one.streak)->since)});
        else if (one.streak)
            to.run("DELETE FROM streak WHERE instance = ? AND device_id = ?", {instance, one.device.value});
        if (!one.person.empty())
            to.run("INSERT INTO person VALUES (?, ?, ?, ?, ?) ON CONFLICT (instance, device_id, account) DO UPDATE SET "
                   "last_seen = excluded.last_seen",
                   {instance, one.device.value, one.person, millis(learned.when), millis(learned.when)});
    }
}

/// The same for the same changes.
std::int64_t plan_hash(const held_company& what) {
    std::uint64_t hash = 0;
    for (const auto& one : what.changes)
        for (const auto part : {one.device_id.value, one.contact_id ? one.contact_id->value : -1,
                                one.previous_contact_id ? one.previous_contact_id->value : -1})
            hash = (hash ^ static_cast<std::uint64_t>(part)) * 0x9E3779B97F4A7C15U + (hash >> 29U);
    return static_cast<std::int64_t>(hash);
}

void add(sqlite::transaction& to, const held_plan& one) {
    const auto& what = one.what;
    const std::string_view instance = what.instance;
    const auto plan = plan_hash(what);
    to.run("INSERT INTO held VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL) ON CONFLICT (instance, company_id) DO UPDATE SET "
           "company = excluded.company, sweep = excluded.sweep, "
           "since = iif(plan = excluded.plan, since, excluded.since), would_reassign = excluded.would_reassign, "
           "assigned_devices = excluded.assigned_devices, approved = iif(plan = excluded.plan, approved, NULL), "
           "plan = excluded.plan",
           {instance, what.company_id.value, what.company, one.sweep, millis(one.when), what.counts.would_reassign,
            what.counts.assigned_devices, plan});
    to.run("DELETE FROM held_change WHERE instance = ? AND company_id = ? AND plan <> ?",
           {instance, what.company_id.value, plan});
    for (const auto& change : what.changes)
        to.run("INSERT OR IGNORE INTO held_change VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
               {instance, what.company_id.value, change.device_id.value, change.device,
                sqlite::or_null(change.last_user),
                sqlite::or_null(change.rule ? core::to_string(*change.rule) : std::string_view()),
                change.contact_id.value().value, sqlite::or_null(change.contact_email),
                sqlite::or_null(change.contact_name), id_or_null(change.previous_contact_id),
                sqlite::or_null(change.previous_contact_name), plan});
}

void add(sqlite::transaction& to, const released_company& one) {
    for (const char* sql : {"DELETE FROM held_change WHERE instance = ? AND company_id = ?",
                            "DELETE FROM held WHERE instance = ? AND company_id = ?"})
        to.run(sql, {one.instance, one.company.value});
}

} // namespace

void record_entry(sqlite::transaction& to, const journal_entry& one) {
    std::visit([&to](const auto& what) { add(to, what); }, one);
}

} // namespace contactd
