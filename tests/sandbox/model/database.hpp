#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "tests/sandbox/model/limits.hpp"
#include "tests/sandbox/model/scan.hpp"
#include "tests/sandbox/model/table.hpp"

namespace sandbox {

/// A host that answers for some databases. `url` ends with a slash and holds no version.
struct zone {
    std::string name = "Sandbox";
    std::string url = "https://sandbox.invalid/ATServicesRest/";
    std::string web_url = "https://sandbox.invalid/";
};

/// The data of one tenant.
struct database {
    database() = default;
    // A tenant is big, and users point to it.
    database(const database&) = delete;
    database& operator=(const database&) = delete;

    std::int64_t ci = 632'538; ///< the number zoneInformation gives
    std::size_t home = 0;      ///< the zone it lives in
    std::array<table, entity_count> tables{table{entity::companies}, table{entity::contacts},
                                           table{entity::configuration_items}, table{entity::configuration_item_types},
                                           table{entity::configuration_item_categories}};
    std::set<std::int64_t> products;          ///< ids a device's productID may hold
    std::set<std::int64_t> inactive_products; ///< known, but no longer a valid reference
    rolling_window window;

    [[nodiscard]] table& rows(entity which) { return tables[static_cast<std::size_t>(which)]; }
    [[nodiscard]] const table& rows(entity which) const { return tables[static_cast<std::size_t>(which)]; }
};

/// A value as it was before a write.
struct old_value {
    entity which;
    std::int64_t id;
    field_index field;
    value content;
};

struct entity_access {
    bool query = true;
    bool write = true;
};

/// An API user with its tracking identifier.
struct api_user {
    std::string name;
    std::string secret;
    std::string tracking_identifier;
    std::int64_t resource_id = 29'682'885; ///< what lastActivityPersonID shows
    bool revoked = false;
    bool locked = false;
    std::int64_t failed_logins = 0;         ///< in a row
    std::map<entity, entity_access> access; ///< an entity that is missing is allowed
    std::optional<visible_companies> sees;  ///< a restricted security level
    bool sees_protected = true;             ///< protected user-defined fields
    database* tenant = nullptr;

    [[nodiscard]] entity_access access_to(entity which) const {
        const auto found = access.find(which);
        return found == access.end() ? entity_access{} : found->second;
    }
};

} // namespace sandbox
