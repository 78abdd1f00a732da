#pragma once

#include "core/ids.hpp"
#include "core/wall_time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace core {

/// A company, as far as a decision needs it.
struct company {
    company_id id;
    std::string name;
    bool active = true;
};

/// A contact of a company.
struct contact {
    contact_id id;
    company_id company;
    std::string first_name;
    std::string last_name;
    std::vector<std::string> addresses; ///< As stored, of the fields the configuration names; some may be no address.
    bool has_address = true;            ///< One of these fields is not null, be it empty.
    bool active = true;
    std::optional<wall_time> modified; ///< lastModifiedDate, where it could be read.
};

/// A configuration item; people call it a device.
struct device {
    device_id id;
    company_id company;
    std::optional<contact_id> contact;
    std::optional<std::int64_t> type; ///< A value of the picklist configurationItemType.
    std::string hostname;             ///< rmmDeviceAuditHostname; may be empty.
    std::string title;                ///< referenceTitle; may be empty.
    std::string last_user;            ///< rmmDeviceAuditLastUser as received; may be empty.
    bool has_last_user = true;        ///< There is one, be it empty: it is not null.
    bool active = true;
    std::optional<wall_time> modified; ///< lastModifiedTime, where it could be read.

    /// What people call it: the hostname, or the title where there is none, or "#id".
    std::string name() const;
};

/// What a sweep read of one company.
struct snapshot {
    core::company company;
    std::vector<device> devices;
    std::vector<contact> contacts;
};

} // namespace core
