#pragma once

#include "core/account.hpp"
#include "core/contact_index.hpp"
#include "core/key_table.hpp"
#include "core/match_rules.hpp"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace core {

/// The people an account may stand for: those of one company, and what is said of them.
struct people {
    std::span<const contact> contacts;
    std::span<const contact> of_parent{}; ///< The contacts of the direct parent company.
    std::span<const alias> aliases{};
};

/// Finds the contacts of one company in every way that its rules name. Refers to the contacts, the aliases and the
/// rules: it lives no longer than they do.
class contact_lookup {
public:
    contact_lookup(const people& among, const match_rules& rules);
    contact_lookup(std::span<const contact> contacts, const match_rules& rules)
        : contact_lookup(people{contacts}, rules) {}
    explicit contact_lookup(const snapshot& company, const match_rules& rules)
        : contact_lookup(people{company.contacts, company.of_parent(), company.aliases}, rules) {}

    // Rules that end with the statement would be gone when they are needed.
    contact_lookup(const people&, match_rules&&) = delete;
    contact_lookup(std::span<const contact>, match_rules&&) = delete;
    contact_lookup(const snapshot&, match_rules&&) = delete;

    const match_rules& rules() const { return rules_; }

    /// The distinct contacts that the account stands for by this rule, by ascending id. `folded_name` is its name,
    /// folded. Inactive ones are never found alone; but where a rule finds somebody who may be a namesake of theirs,
    /// they are among them, so that nobody takes one for the other.
    std::vector<const contact*> find(rule by, const account& who, const std::string& folded_name) const;

    /// True when an alias speaks of the account, be it of somebody who is not there.
    bool has_alias(const account& who, const std::string& folded_name) const;

    /// True when the account may be the beginning of a longer name that stands, by one of the rules, for a contact who
    /// is none of these.
    bool has_longer(const std::string& folded_name, std::span<const contact* const> except) const;

    /// True when all who were found by this rule share one and the same address.
    bool found_by_one_address(rule by, const std::string& folded_name) const;

    /// How many active contacts have something in the fields for addresses, but no address that can be read.
    std::int64_t unreadable() const { return addresses_.unreadable(); }

private:
    const contact_index* index_of(rule by) const;
    std::vector<const contact*> find_aliased(const account& who, const std::string& folded_name) const;
    std::vector<const contact*> find_by_form(rule by, const std::string& folded_name) const;
    std::vector<const contact*> find_active(rule by, const account& who, const std::string& folded_name) const;
    void add_former(const contact& who);

    std::span<const contact> contacts_;
    std::span<const alias> aliases_;
    const match_rules& rules_;
    contact_index addresses_;
    std::optional<contact_index> other_addresses_;
    std::optional<contact_index> parent_addresses_;
    key_table logins_;
    std::array<key_table, rule_count> forms_; ///< Of the name rules; empty of the others.
    key_table former_;                        ///< Inactive contacts, by every account that may have been theirs.
};

} // namespace core
