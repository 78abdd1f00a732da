#pragma once

#include "core/likely_fix.hpp"
#include "core/plan.hpp"
#include "core/reading_steps.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace core {

/// What one rule of the ladder had to say.
enum class rule_answer : std::uint8_t {
    found,         ///< It found somebody, so that it decides.
    nobody,        ///< It found nobody.
    other_form,    ///< It looks for whole addresses and this is a login name, or the other way round.
    alias_is_gone, ///< An alias speaks of the account, and its contact is not there: nobody else is looked for.
    not_asked,     ///< A rule before it has decided.
};
inline constexpr int rule_answer_count = 5;

/// The public, snake_case name.
std::string_view to_string(rule_answer what);

/// A contact that a rule found.
struct matched_contact {
    const contact* who = nullptr;
    std::string through; ///< The address, the field or the made-up name that is equal to the account.
};

struct rule_step {
    rule by;
    rule_answer what = rule_answer::not_asked;
    std::vector<matched_contact> found; ///< By ascending id.
};

/// Why a sweep does not look at a device of a company that it sweeps.
enum class out_of_scope : std::uint8_t {
    inactive,     ///< The device is inactive.
    type,         ///< Its type is not wanted.
    category,     ///< Its category is not.
    no_last_user, ///< It has no last user: it is only counted.
};
inline constexpr int out_of_scope_count = 4;

/// The public, snake_case name.
std::string_view to_string(out_of_scope why);

/// Contacts that a sweep does not read and that are never candidates.
struct bystanders {
    std::span<const contact> of_company{}; ///< Inactive ones, and those without an address.
    std::span<const contact> elsewhere{};  ///< Of other companies, with an address like the account.
};

/// Everything that leads to the decision of one device, in the order in which it happens. Refers to the snapshot, the
/// device and the contacts that it was made from.
struct explanation {
    const device* subject = nullptr;
    std::optional<out_of_scope> outside; ///< A sweep does not decide it.
    reading_steps steps;
    account_reading reading;
    std::vector<rule_step> ladder;      ///< Empty where there is no account to look for, or the device is excluded.
    std::vector<near_miss> near_misses; ///< By kind, then by id; none where the right contact is set.
    decision matched;                   ///< What the contacts alone come to, before the policy.
    std::optional<decision> decided;    ///< That of make_plan(); nothing where the device is out of scope.
    brake_counts brake;                 ///< As the company stands.
    bool held = false;
    likely_fix fix;

    /// The decision, or what it would be.
    const decision& outcome() const { return decided ? *decided : matched; }
};

/// Explains the decision that make_plan() makes of the device by these rules. `subject` is a device of the company;
/// when it is in scope, it is in the snapshot. `past` is what the sweep would know of the devices from before.
explanation explain_device(const snapshot& company, const match_rules& rules, const policy& limits,
                           const device& subject, const bystanders& others = {}, const retrospect& past = {});

} // namespace core
