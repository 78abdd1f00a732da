#include "daemon/journal/device_history.hpp"

#include "daemon/journal/columns.hpp"
#include "daemon/journal/read_past.hpp"

#include <algorithm>
#include <functional>

namespace contactd {

namespace {

std::unexpected<std::string> failed(const journal_store& at, const sqlite::failure& why) {
    return std::unexpected("reading the journal " + at.path() + ": " + why.words);
}

std::optional<core::contact_id> contact_in(const sqlite::row& from, int column) {
    if (const auto id = from.optional_integer(column))
        return core::contact_id{*id};
    return std::nullopt;
}

recorded_decision decision_of(const sqlite::row& from) {
    recorded_decision one;
    one.what = named<core::event>(from.text(0), core::event_count).value_or(core::event::skipped);
    one.why = named<core::reason>(from.text(1), core::reason_count);
    one.last_user = from.text(2);
    one.account = from.text(3);
    one.contact = contact_in(from, 4);
    one.error = from.text(5);
    one.since = moment(from.integer(6));
    one.seen = moment(from.integer(7));
    return one;
}

recorded_write write_of(const sqlite::row& from) {
    recorded_write one;
    one.id.value = from.integer(0);
    one.sweep = from.text(1);
    one.sent = moment(from.integer(2));
    one.last_user = from.text(3);
    one.by = core::parse_rule(from.text(4));
    one.contact.value = from.integer(5);
    one.contact_name = from.text(6);
    one.contact_email = from.text(7);
    one.previous = contact_in(from, 8);
    one.previous_name = from.text(9);
    one.outcome = named<core::event>(from.text(10), core::event_count);
    one.why = named<core::reason>(from.text(11), core::reason_count);
    one.error = from.text(12);
    if (from.is_null(13)) // What was told of a write in doubt may turn out to be wrong.
        one.outcome.reset();
    return one;
}

recorded_device device_of(const sqlite::row& from) {
    recorded_device one;
    one.instance = from.text(0);
    one.id.value = from.integer(1);
    one.name = from.text(2);
    one.company_id.value = from.integer(3);
    one.company = from.text(4);
    return one;
}

} // namespace

std::expected<device_history, std::string> read_history(journal_store& from, const std::string& instance,
                                                        core::device_id device) {
    device_history found;
    auto& file = from.file();
    auto done =
        file.each("SELECT event, reason, last_user, account, contact_id, error, since, seen FROM device "
                  "WHERE instance = ? AND device_id = ?",
                  {instance, device.value}, [&found](const sqlite::row& one) { found.last = decision_of(one); });
    if (!done)
        return failed(from, done.error());
    done = file.each("SELECT count(*) FROM write WHERE instance = ? AND device_id = ?", {instance, device.value},
                     [&found](const sqlite::row& one) { found.all_writes = one.integer(0); });
    if (!done)
        return failed(from, done.error());
    done = file.each("SELECT id, sweep, sent, last_user, rule, contact_id, contact_name, contact_email, "
                     "previous_contact_id, previous_contact_name, outcome, reason, error, settled FROM write "
                     "WHERE instance = ? AND device_id = ? ORDER BY id DESC LIMIT ?",
                     {instance, device.value, static_cast<std::int64_t>(most_writes_shown)},
                     [&found](const sqlite::row& one) { found.writes.push_back(write_of(one)); });
    if (!done)
        return failed(from, done.error());
    auto past = read_past(file, instance, {}, device);
    if (!past)
        return failed(from, past.error());
    found.past = std::move(past->devices[device]);
    std::ranges::sort(found.past.people, std::ranges::greater{}, &core::device_person::last_seen);
    return found;
}

std::expected<std::vector<recorded_device>, std::string>
find_recorded(journal_store& from, const std::vector<std::string>& instances, core::device_id device) {
    std::vector<recorded_device> found;
    for (const auto& instance : instances)
        // A device may be forgotten before the last contact that was set on it is.
        for (const auto* sql : {"SELECT instance, device_id, device, company_id, company FROM device "
                                "WHERE instance = ? AND device_id = ?",
                                "SELECT instance, device_id, device, company_id, company FROM write "
                                "WHERE instance = ? AND device_id = ? ORDER BY id DESC LIMIT 1"}) {
            const bool is_known = !found.empty() && found.back().instance == instance;
            if (is_known)
                continue;
            const auto done = from.file().each(sql, {instance, device.value},
                                               [&found](const sqlite::row& one) { found.push_back(device_of(one)); });
            if (!done)
                return failed(from, done.error());
        }
    return found;
}

std::expected<std::vector<recorded_device>, std::string>
find_recorded(journal_store& from, const std::vector<std::string>& instances, const std::string& name) {
    std::vector<recorded_device> found;
    const auto done = from.file().each("SELECT instance, device_id, device, company_id, company FROM device "
                                       "WHERE device = ? COLLATE NOCASE ORDER BY instance, device_id",
                                       {name}, [&found](const sqlite::row& one) { found.push_back(device_of(one)); });
    if (!done)
        return failed(from, done.error());
    std::erase_if(found, [&instances](const recorded_device& one) {
        return std::ranges::find(instances, one.instance) == instances.end();
    });
    return found;
}

} // namespace contactd
