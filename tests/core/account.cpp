#include "core/account.hpp"

#include "core/shipped_lists.hpp"
#include "core/text.hpp"
#include "tests/core/support.hpp"

#include <catch2/catch.hpp>

using namespace core_tests;
using namespace std::string_view_literals;

namespace {

enum class form { name, address };
enum class where { elsewhere, local };

struct readable_value {
    std::string_view value;
    std::string_view authority;
    std::string_view name;
    form as = form::name;
    where account = where::elsewhere;
};

void check_readable(std::initializer_list<readable_value> table) {
    const auto lists = core::make_account_lists({}, {});
    for (const auto& row : table) {
        CAPTURE(row.value);
        const auto read = core::read_account(row.value, test_hostname, lists);
        CHECK(words(read.skip) == "-");
        CHECK(read.who.authority == row.authority);
        CHECK(read.who.name == row.name);
        CHECK(read.who.whole_address == (row.as == form::address));
        CHECK(read.who.local == (row.account == where::local));
    }
}

void check_skipped(core::reason why, std::initializer_list<std::string_view> values,
                   const core::account_lists& lists = core::make_account_lists({}, {})) {
    for (const auto value : values) {
        CAPTURE(value);
        CHECK(words(core::read_account(value, test_hostname, lists).skip) == core::to_string(why));
    }
}

std::string outcome(const core::account_reading& read) {
    return words(read.skip) + "|" + (read.skip ? "" : read.who.authority + "|" + read.who.name) + "|" +
           (read.who.whole_address ? "address" : "") + "|" + (read.who.local ? "local" : "");
}

} // namespace

TEST_CASE("The name stands after the last backslash, whatever kind of domain stands before it") {
    check_readable({
        {"ACME\\jsmith", "ACME", "jsmith"},
        {"ACME.LOCAL\\jsmith", "ACME.LOCAL", "jsmith"},
        {"acme.example\\jsmith", "acme.example", "jsmith"},
        {"acme\\JSmith", "acme", "JSmith"},
        {"jsmith", "", "jsmith"},
        {"j.smith-2_x", "", "j.smith-2_x"},
        {"\\jsmith", "", "jsmith"},
        {"\\\\jsmith", "", "jsmith"},
        {"ACME\\\\jsmith", "ACME", "jsmith"},
        {"ACME\\\\\\\\jsmith", "ACME", "jsmith"},
        {"ACME\\ \\jsmith", "ACME", "jsmith"},
        {"A\\B\\jsmith", "A\\B", "jsmith"},
        {"AzureAD\\JohnSmith", "AzureAD", "JohnSmith"},
        {"John Smith", "", "John Smith"},
        {"ACME\\John Smith", "ACME", "John Smith"},
    });
}

TEST_CASE("An account of the device itself is read like any other and noted as local") {
    check_readable({
        {"PC-042\\jsmith", "PC-042", "jsmith", form::name, where::local},
        {"pc-042\\jsmith", "pc-042", "jsmith", form::name, where::local},
        {".\\jsmith", ".", "jsmith", form::name, where::local},
        {"jsmith@PC-042", "PC-042", "jsmith", form::name, where::local},
        {"ACME\\jsmith@pc-042", "pc-042", "jsmith", form::name, where::local},
        {"PC-0421\\jsmith", "PC-0421", "jsmith"},
        {"PC-04\\jsmith", "PC-04", "jsmith"},
        {"jsmith", "", "jsmith"},
    });
}

TEST_CASE("A device is known by its hostname, its first label and its NetBIOS name") {
    struct row {
        std::string_view authority;
        std::string_view hostname;
        bool local;
    };
    const auto lists = core::make_account_lists({}, {});
    for (const auto& [authority, hostname, local] : std::initializer_list<row>{
             {"PC-042", "pc-042.acme.example", true},
             {"pc-042.ACME.example", "PC-042.acme.example", true},
             {"RECEPTION-DESKT", "reception-desktop-01", true},
             {"RECEPTION-DESK", "reception-desktop-01", false},
             {"B\xC3\x9CRO-EMPFANG-PC", "b\xC3\xBCro-empfang-pc-2", true}, // 15 characters in 16 bytes
             {"B\xC3\x9CRO-EMPFANG-P", "b\xC3\xBCro-empfang-pc-2", false},
             {"ACME", "", false},
             {"acme", "pc-042.acme.example", false},
             {".", "", true},
         }) {
        CAPTURE(authority, hostname);
        CHECK(core::read_account(std::string(authority) + "\\jsmith", hostname, lists).who.local == local);
    }
}

