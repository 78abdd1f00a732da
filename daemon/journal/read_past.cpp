#include "daemon/journal/read_past.hpp"

#include "daemon/journal/columns.hpp"

#include <cstdint>
#include <initializer_list>
#include <limits>

namespace contactd {

namespace {

std::optional<core::contact_id> contact_in(const sqlite::row& from, int column) {
    const auto id = from.optional_integer(column);
    return id ? std::optional(core::contact_id{*id}) : std::nullopt;
}

/// Reads the rows of several questions, until one fails.
class past_reader {
public:
    past_reader(sqlite::database& from, instance_past& into) : from_(from), into_(into) {}

    /// The first column is the device.
    void devices(std::string_view sql, std::initializer_list<sqlite::value> values,
                 void (*read)(core::device_past&, const sqlite::row&)) {
        each(sql, values,
             [this, read](const sqlite::row& one) { read(into_.devices[core::device_id{one.integer(0)}], one); });
    }

    void each(std::string_view sql, std::initializer_list<sqlite::value> values,
              const std::function<void(const sqlite::row&)>& read) {
        if (done_)
            done_ = from_.each(sql, values, read);
    }

    const sqlite::result<void>& done() const { return done_; }

private:
    sqlite::database& from_;
    instance_past& into_;
    sqlite::result<void> done_;
};

} // namespace

sqlite::result<instance_past> read_past(sqlite::database& from, const std::string& instance,
                                        core::wall_time people_since, std::optional<core::device_id> only) {
    using limits = std::numeric_limits<std::int64_t>;
    const auto first = only ? only->value : limits::min();
    const auto last = only ? only->value : limits::max();
    instance_past found;
    past_reader reader(from, found);
    reader.devices("SELECT device_id, contact_id, chosen_by, account, since FROM choice WHERE instance = ? AND "
                   "device_id BETWEEN ? AND ?",
                   {instance, first, last}, [](core::device_past& into, const sqlite::row& one) {
                       core::contact_choice choice;
                       choice.contact = contact_in(one, 1);
                       choice.by =
                           named<core::chooser>(one.text(2), core::chooser_count).value_or(core::chooser::human);
                       choice.person = core::person_key(one.text(3));
                       choice.since = moment(one.integer(4));
                       into.choice = std::move(choice);
                   });
    reader.devices(
        "SELECT device_id, contact_id, sweeps, since FROM streak WHERE instance = ? AND device_id BETWEEN ? AND ?",
        {instance, first, last}, [](core::device_past& into, const sqlite::row& one) {
            into.streak = core::contact_streak{{one.integer(1)}, one.integer(2), moment(one.integer(3))};
        });
    reader.devices("SELECT device_id, account, last_seen FROM person WHERE instance = ? AND device_id BETWEEN ? AND ? "
                   "AND last_seen >= ?",
                   {instance, first, last, millis(people_since)}, [](core::device_past& into, const sqlite::row& one) {
                       into.people.push_back({one.text(1), moment(one.integer(2))});
                   });
    reader.devices("SELECT device_id FROM pin WHERE instance = ? AND device_id BETWEEN ? AND ?",
                   {instance, first, last}, [](core::device_past& into, const sqlite::row&) { into.pinned = true; });
    reader.devices("SELECT device_id, previous_contact_id, contact_id FROM held_change JOIN held USING (instance, "
                   "company_id) WHERE instance = ? AND device_id BETWEEN ? AND ? AND approved IS NOT NULL",
                   {instance, first, last}, [](core::device_past& into, const sqlite::row& one) {
                       into.approved = core::approved_change{contact_in(one, 1), {one.integer(2)}};
                   });
    reader.each("SELECT company_id FROM held WHERE instance = ?", {instance},
                [&found](const sqlite::row& one) { found.held.insert({one.integer(0)}); });
    if (!reader.done())
        return std::unexpected(reader.done().error());
    return found;
}

} // namespace contactd
