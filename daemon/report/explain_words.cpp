#include "daemon/report/explain_words.hpp"

#include "daemon/printable.hpp"
#include "daemon/timestamp.hpp"

#include <fmt/format.h>

namespace contactd {

namespace {

std::string stopped_words(const core::reading_step& one, core::reason why) {
    switch (why) {
    case core::reason::value_at_field_limit:
        return "it fills its field of 50 characters, so that the end may be missing";
    case core::reason::no_last_user:
        return one.part.empty() ? "nothing is left" : fmt::format("\"{}\" means nobody", revealed(one.part));
    case core::reason::guest_account:
        return "#EXT# marks a guest of another organization";
    case core::reason::mangled_account:
        return fmt::format("({}) marks two accounts that had one name: nobody knows which it is", revealed(one.part));
    case core::reason::multiple_users:
        return "it names more than one user";
    case core::reason::sid_value:
        return "it is a security identifier, not a name";
    case core::reason::system_account:
        return fmt::format("\"{}\" is the operating system", revealed(one.part));
    case core::reason::machine_account:
        return fmt::format("\"{}\" ends in $: it is a machine", revealed(one.part));
    case core::reason::ignored_account:
        return fmt::format("\"{}\" is on the list of ignored accounts", revealed(one.part));
    default:
        return "it is not understood";
    }
}

} // namespace

std::string decision_words(const core::decision& one) {
    switch (one.what) {
    case core::event::in_sync:
        return "the right contact is set";
    case core::event::would_assign:
        return "no contact is set, and exactly one matches: the next sweep assigns it";
    case core::event::would_reassign:
        return "another contact is set, and exactly one matches: the next sweep puts it in its place";
    default:
        break;
    }
    return fmt::format("left alone: {}", core::explain(one.why.value_or(core::reason::no_match)));
}

std::string step_words(const core::reading_step& one, const core::account_reading& all) {
    const auto part = revealed(one.part);
    const auto left = revealed(one.left);
    switch (one.what) {
    case core::reading_action::removed_invisible:
        return fmt::format("invisible characters taken out: \"{}\"", left);
    case core::reading_action::trimmed:
        return fmt::format("blanks, quotation marks and the like around it taken off: \"{}\"", left);
    case core::reading_action::removed_state:
        return fmt::format("({}) says how the session stands, taken off: \"{}\"", part, left);
    case core::reading_action::split:
        return part.empty()
                   ? fmt::format("split at the last backslash: nothing before it, name \"{}\"", left)
                   : fmt::format("split at the last backslash: domain or host \"{}\", name \"{}\"", part, left);
    case core::reading_action::read_at_sign:
        return fmt::format("no dot behind the @: \"{}\" is a domain or host, name \"{}\"", part, left);
    case core::reading_action::whole_address:
        return fmt::format("a dot behind the @: \"{}\" is a whole address", left);
    case core::reading_action::local_account:
        return fmt::format("\"{}\" is the device itself: an account that only this device knows", part);
    case core::reading_action::stopped:
        break;
    }
    return "ends here: " + stopped_words(one, all.skip.value_or(core::reason::unparseable));
}

std::string rule_words(core::rule one) {
    switch (one) {
    case core::rule::email:
        return "whose whole e-mail address is the account";
    case core::rule::local_part:
        return "whose e-mail address has the name before its @";
    case core::rule::alias:
        return "whom the alias file names for the account";
    case core::rule::login_field:
        return "whose login field holds the account";
    case core::rule::other_email:
        return "as email, in the other address fields";
    case core::rule::other_local_part:
        return "as local_part, in the other address fields";
    case core::rule::first_dot_last:
        return "whose first and last name, with a dot, are the account";
    case core::rule::firstlast:
        return "whose first and last name are the account";
    case core::rule::flast:
        return "whose first letter and last name are the account";
    case core::rule::firstl:
        return "whose first name and the first letter of the last are the account";
    case core::rule::parent_email:
        return "as email, at the parent company";
    case core::rule::parent_local_part:
        return "as local_part, at the parent company";
    }
    return {};
}

std::string answer_words(core::rule_answer one, const core::account& who) {
    switch (one) {
    case core::rule_answer::found:
        return "found";
    case core::rule_answer::nobody:
        return "nobody";
    case core::rule_answer::other_form:
        return who.whole_address ? "only for login names" : "only for whole addresses";
    case core::rule_answer::alias_is_gone:
        return "an alias speaks of the account, but its contact is not there";
    case core::rule_answer::not_asked:
        return "not asked: a rule above has decided";
    }
    return {};
}

std::string near_miss_words(const core::near_miss& one) {
    switch (one.why) {
    case core::near_miss_kind::inactive:
        return "has this account, but is inactive";
    case core::near_miss_kind::no_rule:
        return "has this account, but where no rule of these looks";
    case core::near_miss_kind::other_domain:
        return "has this name at another domain";
    case core::near_miss_kind::no_address:
        return "the name fits, but there is no e-mail address";
    case core::near_miss_kind::other_address:
        return "the name fits, but the e-mail address is another one";
    case core::near_miss_kind::longer_name:
        return "the name goes on after the 20 characters that Windows keeps";
    case core::near_miss_kind::near_spelling:
        return "is spelled nearly the same";
    case core::near_miss_kind::other_company:
        return fmt::format("belongs to another company ({})", one.who->company.value);
    }
    return {};
}

std::string scope_words(core::out_of_scope why) {
    switch (why) {
    case core::out_of_scope::inactive:
        return "the configuration item is inactive";
    case core::out_of_scope::type:
        return "its type is not wanted";
    case core::out_of_scope::category:
        return "its category is not wanted";
    case core::out_of_scope::no_last_user:
        return "no last user is reported, so that it is only counted";
    }
    return {};
}

std::string moment_words(core::wall_time when) {
    auto text = timestamp(when);
    text[text.find('T')] = ' ';
    return text.substr(0, text.find('.')) + " UTC";
}

} // namespace contactd
