#pragma once

#include "core/account.hpp"
#include "core/contact_index.hpp"
#include "core/entities.hpp"
#include "core/reasons.hpp"
#include "core/scope.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core {

/// A way to find candidates; the names are those of the configuration and the audit log.
enum class rule {
    email,      ///< A whole address equals a contact's whole address.
    local_part, ///< The login name equals what stands before the last `@` of a contact's address.
};

std::string_view to_string(rule one);

/// How devices are matched to contacts: the effective `[match]` of one instance or organization, compiled.
struct match_rules {
    std::vector<rule> ladder; ///< The first rule that finds anybody decides.
    account_lists accounts;
    device_scope scope;
};

/// What is to become of one device. Refers to the device and the contacts it was made from.
struct decision {
    const device* subject = nullptr;
    event what = event::skipped;       ///< would_assign, would_reassign, in_sync or skipped.
    std::optional<reason> why;         ///< With skipped.
    account who;                       ///< As far as the last user could be read.
    std::optional<rule> matched_by;    ///< The rule that found somebody.
    std::vector<const contact*> found; ///< The candidates, by ascending id.

    bool is_change() const { return what == event::would_assign || what == event::would_reassign; }

    /// The contact to assign, where there is one.
    const contact* target() const { return is_change() ? found.front() : nullptr; }
};

/// True of a login name of exactly the longest length: it may be the beginning of a longer one, so that whoever it
/// matches may be somebody else.
bool may_be_cut(const account& who);

/// Decides one device. Pure: the same arguments give the same decision.
decision decide(const device& subject, const contact_index& contacts, const match_rules& rules);

} // namespace core
