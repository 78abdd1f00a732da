#pragma once

#include "core/alias.hpp"
#include "core/ids.hpp"
#include "core/wall_time.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace core {

/// A company, as far as a decision needs it.
struct company {
    company_id id;
    std::string name;
    bool active = true;
    std::optional<company_id> parent;
    std::string web_address; ///< As people typed it; may be empty.
};

/// A contact of a company.
struct contact {
    contact_id id;
    company_id company;
    std::string first_name;
    std::string last_name;
    std::vector<std::string> addresses; ///< As stored, one for each field that was asked for; some may be no address.
    bool has_address = true;            ///< One of these fields is not null, be it empty.
    std::vector<std::string> logins;    ///< One for each user-defined field that was asked for; empty where it is.
    bool active = true;
    std::optional<wall_time> modified; ///< lastModifiedDate, where it could be read.

    /// "Anna Berg"; empty where there is no name.
    std::string name() const;
};

/// A configuration item; people call it a device.
struct device {
    device_id id;
    company_id company;
    std::optional<contact_id> contact;
    std::optional<std::int64_t> type;     ///< A value of the picklist configurationItemType.
    std::optional<std::int64_t> category; ///< configurationItemCategoryID, where it was asked for.
    std::string hostname;                 ///< rmmDeviceAuditHostname; may be empty.
    std::string title;                    ///< referenceTitle; may be empty.
    std::string last_user;                ///< rmmDeviceAuditLastUser as received; may be empty.
    bool has_last_user = true;            ///< There is one, be it empty: it is not null.
    bool active = true;
    std::optional<wall_time> modified; ///< lastModifiedTime, where it could be read.

    /// What people call it: the hostname, or the title where there is none, or "#id".
    std::string name() const;
};

/// What is known of one company when its devices are decided.
struct snapshot {
    core::company company;
    std::vector<device> devices;
    std::vector<contact> contacts;
    std::shared_ptr<const std::vector<contact>>
        parent_contacts;        ///< Those of the direct parent company, which it shares
                                ///< with its other children; null unless a rule looks.
    std::vector<alias> aliases; ///< What the operator says of accounts of this company.

    std::span<const contact> of_parent() const;
};

} // namespace core
