#include "core/decide.hpp"

#include "core/fold.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace core {
namespace {

/// sAMAccountName holds this many UTF-16 units; Windows cuts a longer login name to them.
/// Source: Microsoft, Active Directory schema, "SAM-Account-Name attribute".
constexpr std::size_t account_name_units = 20;

void find_candidates(decision& result, const contact_lookup& contacts, const std::vector<rule>& ladder,
                     const std::string& folded) {
    for (const auto one : ladder) {
        result.found = contacts.find(one, result.who, folded);
        // An alias whose contact has gone is no leave to look for somebody else of a similar name.
        if (!result.found.empty() || (one == rule::alias && contacts.has_alias(result.who, folded))) {
            result.matched_by = one;
            return;
        }
    }
}

bool is_current(const device& subject, const contact* who) {
    return who->active && subject.contact && *subject.contact == who->id;
}

bool may_be_somebody_longer(const decision& result, const contact_lookup& contacts, const std::string& folded) {
    // Whoever wrote an alias has seen the name as it is.
    if (!may_be_cut(result.who) || result.matched_by == rule::alias)
        return false;
    return result.found.empty() || contacts.has_longer(folded, result.found);
}

std::optional<reason> why_nobody(const decision& result, const contact_lookup& contacts, const std::string& folded) {
    if (may_be_somebody_longer(result, contacts, folded))
        return reason::maybe_truncated;
    if (result.found.empty())
        return result.who.whole_address ? reason::upn_not_found : reason::no_match;
    if (result.found.size() == 1)
        return std::nullopt;
    return contacts.found_by_one_address(*result.matched_by, folded) ? reason::duplicate_contact : reason::ambiguous;
}

} // namespace

bool may_be_cut(const account& who) {
    return !who.whole_address && utf16_units(who.name) == account_name_units;
}

decision decide(const device& subject, const contact_lookup& contacts) {
    const auto& rules = contacts.rules();
    decision result;
    result.subject = &subject;
    if (rules.scope.excludes(subject)) {
        result.why = reason::excluded_device;
        return result;
    }
    auto reading = read_account(subject.last_user, subject.hostname, rules.accounts);
    result.who = std::move(reading.who);
    result.why = reading.skip;
    if (result.why)
        return result;

    const auto folded = fold(result.who.name);
    result.person = folded.substr(0, folded.find('@'));
    find_candidates(result, contacts, rules.ladder, folded);
    if (std::ranges::any_of(result.found, [&subject](const contact* who) { return is_current(subject, who); })) {
        result.what = event::in_sync;
        return result;
    }
    result.why = why_nobody(result, contacts, folded);
    result.derived = !result.why;
    if (result.derived)
        result.what = subject.contact ? event::would_reassign : event::would_assign;
    return result;
}

} // namespace core
