#pragma once

#include "core/glob.hpp"
#include "core/reasons.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace core {

class reading_steps;

/// The accounts that never stand for a person: the shipped lists and the operator's additions.
struct account_lists {
    glob_list system_authorities;
    glob_list ignored_accounts;
};

/// The shipped lists with these globs added.
account_lists make_account_lists(std::span<const std::string> ignored_accounts,
                                 std::span<const std::string> ignored_authorities);

/// The account a last user names.
struct account {
    std::string authority;      ///< Domain or host, as written; empty where none is named.
    std::string name;           ///< As written. In the whole-address form the address, else the login name.
    bool whole_address = false; ///< The name is `user@domain.tld`.
    bool local = false;         ///< The authority is the device itself.
};

/// What became of reading a last user: an account, or the reason why there is none to look for. With a reason, `who`
/// holds as much as was read before it.
struct account_reading {
    account who;
    std::optional<reason> skip;
};

/// Reads the account out of a last user as the RMM reported it. Cleans up only what loses nothing; whatever is not
/// understood is a reason, never a guess. `hostname` is the device's own, to recognise a local account. `steps`, where
/// there are any, hear what is done and why.
account_reading read_account(std::string_view last_user, std::string_view hostname, const account_lists& lists,
                             reading_steps* steps = nullptr);

} // namespace core