TEST_CASE("A dot after the at sign makes a whole address, no dot another way to write the authority") {
    check_readable({
        {"jsmith@acme.example", "", "jsmith@acme.example", form::address},
        {"J.Smith@Acme.Example", "", "J.Smith@Acme.Example", form::address},
        {"AzureAD\\jsmith@acme.example", "AzureAD", "jsmith@acme.example", form::address},
        {"ACME\\jsmith@mail.acme.example", "ACME", "jsmith@mail.acme.example", form::address},
        {".\\jsmith@acme.example", ".", "jsmith@acme.example", form::address, where::local},
        {"jsmith@AzureAD", "AzureAD", "jsmith"},
        {"jsmith@ACME", "ACME", "jsmith"},
        {"first.last@ACME", "ACME", "first.last"},
        {"ACME\\jsmith@OTHER", "OTHER", "jsmith"},
        {"acme.example\\jsmith@OTHER", "OTHER", "jsmith"},
        {"jsmith @ACME", "ACME", "jsmith"},
        {"jsmith@ ACME", "ACME", "jsmith"},
        {"ACME\\\"jsmith\"@OTHER", "OTHER", "jsmith"},
        {"a@b.example@ACME", "ACME", "a@b.example"},
    });
}

TEST_CASE("Signs that a login cannot hold are compared as they are") {
    for (const std::string sign : {":", "=", "+", "*", "?", "<", ">", "[", "]"})
        for (const auto& name : {"j" + sign + "smith", sign + "jsmith", "jsmith" + sign}) {
            const auto value = "ACME\\" + name;
            check_readable({{value, "ACME", name}});
        }
}

TEST_CASE("State words in brackets at the end are taken off") {
    for (const std::string word :
         {"Active", "Disconnected", "Disc", "Idle", "Locked", "Console", "RDP-Tcp", "RDP-Tcp#0", "RDP-Tcp#12", "Local",
          "Remote", "ACTIVE", "active", "rdp-tcp#3", " Idle ",
          "\xC2\xA0"
          "Disc"})
        for (const auto& tail : {" (" + word + ")", " [" + word + "]", "(" + word + ")", "\t[" + word + "] "}) {
            const auto plain = "ACME\\jsmith" + tail;
            const auto address = "jsmith@acme.example" + tail;
            check_readable({{plain, "ACME", "jsmith"}, {address, "", "jsmith@acme.example", form::address}});
        }
    check_readable({
        {"jsmith (Active) [Console]", "", "jsmith"},
        {"jsmith (Active) (Active) (Active)", "", "jsmith"},
        {"\"jsmith\" (Active)", "", "jsmith"},
        {"\"ACME\\jsmith (Active)\"", "ACME", "jsmith"},
        {"ACME\\\"jsmith\" [Disc]", "ACME", "jsmith"},
        {"ACME\\\"jsmith [Disc]\"", "ACME", "jsmith"},
        {"js\xE2\x80\x8Bmith (Act\xE2\x80\x8Bive)", "", "jsmith"},
    });
}

TEST_CASE("Any other tail in brackets belongs to the name") {
    for (const auto* name :
         {"jsmith (Sales)", "jsmith [it]", "jsmith ()", "jsmith []", "jsmith (Active) x", "jsmith (Active]",
          "jsmith ((Active))", "jsmith (RDP-Tcp#)", "jsmith (RDP-Tcp#1a)", "jsmith (Activ)", "jsmith Active",
          "jsmith {Active}", "jsmith (3f2a1g)", "jsmith (3f 2a)", "jsmith )", "jsmith (", "jsmith (0x3f)"})
        check_readable({{name, "", name}});
}

