#pragma once

#include "core/account.hpp"
#include "core/contact_lookup.hpp"
#include "core/entities.hpp"
#include "core/match_rules.hpp"
#include "core/reasons.hpp"
#include "core/rules.hpp"

#include <optional>
#include <string>
#include <vector>

namespace core {

/// What is to become of one device. Refers to the device and the contacts it was made from.
struct decision {
    const device* subject = nullptr;
    event what = event::skipped;       ///< would_assign, would_reassign, in_sync or skipped.
    std::optional<reason> why;         ///< With skipped.
    account who;                       ///< As far as the last user could be read.
    std::optional<rule> matched_by;    ///< The rule that found somebody, or is sure that it would have to.
    std::vector<const contact*> found; ///< The candidates, by ascending id.
    std::string person;                ///< Who uses the device, as person_key(); empty where nobody could be read.
    bool derived = false;              ///< The rules alone would have changed the contact, whatever `what` says.

    bool is_change() const { return what == event::would_assign || what == event::would_reassign; }

    /// True also where a policy stands against it.
    bool wants_change() const { return derived; }

    /// The contact to assign, where there is one.
    const contact* target() const { return is_change() ? found.front() : nullptr; }
};

/// True of a login name of exactly the longest length: it may be the beginning of a longer one, so that whoever it
/// matches may be somebody else.
bool may_be_cut(const account& who);

/// Decides one device of the company whose contacts these are, by their rules. Pure: the same arguments give the same
/// decision.
decision decide(const device& subject, const contact_lookup& contacts);

} // namespace core
