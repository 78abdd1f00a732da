#pragma once

#include "core/entities.hpp"
#include "core/scope.hpp"

#include <cstddef>
#include <string>
#include <unordered_set>
#include <vector>

namespace autotask {

/// Which devices and contacts of companies are asked for, and what of them: what the rules of all these companies need
/// together, so that one question can be about many.
struct wanted_rows {
    core::device_types types;                                ///< Of most companies; of these ...
    std::unordered_set<core::company_id> every_type;         ///< ... devices of every type ...
    std::unordered_set<core::company_id> every_contact;      ///< ... of these contacts without an address as well ...
    std::unordered_set<core::company_id> former_contacts;    ///< ... and of these inactive ones.
    std::vector<std::string> address_fields{"emailAddress"}; ///< They become contact::addresses, in this order.
    std::vector<std::string> login_fields; ///< User-defined fields of contacts; they become contact::logins.
    bool categories = false;               ///< Whether the category of a device is wanted.

    /// Whether such a row is asked for.
    bool wants(const core::device& one) const {
        return one.active && one.has_last_user && (types.accept(one) || every_type.contains(one.company));
    }
    bool wants(const core::contact& one) const {
        return (one.active || former_contacts.contains(one.company)) &&
               (one.has_address || every_contact.contains(one.company));
    }

    /// How many companies fit into one query: each of them may be named again by what is wanted of it, and so many
    /// alternatives a query may have (developer help, "REST thresholds and limits").
    std::size_t most_companies() const { return former_contacts.empty() ? 200 : 150; }

    /// Whether both ask for the same of a row.
    bool same_contact_fields(const wanted_rows& other) const {
        return address_fields == other.address_fields && login_fields == other.login_fields;
    }
};

} // namespace autotask
