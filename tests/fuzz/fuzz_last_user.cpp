// The last user as an RMM reported it. The first line is the hostname of the device, the rest is the last user.

#include "core/account.hpp"
#include "core/fold.hpp"
#include "core/text.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/require.hpp"
#include "tests/fuzz/texts.hpp"

#include <string>
#include <vector>

namespace {

const core::account_lists& lists() {
    static const std::vector<std::string> accounts{"admin", "svc-*", "scan?"};
    static const std::vector<std::string> authorities{"KIOSK*"};
    static const auto made = core::make_account_lists(accounts, authorities);
    return made;
}

/// What is promised of an account that was read and not skipped.
void check_account(const core::account& who) {
    const std::string_view name = who.name;
    fuzz::require(!name.empty(), "an account has a name");
    fuzz::require(core::trim(name) == name, "a name is trimmed");
    fuzz::require(core::trim(who.authority) == who.authority, "an authority is trimmed");
    fuzz::require(!name.contains('\\') && !name.contains('/'), "a name holds no backslash and no slash");
    fuzz::require(name.find_first_of(",;|") == std::string_view::npos && !core::has_line_break(name),
                  "a name is of one user");
    fuzz::require(!name.starts_with('@') && !name.ends_with('@'), "an at sign stands between two parts");
    const auto at = name.rfind('@');
    if (who.whole_address)
        fuzz::require(at != std::string_view::npos && name.substr(at).contains('.'), "an address has a domain");
    const auto login = who.whole_address ? name.substr(0, at) : name;
    fuzz::require(!login.ends_with('$'), "no name is that of a machine");
    fuzz::require(!lists().ignored_accounts.matches(core::fold(login)), "no name is on the list of the ignored ones");
    fuzz::require(!lists().system_authorities.matches(core::fold(who.authority)),
                  "no authority is that of the operating system");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto last_user = fuzz::text_of(data, size);
    const auto hostname = fuzz::take_line(last_user);
    const auto read = core::read_account(last_user, hostname, lists());

    fuzz::require((core::utf16_units(last_user) == 50) == (read.skip == core::reason::value_at_field_limit),
                  "a value is at the limit of its field when it has 50 units, and only then");
    const auto other = core::read_account(fuzz::with_other_case(last_user), hostname, lists());
    fuzz::require(other.skip == read.skip && core::fold(other.who.name) == core::fold(read.who.name) &&
                      other.who.whole_address == read.who.whole_address && other.who.local == read.who.local,
                  "case makes no difference");
    if (read.skip)
        return 0;
    check_account(read.who);

    // Out of halves of a character around one without width another can come to be; no JSON lets these in.
    if (!fuzz::is_utf8(last_user))
        return 0;
    // `user@HOST` is another way to write `HOST\user`, and not read the same twice when the user is an address itself.
    const auto written = read.who.authority + '\\' + read.who.name;
    if ((last_user.contains('@') && !read.who.whole_address) || core::utf16_units(written) == 50)
        return 0;
    const auto again = core::read_account(written, hostname, lists());
    fuzz::require(!again.skip && again.who.name == read.who.name && again.who.local == read.who.local &&
                      again.who.whole_address == read.who.whole_address,
                  "an account that is written as AUTHORITY\\name reads the same again");
    return 0;
}