TEST_CASE("A hexadecimal tail in brackets marks a collision of names and is never taken off") {
    check_skipped(core::reason::mangled_account,
                  {"jsmith (3f2a1b)", "jsmith [3F2A1B]", "ACME\\jsmith (0)", "ACME\\jsmith(beef)", "jsmith ( 3f2a1b )",
                   "jsmith (3f2a1b) (Active)", "jsmith [Disc] (3f2a1b)", "jsmith@acme.example (12)"});
}

TEST_CASE("Blanks, control characters and quotes around the value and around the name are trimmed") {
    for (const std::string around : {" ",
                                     "\t",
                                     "\r\n",
                                     "\n",
                                     "\v",
                                     "\x01",
                                     "\x7F",
                                     "\xC2\xA0",
                                     "\xC2\x85",
                                     "\xE1\x9A\x80",
                                     "\xE2\x80\x80",
                                     "\xE2\x80\x89",
                                     "\xE2\x80\xA8",
                                     "\xE2\x80\xA9",
                                     "\xE2\x80\xAF",
                                     "\xE2\x81\x9F",
                                     "\xE3\x80\x80",
                                     "\"",
                                     "'",
                                     "`",
                                     "\xC2\xB4",
                                     "\xC2\xAB",
                                     "\xC2\xBB",
                                     "\xE2\x80\x98",
                                     "\xE2\x80\x99",
                                     "\xE2\x80\x9A",
                                     "\xE2\x80\x9B",
                                     "\xE2\x80\x9C",
                                     "\xE2\x80\x9D",
                                     "\xE2\x80\x9E",
                                     "\xE2\x80\x9F",
                                     "\" ",
                                     " '\t\xC2\xA0"}) {
        const auto whole = around + "ACME\\jsmith" + around;
        const auto inner = "ACME\\" + around + "jsmith" + around;
        const auto before = "ACME" + around + "\\jsmith";
        check_readable({{whole, "ACME", "jsmith"}});
        // The separators of users are looked for before the name is cut out.
        if (core::has_line_break(around))
            check_skipped(core::reason::multiple_users, {inner});
        else
            check_readable({{inner, "ACME", "jsmith"}});
        if (!core::has_line_break(around))
            check_readable({{before, "ACME", "jsmith"}});
    }
    check_readable({{"\0ACME\\jsmith\0"sv, "ACME", "jsmith"}, {"ACME\\o'brien", "ACME", "o'brien"}});
}

TEST_CASE("A NUL, a mark of direction or an invalid byte inside a name stays in it") {
    check_readable({
        {"ACME\\j\0smith"sv, "ACME", "j\0smith"sv},
        {"ACME\\j\xE2\x80\x8Fsmith", "ACME", "j\xE2\x80\x8Fsmith"},
        {"ACME\\\xE2\x80\x8Ejsmith", "ACME", "\xE2\x80\x8Ejsmith"},
        {"ACME\\j\xFFsmith", "ACME", "j\xFFsmith"},
        {"ACME\\jsmith\xE2\x80", "ACME", "jsmith\xE2\x80"},
        {"ACME\\\xED\xA0\x80jsmith", "ACME", "\xED\xA0\x80jsmith"},
    });
}

TEST_CASE("Zero-width characters are removed wherever they stand") {
    for (const std::string none : {"\xE2\x80\x8B", "\xE2\x80\x8C", "\xE2\x80\x8D", "\xE2\x81\xA0", "\xEF\xBB\xBF"}) {
        const auto inside = "AC" + none + "ME\\js" + none + none + "mith";
        const auto around = none + " ACME\\" + none + "\"jsmith" + none + "\"" + none;
        check_readable({{inside, "ACME", "jsmith"}, {around, "ACME", "jsmith"}});
        const auto nobody = "No" + none + "ne";
        const auto only = none + " " + none;
        const auto sid = "S-" + none + "1-5-18";
        check_skipped(core::reason::no_last_user, {nobody, only});
        check_skipped(core::reason::sid_value, {sid});
    }
}

