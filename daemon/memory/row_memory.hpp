#pragma once

#include "core/scope.hpp"
#include "daemon/memory/table_memory.hpp"

#include <chrono>

namespace contactd {

/// What the daemon remembers of the rows of one instance from sweep to sweep.
struct row_memory {
    explicit row_memory(std::chrono::seconds full_after) : full_every(full_after) {}

    table_memory<core::device> devices;
    table_memory<core::contact> contacts;
    std::chrono::seconds full_every; ///< After so long everything is read again.
    core::device_types types;        ///< Of the devices that are remembered.

    void plan(core::sweep_moment at) {
        devices.plan(at, full_every);
        contacts.plan(at, full_every);
        // In the same sweep, or there would hardly be one in which both are read in part.
        if (devices.is_due_in_full())
            contacts.read_all();
        if (contacts.is_due_in_full())
            devices.read_all();
    }

    bool in_part() const { return devices.in_part() || contacts.in_part(); }

    /// True when a company costs no request.
    bool recalls(core::company_id company) const { return devices.recalls(company) && contacts.recalls(company); }

    /// True when a part of what is decided on was not read in this sweep.
    bool recalls_any(core::company_id company) const { return devices.recalls(company) || contacts.recalls(company); }
};

} // namespace contactd
