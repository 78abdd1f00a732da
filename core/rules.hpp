#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <optional>
#include <string_view>

namespace core {

/// A way to find the contact an account stands for; the names are those of the configuration and of the audit log.
enum class rule {
    email,             ///< A whole address equals a contact's whole address.
    local_part,        ///< The login name equals what stands before the last `@` of a contact's address.
    alias,             ///< The operator has said whom the account means.
    login_field,       ///< A user-defined field of the contact holds the account.
    other_email,       ///< As `email`, in the addresses that `email` does not look at.
    other_local_part,  ///< As `local_part`, in the same ones.
    first_dot_last,    ///< The login name is made of the contact's names: "mary.smith".
    firstlast,         ///< "marysmith"
    flast,             ///< "msmith"
    firstl,            ///< "marys"
    parent_email,      ///< As `email`, among the contacts of the direct parent company.
    parent_local_part, ///< As `local_part`, among the same ones.
};
inline constexpr std::size_t rule_count = 12;

/// Every rule's name, in the order of the enumeration.
std::array<std::string_view, rule_count> rule_names();

std::string_view to_string(rule one);
std::optional<rule> parse_rule(std::string_view name);

/// Some of the rules.
class rule_set {
public:
    void add(rule one) { bits_.set(static_cast<std::size_t>(one)); }
    bool has(rule one) const { return bits_.test(static_cast<std::size_t>(one)); }

    friend bool operator==(const rule_set&, const rule_set&) = default;

private:
    std::bitset<rule_count> bits_;
};

/// True of a rule that looks for whole addresses ...
bool wants_address(rule one);

/// ... or for login names. Some do both.
bool wants_login_name(rule one);

/// True of a rule that makes the login name out of the names of a contact.
bool is_name_form(rule one);

/// True of a rule that can find a contact who has no e-mail address.
bool needs_no_address(rule one);

/// True of a rule that looks among the contacts of the parent company.
bool is_of_parent(rule one);

/// True of a rule that finds people by what is not their own address in this company: what it finds may be the namesake
/// of somebody who has left, whose account it was.
bool may_find_a_namesake(rule one);

} // namespace core
