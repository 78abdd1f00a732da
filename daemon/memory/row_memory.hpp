#pragma once

#include "autotask/wanted_rows.hpp"
#include "daemon/memory/table_memory.hpp"

#include <chrono>
#include <unordered_set>

namespace contactd {

/// What the daemon remembers of the rows of one instance from sweep to sweep.
struct row_memory {
    explicit row_memory(std::chrono::seconds full_after) : full_every(full_after) {}

    table_memory<core::device> devices;
    table_memory<core::contact> contacts;
    std::chrono::seconds full_every; ///< After so long everything is read again.
    autotask::wanted_rows wanted;    ///< What was asked for when they were read.

    void plan(core::sweep_moment at) {
        devices.plan(at, full_every);
        contacts.plan(at, full_every);
        // In the same sweep, or there would hardly be one in which both are read in part.
        if (devices.is_due_in_full())
            contacts.read_all();
        if (contacts.is_due_in_full())
            devices.read_all();
    }

    /// What is remembered and would be asked for in another way now is of no use.
    void want(const autotask::wanted_rows& now) {
        if (wanted.types != now.types || wanted.categories != now.categories)
            devices.forget_all();
        if (!wanted.same_contact_fields(now))
            contacts.forget_all();
        forget_changed(devices, wanted.every_type, now.every_type);
        forget_changed(contacts, wanted.every_contact, now.every_contact);
        forget_changed(contacts, wanted.former_contacts, now.former_contacts);
        wanted = now;
    }

    bool in_part() const { return devices.in_part() || contacts.in_part(); }

    /// True when a company costs no request.
    bool recalls(core::company_id company) const { return devices.recalls(company) && contacts.recalls(company); }

    /// True when a part of what is decided on was not read in this sweep.
    bool recalls_any(core::company_id company) const { return devices.recalls(company) || contacts.recalls(company); }

private:
    template <class Table>
    static void forget_changed(Table& table, const std::unordered_set<core::company_id>& before,
                               const std::unordered_set<core::company_id>& now) {
        for (const auto id : before)
            if (!now.contains(id))
                table.forget(id);
        for (const auto id : now)
            if (!before.contains(id))
                table.forget(id);
    }
};

} // namespace contactd
