#pragma once

#include "core/account.hpp"
#include "core/key_table.hpp"
#include "core/match_rules.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace core {

/// Why a contact that an account may well mean is no candidate; what says most comes first.
enum class near_miss_kind : std::uint8_t {
    inactive,      ///< The account is, or may have been, that of a contact who is inactive.
    no_rule,       ///< The contact holds the account where no rule looks, or none that had its turn.
    other_domain,  ///< The address differs in nothing but what stands behind the `@`.
    no_address,    ///< The name of the contact gives the account, but he has no address.
    other_address, ///< The name of the contact gives the account, but his address is another one.
    longer_name,   ///< The account may be the beginning, cut at 20 characters, of this contact's.
    near_spelling, ///< The account and the contact's differ by one slip of a finger.
    other_company, ///< The contact belongs to another company.
};
inline constexpr int near_miss_kind_count = 8;

/// The public, snake_case name.
std::string_view to_string(near_miss_kind why);

/// A contact that is no candidate, and why.
struct near_miss {
    const contact* who = nullptr;
    near_miss_kind why = near_miss_kind::inactive;
    std::string through; ///< The address, login name or spelled name that is near; folded.
};

/// Finds the contacts of one company that an account may mean although no rule finds them. Made once for a company: an
/// account then costs a few look-ups, however many contacts there are. Refers to the contacts: it lives no longer than
/// they do.
class near_miss_index {
public:
    /// All contacts of the company that are known, in one list or in two: inactive ones and those without an address as
    /// well.
    explicit near_miss_index(std::span<const contact> contacts, std::span<const contact> more = {});

    /// Those who come near to the account, each once, with the strongest reason; by reason, then by id. `except` are
    /// left out: they are the candidates.
    std::vector<near_miss> find(const account& who, std::span<const contact* const> except) const;

private:
    /// A spelling of a login name with one letter left out: two names that differ by one slip share one.
    struct worn_spelling {
        std::size_t hash;
        std::uint32_t place; ///< In `spellings_`.
    };
    struct spelling {
        std::string text;
        const contact* who;
    };

    void add(const contact& who);
    void add_near_spellings(std::string_view local_part, const contact& who);
    class collector;
    void find_exact(collector& to, const account& who, const std::string& folded) const;
    void find_by_name(collector& to, std::string folded) const;
    void find_longer(collector& to, const std::string& folded) const;
    void find_near(collector& to, const account& who, const std::string& folded) const;

    key_table local_parts_;
    key_table addresses_;
    key_table logins_;
    key_table names_; ///< By every name form.
    std::vector<spelling> spellings_;
    std::vector<worn_spelling> worn_; ///< By hash.
};

} // namespace core