TEST_CASE("A placeholder as the whole value means that there is no last user") {
    check_skipped(core::reason::no_last_user,
                  {"",         "   ",     "\"\"",   "''",       "\xC2\xA0",  "\xEF\xBB\xBF",  "null",
                   "NULL",     "None",    "NONE",   "(none)",   "(None)",    "N/A",           "n/a",
                   "-",        "--",      "nil",    "Unknown",  "(unknown)", "UNDEFINED",     "Nobody",
                   "no user",  "No User", " None ", "\"None\"", "(Active)",  "None (Active)", "N/A [Disc]",
                   "'(none)'", "\x01",    "\0"sv});
    check_skipped(core::reason::no_last_user,
                  {"Error", "error", "ERROR: access denied", "Error 5", "Error\treading", "Error, no access",
                   "Error (0x5)", "error; failed", "Error! x", "Error\nline", "Error NT AUTHORITY\\SYSTEM", "Error.",
                   "Error. Access denied",
                   "Error\xC2\xA0"
                   "5",
                   "Error\xE3\x80\x80x", "Error\vx", "Error (Active)"});
}

TEST_CASE("A placeholder that is only a part of the value is a name like any other") {
    check_readable({
        {"ACME\\None", "ACME", "None"},
        {"ACME\\unknown", "ACME", "unknown"},
        {"none@acme.example", "", "none@acme.example", form::address},
        {"---", "", "---"},
        {"nobody2", "", "nobody2"},
        {"errors", "", "errors"},
        {"error.handler", "", "error.handler"},
        {"error-x", "", "error-x"},
        {"ERROR\\jsmith", "ERROR", "jsmith"},
        {"ACME\\Error", "ACME", "Error"},
        {"no  user", "", "no  user"},
    });
}

TEST_CASE("A guest of another tenant is told from a member by the mark of a guest") {
    check_skipped(core::reason::guest_account,
                  {"jane_acme.com#EXT#@tenant.onmicrosoft.com", "jane_acme.com#ext#@tenant.onmicrosoft.com",
                   "AzureAD\\jane_acme.com#EXT#@tenant.onmicrosoft.com", "jane_acme.com#EXT#", "ACME\\jane#Ext#",
                   "j#EX\xE2\x80\x8BT#@t.example", "a#EXT#@t.example, b", "x$#EXT#@t.example",
                   "j#EXT#@t.example (3f2a)"});
}

TEST_CASE("An authority of the operating system makes a system account, in any language") {
    for (const std::string authority :
         {"NT AUTHORITY", "nt authority", "Nt Authority", "NT-AUTORIT\xC3\x84T", "nt-autorit\xC3\xA4t",
          "NT-AUTORITA\xCC\x88T", "AUTORITE NT", "NT SERVICE", "NT VIRTUAL MACHINE", "Window Manager", "WINDOW MANAGER",
          "Font Driver Host", "IIS APPPOOL", "iis apppool", "BUILTIN", "Builtin", "VORDEFINIERT"}) {
        const auto before = authority + "\\whoever";
        const auto doubled = authority + "\\\\whoever";
        const auto blank = " " + authority + " \\ whoever";
        const auto after = "whoever@" + authority;
        const auto outer = authority + "\\whoever@PC-042";
        const auto outer_of_address = authority + "\\whoever@acme.example";
        const auto machine = authority + "\\PC-042$";
        const auto ignored = authority + "\\Administrator";
        const auto nobody = authority + "\\";
        const auto state = authority + "\\whoever (Active)";
        check_skipped(core::reason::system_account,
                      {before, doubled, blank, after, outer, outer_of_address, machine, ignored, nobody, state});
    }
    for (const auto shipped : core::shipped_system_authorities()) {
        const auto value = std::string(shipped) + "\\x";
        check_skipped(core::reason::system_account, {value});
    }
}

