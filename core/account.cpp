#include "core/account.hpp"

#include "core/ascii.hpp"
#include "core/fold.hpp"
#include "core/reading_steps.hpp"
#include "core/shipped_lists.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>

namespace core {
namespace {

/// rmmDeviceAuditLastUser holds this many UTF-16 units; a longer value may have been cut to them.
constexpr std::size_t last_user_field_units = 50;
/// A NetBIOS computer name is the hostname cut to this many characters.
constexpr std::size_t netbios_name_length = 15;

bool is_hex(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

bool is_number(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_ascii_digit);
}

/// True when the first word is "error". A dot ends it only before a blank: error.handler is a login name.
bool starts_with_error(std::string_view folded) {
    constexpr std::string_view word = "error";
    if (!folded.starts_with(word))
        return false;
    auto rest = folded.substr(word.size());
    rest.remove_prefix(std::min(rest.find_first_not_of('.'), rest.size()));
    return rest.empty() || std::string_view(":,;!([").contains(rest.front()) || trim_blanks(rest).data() != rest.data();
}

/// An RMM agent writes these where it means that nobody is known. The whole value must be one of them.
bool names_nobody(std::string_view folded) {
    static constexpr std::array<std::string_view, 12> placeholders{
        "none", "(none)", "n/a", "-", "--", "null", "nil", "unknown", "(unknown)", "undefined", "nobody", "no user"};
    if (folded.empty() || std::ranges::find(placeholders, folded) != placeholders.end())
        return true;
    return starts_with_error(folded);
}

bool is_state_word(std::string_view folded) {
    static constexpr std::array<std::string_view, 9> words{"active",  "disconnected", "disc",  "idle",  "locked",
                                                           "console", "rdp-tcp",      "local", "remote"};
    constexpr std::string_view session = "rdp-tcp#";
    return std::ranges::find(words, folded) != words.end() ||
           (folded.starts_with(session) && is_number(folded.substr(session.size())));
}

/// The text inside the brackets that end the value, with the position where they open.
struct bracketed_tail {
    std::string_view inside;
    std::size_t opens = 0;
};

std::optional<bracketed_tail> find_bracketed_tail(std::string_view value) {
    if (value.empty() || (value.back() != ')' && value.back() != ']'))
        return std::nullopt;
    const auto opens = value.rfind(value.back() == ')' ? '(' : '[');
    if (opens == std::string_view::npos)
        return std::nullopt;
    return bracketed_tail{trim(value.substr(opens + 1, value.size() - opens - 2)), opens};
}

/// Takes the state words a session list leaves behind off the end. Returns true when a mark of a name collision, such
/// as "(3f2a1b)", is met: it tells two people apart and is never taken off.
bool strip_state_words(std::string_view& value, reading_steps* steps) {
    while (const auto tail = find_bracketed_tail(value)) {
        if (!is_state_word(fold(tail->inside)))
            return is_hex(tail->inside);
        value = trim(value.substr(0, tail->opens));
        if (steps != nullptr)
            steps->note(reading_action::removed_state, tail->inside, value);
    }
    return false;
}

bool is_sid(std::string_view name) {
    return name.size() > 4 && (name[0] == 'S' || name[0] == 's') && name.substr(1, 3) == "-1-" &&
           is_ascii_digit(name[4]);
}

bool is_system_name(std::string_view folded) {
    for (const std::string_view numbered : {"dwm-", "umfd-"})
        if (folded.starts_with(numbered) && is_number(folded.substr(numbered.size())))
            return true;
    return folded == "system" || folded == "local service" || folded == "network service";
}

std::string_view first_characters(std::string_view text, std::size_t count) {
    std::size_t end = 0;
    for (; end < text.size(); ++end)
        if ((static_cast<unsigned char>(text[end]) & 0xC0u) != 0x80u && count-- == 0)
            break;
    return text.substr(0, end);
}

bool is_device_itself(std::string_view authority, std::string_view hostname) {
    if (authority == ".")
        return true;
    if (authority.empty() || hostname.empty())
        return false;
    const auto folded_authority = fold(authority);
    const auto folded_host = fold(hostname);
    const auto label = std::string_view(folded_host).substr(0, folded_host.find('.'));
    return folded_authority == folded_host || folded_authority == label ||
           folded_authority == first_characters(label, netbios_name_length);
}

/// Splits at the last backslash; a doubled one counts once.
account split_authority(std::string_view value) {
    const auto slash = value.rfind('\\');
    if (slash == std::string_view::npos)
        return account{{}, std::string(value)};
    auto authority = trim(value.substr(0, slash));
    while (authority.ends_with('\\'))
        authority = trim(authority.substr(0, authority.size() - 1));
    return account{std::string(authority), std::string(trim(value.substr(slash + 1)))};
}

/// The login name: in the whole-address form the part before the last `@`.
std::string_view login_name(const account& who) {
    const std::string_view name = who.name;
    return who.whole_address ? name.substr(0, name.rfind('@')) : name;
}

/// Decides what an `@` in the name means: `user@domain.tld` is a whole address, `user@HOST` another way to write
/// `HOST\user`. Returns true when it names the authority.
bool read_at_sign(account& who) {
    const auto at = who.name.rfind('@');
    if (at == std::string::npos)
        return false;
    const auto host = who.name.substr(at + 1);
    if (host.contains('.')) {
        who.whole_address = true;
        return false;
    }
    if (at == 0 || host.empty())
        return false;
    who.authority = trim(host);
    who.name = std::string(trim(std::string_view(who.name).substr(0, at)));
    return true;
}

} // namespace

account_lists make_account_lists(std::span<const std::string> ignored_accounts,
                                 std::span<const std::string> ignored_authorities) {
    account_lists lists{glob_list(ignored_authorities), glob_list(ignored_accounts)};
    for (const auto name : shipped_system_authorities())
        lists.system_authorities.add(name);
    for (const auto name : shipped_ignored_accounts())
        lists.ignored_accounts.add(name);
    return lists;
}

account_reading read_account(std::string_view last_user, std::string_view hostname, const account_lists& lists,
                             reading_steps* steps) {
    account_reading result;
    // Of the values that are sent to it, none is copied when nobody wants to hear of it.
    const auto note = [steps](reading_action what, std::string_view part, std::string_view left) {
        if (steps != nullptr)
            steps->note(what, part, left);
    };
    const auto skip = [&result, &note](reason why, std::string_view because, std::string_view left) {
        result.skip = why;
        note(reading_action::stopped, because, left);
        return result;
    };

    if (utf16_units(last_user) == last_user_field_units)
        return skip(reason::value_at_field_limit, last_user, last_user);

    const auto cleaned = without_zero_width(last_user);
    if (cleaned.size() < last_user.size())
        note(reading_action::removed_invisible, {}, cleaned);
    auto value = trim(cleaned);
    if (value.size() < cleaned.size())
        note(reading_action::trimmed, {}, value);
    const auto folded = fold(value);
    if (names_nobody(folded))
        return skip(reason::no_last_user, value, value);
    if (folded.contains("#ext#"))
        return skip(reason::guest_account, value, value);
    const auto before = value;
    if (strip_state_words(value, steps))
        return skip(reason::mangled_account, find_bracketed_tail(value)->inside, value);
    // What a state word was taken off from may be a placeholder.
    if (value.size() < before.size() && names_nobody(fold(value)))
        return skip(reason::no_last_user, value, value);
    if (value.find_first_of(",;|") != std::string_view::npos || has_line_break(value))
        return skip(reason::multiple_users, value, value);

    auto& who = result.who;
    who = split_authority(value);
    if (value.contains('\\'))
        note(reading_action::split, who.authority, who.name);
    if (is_sid(who.name))
        return skip(reason::sid_value, who.name, who.name);
    // `DOMAIN\user@HOST` names two authorities: either of them may be the operating system's.
    const auto is_system = [&lists](const std::string& authority) {
        return lists.system_authorities.matches(fold(authority));
    };
    bool of_system = is_system(who.authority);
    if (read_at_sign(who)) {
        note(reading_action::read_at_sign, who.authority, who.name);
        of_system = of_system || is_system(who.authority);
    }
    if (who.whole_address)
        note(reading_action::whole_address, {}, who.name);
    who.local = is_device_itself(who.authority, hostname);
    if (who.local)
        note(reading_action::local_account, who.authority, who.name);
    const auto login = login_name(who);
    const auto folded_login = fold(login);
    if (of_system || (!who.whole_address && is_system_name(folded_login)))
        return skip(reason::system_account, of_system ? std::string_view(value) : login, who.name);
    if (login.ends_with('$'))
        return skip(reason::machine_account, login, who.name);
    if (lists.ignored_accounts.matches(folded_login))
        return skip(reason::ignored_account, login, who.name);
    if (login.empty() || value.contains('/') || who.name.starts_with('@') || who.name.ends_with('@'))
        return skip(reason::unparseable, value, who.name);
    return result;
}

} // namespace core
