#pragma once

#include "core/account.hpp"
#include "core/contact_index.hpp"
#include "core/rules.hpp"
#include "core/scope.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace core {

/// How devices are matched to contacts: the effective `[match]` of one instance or organization, compiled.
struct match_rules {
    std::vector<rule> ladder; ///< The first rule that finds anybody decides.
    rule_set only_fill;       ///< These may fill an empty contact, but replace none.
    account_lists accounts;
    device_scope scope;
    address_columns addresses = every_address_column; ///< Those that `email` and `local_part` look at.
    std::optional<std::size_t> login_column;          ///< The one of contact::logins that holds the login name.
};

/// True when one of the rules is in the ladder for which `is_meant` holds.
template <class Predicate>
bool any_rule(const match_rules& rules, Predicate is_meant) {
    for (const auto one : rules.ladder)
        if (is_meant(one))
            return true;
    return false;
}

} // namespace core