TEST_CASE("A name of the operating system makes a system account, whatever the authority") {
    for (const std::string name : {"SYSTEM", "system", "LOCAL SERVICE", "Local Service", "NETWORK SERVICE", "DWM-1",
                                   "dwm-12", "UMFD-0", "umfd-3"}) {
        const auto in_domain = "ACME\\" + name;
        const auto on_host = name + "@PC-042";
        const auto quoted = "ACME\\\"" + name + "\"";
        const auto state = name + " [Console]";
        check_skipped(core::reason::system_account, {name, in_domain, on_host, quoted, state});
    }
    check_readable({{"ACME\\DWM-", "ACME", "DWM-"},
                    {"ACME\\DWM-x", "ACME", "DWM-x"},
                    {"ACME\\UMFD-1a", "ACME", "UMFD-1a"},
                    {"ACME\\systems", "ACME", "systems"}});
}

TEST_CASE("The operator's authorities are added to the shipped ones") {
    const std::vector<std::string> authorities{"KIOSK", "lab-*"};
    const auto lists = core::make_account_lists({}, authorities);
    check_skipped(core::reason::system_account, {"kiosk\\x", "LAB-7\\x", "x@Lab-9", "NT AUTHORITY\\x", "KIOSK\\x@ACME"},
                  lists);
    CHECK_FALSE(core::read_account("LAB\\x", test_hostname, lists).skip);
}

TEST_CASE("A name that ends in a dollar sign is a machine account") {
    check_skipped(core::reason::machine_account,
                  {"PC-042$", "ACME\\PC-042$", "PC-042$@acme.example", "AzureAD\\PC-042$@acme.example", "PC-042$@ACME",
                   "ACME\\\"PC-042$\"", "PC-042$ (Active)", "_x$", "PC-042$ @ACME", "a/b$", "$"});
    check_readable({{"ACME\\j$smith", "ACME", "j$smith"}, {"j@acme.example$", "", "j@acme.example$", form::address}});
}

TEST_CASE("A built-in account never stands for a person") {
    for (const std::string name :
         {"Administrator",
          "ADMINISTRATOR",
          "administrator",
          "Administrateur",
          "Administrador",
          "\xD0\x90\xD0\xB4\xD0\xBC\xD0\xB8\xD0\xBD\xD0\xB8\xD1\x81\xD1\x82\xD1\x80\xD0\xB0\xD1\x82\xD0\xBE\xD1\x80",
          "\xD0\xB0\xD0\xB4\xD0\xBC\xD0\xB8\xD0\xBD\xD0\xB8\xD1\x81\xD1\x82\xD1\x80\xD0\xB0\xD1\x82\xD0\xBE\xD1\x80",
          "Administrat\xC3\xB6r",
          "Administrato\xCC\x88r",
          "J\xC3\xA4rjestelm\xC3\xA4nvalvoja",
          "Rendszergazda",
          "Guest",
          "guest",
          "DefaultAccount",
          "WDAGUtilityAccount",
          "defaultuser0",
          "defaultuser1",
          "root",
          "_mbsetupuser",
          "loginwindow",
          "_x",
          "_"}) {
        const auto in_domain = "ACME\\" + name;
        const auto local = ".\\" + name;
        const auto on_host = name + "@PC-042";
        const auto address = name + "@acme.example";
        const auto state = name + " (Locked)";
        check_skipped(core::reason::ignored_account, {name, in_domain, local, on_host, address, state});
    }
    check_readable({{"admin", "", "admin"},
                    {"reception@acme.example", "", "reception@acme.example", form::address},
                    {"defaultuser2", "", "defaultuser2"},
                    {"administrators", "", "administrators"},
                    {"a_", "", "a_"}});
}

