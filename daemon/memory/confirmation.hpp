#pragma once

#include "autotask/reader.hpp"
#include "core/decide.hpp"
#include "core/plan.hpp"
#include "daemon/memory/row_memory.hpp"

#include <boost/asio/awaitable.hpp>
#include <span>
#include <string>
#include <vector>

namespace contactd {

/// So many changes are confirmed with one or two questions.
inline constexpr std::size_t confirmed_at_a_time = autotask::longest_list;

/// A change that follows from rows of which some were not read in this sweep.
struct unconfirmed_change {
    core::device_id device;
    core::event what = core::event::would_assign; ///< Or would_reassign.
    core::contact_id contact;
    core::account who;
    core::rule by = core::rule::email;

    /// The same device gets the same contact.
    friend bool operator==(const unconfirmed_change& a, const unconfirmed_change& b) {
        return a.device == b.device && a.what == b.what && a.contact == b.contact;
    }
};

/// The changes of a plan.
std::vector<unconfirmed_change> changes_of(const core::company_plan& plan);

/// A company with such changes.
struct unconfirmed_company {
    core::snapshot rows;
    const core::match_rules* rules = nullptr;
    std::vector<unconfirmed_change> changes;
};

/// Nothing is written on the strength of a memory. Asks how the devices are now, unless they were among what was
/// modified, and for the contacts whose addresses hold the names that are looked for. A change is confirmed when its
/// device and its contact are what they are known to be, and the same is decided once more on nothing but these rows.
/// One that follows from a rule, or could be forestalled by one, that looks at more than addresses is not confirmed.
/// Gives for each company whether all its changes were; one of which they were not has to be read in full.
/// `confirmed_at_a_time` changes at once; more are asked for in several questions.
boost::asio::awaitable<autotask::result<std::vector<bool>>> confirm(std::span<const unconfirmed_company> companies,
                                                                    const row_memory& memory, autotask::reader& from);

/// What to look for in the addresses of contacts so that everybody is found whom the account could mean: the whole
/// address, or the name and its `@`; a name that may have been cut without. Of a name with letters or signs that a
/// server may understand in another way than we do, the longest piece without them. In the case that `stored`, the
/// addresses of the contact that matches, do not have: that this contact is found then shows that the server ignores
/// case. Nothing where too little is left to look for.
std::string text_to_look_for(const core::account& who, std::span<const std::string> stored);

} // namespace contactd
