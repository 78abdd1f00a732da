#pragma once

#include "core/decide.hpp"
#include "core/near_miss.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace core {

/// What a human can do about a device that was left alone.
enum class fix_kind : std::uint8_t {
    nothing_to_do,    ///< Nobody's account: it is right to leave the device alone.
    wait,             ///< It goes on by itself.
    change_setting,   ///< The settings want it so.
    look_at_rmm,      ///< The RMM reports a value that names nobody in particular.
    merge_duplicates, ///< Several contacts share one address.
    choose_one,       ///< Several contacts match.
    mend_alias,       ///< An alias speaks of a contact who is not there.
    inactive_contact, ///< A contact who is inactive matches.
    look_elsewhere,   ///< A contact holds the account where no rule looks.
    other_domain,     ///< A contact has the address with another domain.
    add_address,      ///< The name of a contact without an address gives the account.
    other_address,    ///< The name of a contact gives the account, his address is another one.
    cut_name,         ///< Contacts whose login name may have been cut to this one.
    near_spelling,    ///< A contact is spelled nearly the same.
    add_contact,      ///< Nobody of the company resembles the account.
};
inline constexpr int fix_kind_count = 15;

/// The public, snake_case name.
std::string_view to_string(fix_kind kind);

/// A contact that a fix is about, complete in itself.
struct fix_contact {
    contact_id id;
    std::string name;                   ///< May be empty.
    std::vector<std::string> addresses; ///< As stored, without empty ones.
    bool active = true;
    std::string alias_line; ///< The line of an alias file by which the account means this contact; empty where none
                            ///< can.
};

/// The likely fix of one device.
struct likely_fix {
    fix_kind kind = fix_kind::nothing_to_do;
    std::vector<fix_contact> contacts; ///< By ascending id.
    std::string words;                 ///< One sentence that a technician can act on, with its full stop.
};

/// The line of an alias file, in the columns company_id, account, contact, without its line feed: this account means
/// this contact.
std::string alias_line(company_id company, const account& who, contact_id contact);

/// Finds likely fixes for the devices of one company, in what is known of it. Made once for a company; refers to the
/// contacts.
class fix_finder {
public:
    /// All contacts of the company that are known, active or not, in one list or in two.
    fix_finder(company_id company, std::span<const contact> contacts, std::span<const contact> more = {})
        : company_(company), near_(contacts, more) {}

    /// For a decision of this company that leaves its device alone.
    likely_fix find(const decision& one) const;

    const near_miss_index& near() const { return near_; }

private:
    fix_contact about(const contact& who, const account& subject) const;
    likely_fix for_nobody(const decision& one) const;
    likely_fix made(fix_kind kind, std::string words, const decision& one, std::span<const contact* const> who) const;

    company_id company_;
    near_miss_index near_;
};

} // namespace core