TEST_CASE("The operator's accounts are globs that ignore case and look at the part before the at sign") {
    const std::vector<std::string> accounts{"Admin", "SVC-*", "t?ch", "M\xC3\x9CLLER"};
    const auto lists = core::make_account_lists(accounts, {});
    check_skipped(core::reason::ignored_account,
                  {"admin", "ACME\\ADMIN", "admin@acme.example", "svc-backup", "ACME\\svc-", "Tech",
                   "t\xC3\xA4"
                   "ch",
                   "ACME\\mu\xCC\x88ller", "root", "svc-a/b"},
                  lists);
    for (const auto* value : {"administrativ", "xsvc-1", "teech", "j@svc-x.example"}) {
        CAPTURE(value);
        CHECK_FALSE(core::read_account(value, test_hostname, lists).skip);
    }
}

TEST_CASE("Several names are nobody in particular") {
    check_skipped(core::reason::multiple_users, {"a, b",
                                                 "a,b",
                                                 "a; b",
                                                 "a;b",
                                                 "a|b",
                                                 "a | b",
                                                 "a\nb",
                                                 "a\r\nb",
                                                 "a\rb",
                                                 "a\vb",
                                                 "a\fb",
                                                 "a\xC2\x85"
                                                 "b",
                                                 "a\xE2\x80\xA8"
                                                 "b",
                                                 "a\xE2\x80\xA9"
                                                 "b",
                                                 "ACME\\a; ACME\\b",
                                                 "Smith, John",
                                                 "a (Active), b (Active)",
                                                 "a\nb (Active)",
                                                 "S-1-5-18, b",
                                                 "NT AUTHORITY\\SYSTEM; ACME\\a",
                                                 ",",
                                                 "a/b, c",
                                                 "ACME\\,"});
}

TEST_CASE("A security identifier is not a name") {
    check_skipped(core::reason::sid_value,
                  {"S-1-5-21-1004336348-1177238915-682003330-512", "S-1-5-18", "s-1-5-18", "ACME\\S-1-12-1-1", "S-1-0",
                   "\"S-1-5-18\"", "NT AUTHORITY\\S-1-5-18", "S-1-5-21-x$", "S-1-5-18 (Active)", "S-1-5/x"});
    check_readable({{"S-1-", "", "S-1-"}, {"S-1-x", "", "S-1-x"}, {"S-2-5", "", "S-2-5"}, {"xS-1-5", "", "xS-1-5"}});
}

TEST_CASE("What is not understood is left alone") {
    check_skipped(
        core::reason::unparseable,
        {"ACME/jsmith",    "user1/user2",      "/",  "jsmith/", "ACME\\a/b",     "a/b\\jsmith", "a/b@acme.example",
         "ACME\\",         "ACME\\\\",         "\\", "\\\\",    ".\\",           "ACME\\ ",     "ACME\\\"\"",
         "ACME\\(Active)", "ACME\\ [Console]", "@",  "@ACME",   "@acme.example", "jsmith@",     "ACME\\@HOST",
         "ACME\\jsmith@",  "ACME\\@"});
}

TEST_CASE("A value that fills its field to the last unit may be cut, whatever it says") {
    const auto at_limit = std::string(50, 'a');
    const auto in_domain = "ACME\\" + std::string(45, 'a');
    const auto umlauts = repeated("\xC3\xA4", 50);
    const auto decomposed = repeated("a\xCC\x88", 25);
    const auto astral = repeated("\xF0\x9F\x98\x80", 25);
    const auto blanks = std::string(50, ' ');
    const auto padded = "ACME\\jsmith" + std::string(39, ' ');
    const auto system = "NT AUTHORITY\\" + std::string(37, 'x');
    const auto zero_width = std::string(49, 'a') + "\xE2\x80\x8B";
    const auto list = "a, b" + std::string(46, 'c');
    const auto guest = "#EXT#" + std::string(45, 'c');
    const auto invalid = std::string(50, '\xFF');
    check_skipped(core::reason::value_at_field_limit, {at_limit, in_domain, umlauts, decomposed, astral, blanks, padded,
                                                       system, zero_width, list, guest, invalid});
    const auto shorter = std::string(49, 'a');
    const auto longer = std::string(51, 'a');
    const auto astral_49 = repeated("\xF0\x9F\x98\x80", 24) + "a";
    const auto astral_51 = repeated("\xF0\x9F\x98\x80", 25) + "a";
    const auto bytes_50 = repeated("\xC3\xA4", 25);
    check_readable({{shorter, "", shorter},
                    {longer, "", longer},
                    {astral_49, "", astral_49},
                    {astral_51, "", astral_51},
                    {bytes_50, "", bytes_50}});
}

