#include "daemon/orders/operator_orders.hpp"

#include "core/fold.hpp"
#include "core/read_id.hpp"
#include "daemon/journal/columns.hpp"
#include "daemon/journal/schema.hpp"

#include <algorithm>
#include <unistd.h>
#include <utility>

namespace contactd {

namespace {

known_device device_in(const sqlite::row& from) {
    known_device one;
    one.instance = from.text(0);
    one.id.value = from.integer(1);
    one.name = from.text(2);
    one.company_id.value = from.integer(3);
    one.company = from.text(4);
    one.last_user = from.text(5);
    return one;
}

std::string contact_text(const std::string& name, std::optional<std::int64_t> id) {
    if (!id)
        return {};
    const auto number = "contact " + std::to_string(*id);
    return name.empty() ? number : name + " (" + number + ")";
}

bool is_of(const std::string& wanted, const std::string& instance) {
    return wanted.empty() || wanted == instance;
}

} // namespace

operator_orders::operator_orders(std::string path, std::unique_ptr<sqlite::database> file)
    : path_(std::move(path)), file_(std::move(file)) {}

std::unexpected<std::string> operator_orders::failed(const sqlite::failure& why) const {
    return std::unexpected("the journal " + path_ + ": " + why.words);
}

operator_orders::result<std::unique_ptr<operator_orders>> operator_orders::open(const std::string& directory,
                                                                                bool to_change) {
    const auto path = directory + "/journal.db";
    if (::access(path.c_str(), F_OK) != 0)
        return std::unexpected("there is no journal " + path +
                               " yet: it begins with the first sweep; daemon.state_dir says where it is");
    using access = sqlite::database::access;
    auto file = sqlite::database::open(path, to_change ? access::read_write : access::read_only);
    if (!file)
        return std::unexpected("opening the journal " + path + ": " + file.error().words);
    std::unique_ptr<operator_orders> made(new operator_orders(path, std::move(*file)));
    const auto current = is_current(*made->file_);
    if (!current)
        return made->failed(current.error());
    if (!*current)
        return std::unexpected("the journal " + path +
                               " is not of this version of contactd: its tables are brought up to date when \"contactd "
                               "run\" or \"contactd sweep\" begins");
    return made;
}

operator_orders::result<std::vector<known_device>> operator_orders::find_devices(const std::string& id_or_name,
                                                                                 const std::string& instance) {
    const auto id = core::read_id(id_or_name);
    const auto folded = core::fold(id_or_name);
    std::vector<known_device> found;
    const auto done = file_->each(
        "SELECT instance, device_id, device, company_id, company, last_user FROM device ORDER BY 1, 5, 3, 2", {},
        [&](const sqlite::row& row) {
            const bool is_meant = (id && row.integer(1) == *id) || core::fold(row.text(2)) == folded;
            if (is_meant && is_of(instance, row.text(0)))
                found.push_back(device_in(row));
        });
    if (!done)
        return failed(done.error());
    const auto has_id = [&id](const known_device& one) { return id && one.id.value == *id; };
    if (std::ranges::any_of(found, has_id)) // Another may be called like this number.
        std::erase_if(found, [&has_id](const known_device& one) { return !has_id(one); });
    return found;
}

operator_orders::result<std::vector<pinned_device>> operator_orders::pinned(const std::string& instance) {
    std::vector<pinned_device> found;
    // What a human chose is left alone where the last sweep says so: until when is a matter of the policy.
    const auto done = file_->each(
        "SELECT coalesce(p.instance, d.instance), coalesce(p.device_id, d.device_id), d.device, d.company_id, "
        "d.company, d.last_user, p.since, p.note, c.chosen_by, c.contact_id, c.account, c.since "
        "FROM device d FULL JOIN pin p ON p.instance = d.instance AND p.device_id = d.device_id "
        "LEFT JOIN choice c ON c.instance = d.instance AND c.device_id = d.device_id AND c.chosen_by <> 'contactd' "
        "WHERE p.since IS NOT NULL OR (d.reason = 'pinned' AND c.since IS NOT NULL) ORDER BY 1, 5, 3, 2",
        {}, [&](const sqlite::row& row) {
            if (!is_of(instance, row.text(0)))
                return;
            pinned_device one;
            one.device = device_in(row);
            one.by_pin = !row.is_null(6);
            one.since = moment(row.integer(one.by_pin ? 6 : 11));
            one.note = row.text(7);
            if (!row.is_null(8)) {
                auto& choice = one.choice.emplace();
                choice.by = named<core::chooser>(row.text(8), core::chooser_count).value_or(core::chooser::human);
                if (const auto contact = row.optional_integer(9))
                    choice.contact = core::contact_id{*contact};
                choice.person = row.text(10);
                choice.since = moment(row.integer(11));
            }
            found.push_back(std::move(one));
        });
    if (!done)
        return failed(done.error());
    return found;
}

operator_orders::result<bool> operator_orders::pin(const std::string& instance, core::device_id device,
                                                   const std::string& note, core::wall_time now) {
    const auto made = file_->run("INSERT OR IGNORE INTO pin VALUES (?, ?, ?, ?)",
                                 {instance, device.value, millis(now), sqlite::or_null(note)});
    if (!made)
        return failed(made.error());
    if (*made == 0 && !note.empty())
        if (auto noted = file_->run("UPDATE pin SET note = ? WHERE instance = ? AND device_id = ?",
                                    {note, instance, device.value});
            !noted)
            return failed(noted.error());
    return *made > 0;
}

operator_orders::result<bool> operator_orders::unpin(const std::string& instance, core::device_id device) {
    std::int64_t gone = 0;
    for (const char* sql : {"DELETE FROM pin WHERE instance = ? AND device_id = ?",
                            "UPDATE choice SET chosen_by = 'contactd' WHERE instance = ? AND device_id = ? AND "
                            "chosen_by <> 'contactd'"}) {
        const auto done = file_->run(sql, {instance, device.value});
        if (!done)
            return failed(done.error());
        gone += *done;
    }
    return gone > 0;
}

operator_orders::result<std::vector<held_in_journal>> operator_orders::held(const std::string& instance) {
    std::vector<held_in_journal> found;
    const auto done = file_->each("SELECT instance, company_id, company, since, would_reassign, assigned_devices, "
                                  "plan, approved FROM held ORDER BY 1, 3, 2",
                                  {}, [&](const sqlite::row& row) {
                                      if (!is_of(instance, row.text(0)))
                                          return;
                                      auto& one = found.emplace_back();
                                      one.instance = row.text(0);
                                      one.company_id.value = row.integer(1);
                                      one.company = row.text(2);
                                      one.since = moment(row.integer(3));
                                      one.would_reassign = row.integer(4);
                                      one.assigned_devices = row.integer(5);
                                      one.plan = row.integer(6);
                                      if (const auto when = row.optional_integer(7))
                                          one.approved = moment(*when);
                                  });
    if (!done)
        return failed(done.error());
    return found;
}

operator_orders::result<std::vector<held_device>> operator_orders::changes_of(const held_in_journal& company) {
    std::vector<held_device> found;
    const auto done =
        file_->each("SELECT device_id, device, last_user, contact_name, contact_id, "
                    "previous_contact_name, previous_contact_id FROM held_change WHERE instance = ? AND "
                    "company_id = ? AND plan = ? ORDER BY 2, 1",
                    {company.instance, company.company_id.value, company.plan}, [&found](const sqlite::row& row) {
                        auto& one = found.emplace_back();
                        one.id.value = row.integer(0);
                        one.name = row.text(1);
                        one.last_user = row.text(2);
                        one.contact = contact_text(row.text(3), row.optional_integer(4));
                        one.previous = contact_text(row.text(5), row.optional_integer(6));
                    });
    if (!done)
        return failed(done.error());
    return found;
}

operator_orders::result<bool> operator_orders::approve(const held_in_journal& plan, core::wall_time now) {
    const auto done = file_->run("UPDATE held SET approved = ? WHERE instance = ? AND company_id = ? AND plan = ?",
                                 {millis(now), plan.instance, plan.company_id.value, plan.plan});
    if (!done)
        return failed(done.error());
    return *done > 0;
}

} // namespace contactd
