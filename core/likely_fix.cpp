#include "core/likely_fix.hpp"

#include "core/fold.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace core {
namespace {

/// A field of CSV; quoted only where it has to be.
std::string csv_field(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos)
        return std::string(text);
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"')
            quoted += c;
        quoted += c;
    }
    return quoted + '"';
}

std::string called(const contact& who) {
    const auto name = who.name();
    return (name.empty() ? "contact " : name + " (contact ") + std::to_string(who.id.value) + (name.empty() ? "" : ")");
}

std::string address_of(const contact& who) {
    for (const auto& one : who.addresses)
        if (!one.empty())
            return one;
    return "no address";
}

bool are_namesakes(const contact& one, const contact& other) {
    return !one.last_name.empty() && fold(one.first_name) == fold(other.first_name) &&
           fold(one.last_name) == fold(other.last_name);
}

/// The near misses of one kind.
std::vector<const contact*> of_kind(const std::vector<near_miss>& all, near_miss_kind kind) {
    std::vector<const contact*> found;
    for (const auto& one : all)
        if (one.why == kind)
            found.push_back(one.who);
    return found;
}

struct kind_of_fix {
    near_miss_kind near;
    fix_kind fix;
};

/// The strongest first. Of each there has to be exactly one contact: two that may be meant are no fix.
constexpr std::array likely{kind_of_fix{near_miss_kind::inactive, fix_kind::inactive_contact},
                            kind_of_fix{near_miss_kind::no_rule, fix_kind::look_elsewhere},
                            kind_of_fix{near_miss_kind::other_domain, fix_kind::other_domain},
                            kind_of_fix{near_miss_kind::no_address, fix_kind::add_address},
                            kind_of_fix{near_miss_kind::other_address, fix_kind::other_address},
                            kind_of_fix{near_miss_kind::longer_name, fix_kind::cut_name},
                            kind_of_fix{near_miss_kind::near_spelling, fix_kind::near_spelling}};

std::string words_for(fix_kind kind, const contact& who, const account& subject) {
    const auto name = called(who);
    switch (kind) {
    case fix_kind::inactive_contact:
        return name + " had this account and is inactive: set the contact active, or give the device to somebody else.";
    case fix_kind::look_elsewhere:
        return name + " has this account where no matching rule looks: name a rule that does, or write an alias.";
    case fix_kind::other_domain:
        return name + " has this name at another domain (" + address_of(who) +
               "): correct the address of the contact, or write an alias.";
    case fix_kind::add_address:
        return name + " has the name but no e-mail address: enter the address, or write an alias.";
    case fix_kind::other_address:
        return name + " has the name but another address (" + address_of(who) + "): write an alias if it is the same " +
               "person.";
    case fix_kind::cut_name:
        return "Windows may have cut the login name of " + name + ": write an alias if it is the same person.";
    case fix_kind::near_spelling:
        return name + " is spelled nearly like " + subject.name + " (" + address_of(who) +
               "): correct the address, or write an alias if it is the same person.";
    default:
        return {};
    }
}

/// Reasons that no contact can mend.
std::optional<likely_fix> without_contacts(reason why) {
    switch (why) {
    case reason::system_account:
    case reason::machine_account:
    case reason::guest_account:
        return likely_fix{fix_kind::nothing_to_do, {}, "Nothing to do: this is no person of the company."};
    case reason::ignored_account:
        return likely_fix{fix_kind::nothing_to_do,
                          {},
                          "Nothing to do: this account is on the list of accounts that stand for nobody."};
    case reason::no_last_user:
        return likely_fix{fix_kind::look_at_rmm, {}, "See in the RMM why it reports no last user for this device."};
    case reason::sid_value:
    case reason::multiple_users:
    case reason::unparseable:
    case reason::mangled_account:
    case reason::value_at_field_limit:
        return likely_fix{fix_kind::look_at_rmm,
                          {},
                          "The RMM reports a value that does not name one person for certain: set the contact by hand, "
                          "or see what the RMM can report instead."};
    case reason::policy_keeps_existing:
    case reason::excluded_device:
        return likely_fix{fix_kind::change_setting, {}, "The settings want it so: change them if it is not right."};
    case reason::held:
        return likely_fix{fix_kind::change_setting,
                          {},
                          "Look through the changes of the company; if they are right, sweep it once with a higher "
                          "brake_percent."};
    case reason::parked:
    case reason::limit_reached:
        return likely_fix{fix_kind::wait, {}, "Nothing to do: a later sweep tries again."};
    default:
        return std::nullopt;
    }
}

} // namespace