TEST_CASE("Where several reasons hold, the first of the documented order is given") {
    check_skipped(core::reason::no_last_user, {"Error #EXT#", "error, S-1-5-18"});
    check_skipped(core::reason::guest_account, {"a#EXT#, b$", "S-1-5#EXT#", "NT AUTHORITY\\a#EXT#", "a#EXT#/b"});
    check_skipped(core::reason::multiple_users, {"S-1-5-18, x", "NT AUTHORITY\\a, b", "a$, b$", "root, x/y"});
    check_skipped(core::reason::sid_value, {"NT AUTHORITY\\S-1-5-18", "S-1-5$", "S-1-5-18@ACME"});
    check_skipped(core::reason::system_account, {"NT AUTHORITY\\a$", "BUILTIN\\Administrator", "BUILTIN\\a/b"});
    check_skipped(core::reason::machine_account, {"_a$", "a/b$", "ACME\\_x$@acme.example"});
    check_skipped(core::reason::ignored_account, {"_a/b", "_@"});
}

TEST_CASE("Blanks and quotes around a value never change what it means") {
    dice random(20240501);
    const auto lists = core::make_account_lists({}, {});
    for (int i = 0; i < 20'000; ++i) {
        const auto value = random.one_in(3) ? random_bytes(random, 40) : random_text(random, 9);
        const auto trimmed = std::string(core::trim(value));
        const auto padded = " \"\t" + value + "\xC2\xA0'\n";
        const auto full = [](std::string_view text) { return core::utf16_units(text) == 50; };
        if (full(value) || full(trimmed) || full(padded))
            continue;
        CAPTURE(value);
        const auto expected = outcome(core::read_account(value, test_hostname, lists));
        REQUIRE(outcome(core::read_account(trimmed, test_hostname, lists)) == expected);
        REQUIRE(outcome(core::read_account(padded, test_hostname, lists)) == expected);
    }
}

TEST_CASE("Whatever is read has a name without anything around it and no sign that separates users") {
    dice random(77);
    const auto lists = core::make_account_lists({}, {});
    for (int i = 0; i < 50'000; ++i) {
        const auto value = random.one_in(3) ? random_bytes(random, 60) : random_text(random, 12);
        CAPTURE(value);
        const auto read = core::read_account(value, test_hostname, lists);
        if (read.skip)
            continue;
        REQUIRE_FALSE(read.who.name.empty());
        REQUIRE(core::trim(read.who.name) == read.who.name);
        REQUIRE(core::trim(read.who.authority) == read.who.authority);
        REQUIRE(read.who.name.find_first_of("\\/,;|\n") == std::string::npos);
        REQUIRE((!read.who.whole_address || read.who.name.contains('@')));
    }
}

TEST_CASE("A megabyte in a field is read in linear time") {
    // Were the time quadratic, this case would run for an hour.
    const auto lists = core::make_account_lists({}, {});
    for (const auto* part : {"a",        " ",
                             "\"",       "(",
                             ")",        "(Active)",
                             "[Idle] ",  "\\",
                             "@",        "/",
                             "\xC3\xA4", "\xE2\x80\x8B",
                             "\xCC\x81", "\xCD\x85\xCC\xA3",
                             "\xFF",     "\x80",
                             "_",        "S-1-",
                             "a (",      "\xF0\x9F\x98\x80"}) {
        const auto value = repeated(part, 1'000'000 / std::string_view(part).size());
        core::read_account(value, value, lists);
        core::read_account("ACME\\user" + value, "x", lists);
        core::read_account(value + "user", "x", lists);
        core::read_account("user (" + value + ")", "x", lists);
    }
    SUCCEED();
}
