#pragma once

#include "core/ids.hpp"

#include <optional>
#include <string>

namespace core {

struct account;

/// What the operator says of an account that no rule can match: whom it stands for.
struct alias {
    std::string authority;             ///< Folded; empty is any.
    std::string name;                  ///< Folded: a login name or a whole address.
    std::optional<contact_id> contact; ///< The contact, either by id ...
    std::string address;               ///< ... or by a whole address, folded.

    /// True when the alias speaks of this account. `folded_name` is its name, folded.
    bool speaks_of(const account& who, const std::string& folded_name) const;
};

} // namespace core