std::string_view to_string(fix_kind kind) {
    static constexpr std::array<std::string_view, fix_kind_count> names{
        "nothing_to_do", "wait",          "change_setting",   "look_at_rmm",    "merge_duplicates",
        "choose_one",    "mend_alias",    "inactive_contact", "look_elsewhere", "other_domain",
        "add_address",   "other_address", "cut_name",         "near_spelling",  "add_contact"};
    return names[static_cast<std::size_t>(kind)];
}

std::string alias_line(company_id company, const account& who, contact_id contact) {
    const auto written = who.authority.empty() ? who.name : who.authority + '\\' + who.name;
    return std::to_string(company.value) + ',' + csv_field(written) + ',' + std::to_string(contact.value);
}

fix_contact fix_finder::about(const contact& who, const account& subject) const {
    fix_contact made;
    made.id = who.id;
    made.name = who.name();
    std::ranges::copy_if(who.addresses, std::back_inserter(made.addresses),
                         [](const std::string& one) { return !one.empty(); });
    made.active = who.active;
    // Whom an alias means has to be an active contact of the company itself.
    if (who.active && who.company == company_ && !subject.name.empty())
        made.alias_line = alias_line(company_, subject, who.id);
    return made;
}

likely_fix fix_finder::made(fix_kind kind, std::string words, const decision& one,
                            std::span<const contact* const> who) const {
    likely_fix fix{kind, {}, std::move(words)};
    for (const auto* each : who)
        fix.contacts.push_back(about(*each, one.who));
    std::ranges::sort(fix.contacts, {}, &fix_contact::id);
    return fix;
}

likely_fix fix_finder::find(const decision& one) const {
    if (!one.why)
        return {fix_kind::nothing_to_do, {}, "Nothing to do."};
    if (auto fix = without_contacts(*one.why))
        return std::move(*fix);
    if (one.why == reason::duplicate_contact)
        return made(fix_kind::merge_duplicates, "Merge these contacts in Autotask: they share one address.", one,
                    one.found);
    if (one.why == reason::ambiguous) {
        const bool has_left = !std::ranges::all_of(one.found, &contact::active);
        return made(fix_kind::choose_one,
                    has_left ? "One of these contacts has left and had this account: find out whose it is now, and "
                               "write an alias."
                             : "Find out which of these contacts it is, and write an alias for that one.",
                    one, one.found);
    }
    return for_nobody(one);
}

likely_fix fix_finder::for_nobody(const decision& one) const {
    if (one.matched_by == rule::alias && one.found.empty())
        return {fix_kind::mend_alias,
                {},
                "An alias speaks of this account, but its contact is not among the active "
                "ones of the company: correct the line in the alias file."};
    const auto near = near_.find(one.who, one.found);
    for (const auto& [kind, fix] : likely) {
        auto those = of_kind(near, kind);
        // Of a name that was cut, whoever it may be is worth showing; one of them is among the candidates.
        if (one.why == reason::maybe_truncated && fix == fix_kind::cut_name &&
            (those.size() > 1 || !one.found.empty())) {
            those.insert(those.end(), one.found.begin(), one.found.end());
            keep_distinct(those);
            return made(fix,
                        "Windows may have cut the name: find out which of these contacts it is, and write an alias.",
                        one, those);
        }
        if (those.size() != 1)
            continue;
        // Whoever left and came back has two contacts; the one that is there now is meant.
        if (kind == near_miss_kind::inactive)
            for (const auto again : {near_miss_kind::no_address, near_miss_kind::other_address})
                if (const auto now = of_kind(near, again);
                    now.size() == 1 && are_namesakes(*those.front(), *now.front()))
                    those = now;
        const auto& who = *those.front();
        const auto better = kind != near_miss_kind::inactive || !who.active ? fix
                            : address_of(who) == "no address"               ? fix_kind::add_address
                                                                            : fix_kind::other_address;
        return made(better, words_for(better, who, one.who), one, those);
    }
    return {fix_kind::add_contact,
            {},
            "No contact of the company resembles this account: create the contact in Autotask, "
            "or write an alias for whoever it is."};
}

} // namespace core
