#include "config_support.hpp"

#include "daemon/sweep/rule_book.hpp"

#include <algorithm>

using contactd::client_list;
using contactd::config;
using contactd::rule_book;

namespace {

autotask::field_info picklist(const std::string& name, std::vector<autotask::picklist_value> values) {
    autotask::field_info made;
    made.name = name;
    made.data_type = "integer";
    made.is_picklist = true;
    made.values = std::move(values);
    return made;
}

/// As translate() does, with what the instance would have said.
contactd::translation translated(const contactd::instance_settings& settings, const client_list& clients) {
    const std::vector types{
        picklist("configurationItemType", {{"1", "Workstation", true}, {"2", "Server", true}, {"3", "Printer", true}})};
    const std::vector<autotask::picklist_value> categories{{"7", "Standard", true}, {"8", "Virtual", true}};
    std::vector<autotask::field_info> fields(2);
    fields[0].name = "Login name";
    fields[1].name = "Badge";
    contactd::translation made;
    const auto add = [&](const contactd::match_settings& match) {
        made.types.emplace(match.device_types.value, contactd::resolve_device_types(match.device_types.value, types));
        made.categories.emplace(match.device_categories.value,
                                contactd::resolve_device_categories(match.device_categories.value, categories));
        if (std::ranges::find(match.rules.value, "login_field") != match.rules.value.end())
            made.login_fields.emplace(match.login_field.value,
                                      contactd::resolve_login_field(match.login_field.value, fields));
    };
    add(settings.match);
    for (const auto& one : clients.organizations)
        if (one.match)
            add(*one.match);
    return made;
}

/// The rules that a text of organizations gives to companies; everything lives as long.
struct book {
    explicit book(const std::string& organizations, const std::string& above = {}, const std::string& aliases = {})
        : settings(
              config_of(above + small_instance, {{"organizations.toml", organizations}, {"aliases.csv", aliases}})),
          clients(settings, "main"), names(translated(settings.instances.front(), clients)),
          rules(settings.instances.front(), clients, names) {}

    const contactd::company_rules& of(std::int64_t company) const {
        return *rules.of(core::company_id{company}).value();
    }

    std::string error_of(std::int64_t company) const {
        const auto found = rules.of(core::company_id{company});
        return found ? "none" : found.error();
    }

    static std::vector<core::company> companies(std::vector<std::int64_t> ids) {
        std::vector<core::company> made(ids.size());
        for (std::size_t i = 0; i < ids.size(); ++i)
            made[i].id = core::company_id{ids[i]};
        return made;
    }

    autotask::wanted_rows wanted(std::vector<std::int64_t> ids) const {
        return rules.wanted(companies(std::move(ids)));
    }

    config settings;
    client_list clients;
    contactd::translation names;
    rule_book rules;
};

std::string organization(std::int64_t company, const std::string& keys = {}) {
    return "[[organization]]\nname = \"O" + std::to_string(company) + "\"\ncompany_id = " + std::to_string(company) +
           "\n" + keys + "\n";
}

std::string with_match(std::int64_t company, const std::string& keys) {
    return organization(company, "[organization.match]\n" + keys);
}

std::string with_policy(std::int64_t company, const std::string& keys) {
    return organization(company, "[organization.policy]\n" + keys);
}

using ids = std::unordered_set<core::company_id>;

ids set_of(std::initializer_list<std::int64_t> values) {
    ids made;
    for (const auto one : values)
        made.insert(core::company_id{one});
    return made;
}

} // namespace

TEST_CASE("a company has the rules of its instance, and an organization changes only what it names, for its company") {
    const book made(organization(1) + with_match(2, "device_types = [\"server\", \"none\"]\nrules = [\"email\"]") +
                        with_policy(3, "write = \"fill-empty\"\nbrake_percent = 12.5"),
                    "[match]\nexclude_devices = [\"KIOSK*\"]\n[policy]\nbrake_minimum = 4\n");
    CHECK(made.error_of(99) == "none");
    const std::vector both{core::rule::email, core::rule::local_part};
    for (const std::int64_t plain : {1, 3, 99}) {
        CHECK(made.of(plain).match.ladder == both);
        CHECK(made.of(plain).match.scope.types.values == std::set<std::int64_t>{1});
    }
    for (const std::int64_t plain : {1, 2, 99})
        CHECK(made.of(plain).policy.write == core::write_policy::reassign);
    CHECK(&made.of(1) == &made.of(99));
    CHECK(made.of(2).match.ladder == std::vector{core::rule::email});
    CHECK(made.of(2).match.scope.types.values == std::set<std::int64_t>{2});
    CHECK(made.of(2).match.scope.types.untyped);
    CHECK(made.of(3).policy.write == core::write_policy::fill_empty);
    CHECK(made.of(3).policy.brake_percent == 12.5);
    core::device kiosk;
    kiosk.hostname = "kiosk-1";
    for (const std::int64_t one : {1, 2, 3}) {
        CHECK(made.of(one).match.scope.excludes(kiosk));
        CHECK(made.of(one).policy.brake_minimum == 4);
    }
}

TEST_CASE("organizations of the same rules share them, and one key that differs is enough not to") {
    const std::string fills = "write = \"fill-empty\"";
    const book made(with_policy(1, fills) + with_policy(2, fills) + with_policy(3, fills + "\nbrake_minimum = 3") +
                    with_match(4, "only_fill = [\"email\"]") + with_match(5, "only_fill = [\"email\"]") +
                    with_match(6, "ignored_accounts = [\"email\"]") +
                    with_match(7, "ignored_authorities = [\"email\"]"));
    CHECK(&made.of(1) == &made.of(2));
    CHECK(&made.of(1) != &made.of(3));
    CHECK(&made.of(4) == &made.of(5));
    CHECK(&made.of(6) != &made.of(7));
    CHECK(made.of(4).match.only_fill.has(core::rule::email));
    CHECK_FALSE(made.of(6).match.only_fill.has(core::rule::email));
}

TEST_CASE("dry_run of an organization stands over that of its instance, in both directions") {
    const book writes(with_policy(1, "dry_run = true"));
    CHECK(writes.of(1).dry_run);
    CHECK_FALSE(writes.of(2).dry_run);
    const book dry(with_policy(1, "dry_run = false") + with_policy(3, "write = \"fill-empty\""),
                   "[policy]\ndry_run = true\n");
    CHECK_FALSE(dry.of(1).dry_run);
    CHECK(dry.of(2).dry_run);
    CHECK(dry.of(3).dry_run);
}

TEST_CASE("max_changes of an organization is its own; that of the instance is nobody's alone") {
    const book made(with_policy(1, "max_changes = 3") + with_policy(2, "write = \"fill-empty\"") +
                        with_policy(3, "max_changes = 5\nwrite = \"fill-empty\"") +
                        with_policy(4, "max_changes = 0\nwrite = \"fill-empty\"") + organization(5),
                    "[policy]\nmax_changes = 5\n");
    CHECK(made.of(1).most_changes == 3);
    CHECK(made.of(2).most_changes == 0);
    CHECK(made.of(3).most_changes == 5);
    CHECK(made.of(4).most_changes == 0);
    CHECK(made.of(5).most_changes == 0);
    CHECK(made.of(99).most_changes == 0);
}

TEST_CASE("what means nothing in an instance concerns the company whose organization says it, and no other") {
    const book made(with_match(1, "device_types = [\"Workstaton\"]") +
                    with_match(2, "device_categories = [\"Virtul\"]") +
                    with_match(3, "rules = [\"login_field\"]\nlogin_field = \"Login nam\"") +
                    with_match(4, "device_types = [\"Printer\"]") +
                    with_match(5, "login_field = \"No such field\"")); // Which no rule looks at.
    CHECK(made.error_of(1).find("did you mean \"Workstation\"?") != std::string::npos);
    CHECK(made.error_of(2).find("did you mean \"Virtual\"?") != std::string::npos);
    CHECK(made.error_of(3).find("did you mean \"Login name\"?") != std::string::npos);
    CHECK(made.error_of(4) == "none");
    CHECK(made.error_of(5) == "none");
    CHECK(made.error_of(99) == "none");
    CHECK(made.rules.aliases(core::company_id{1}).empty());
    const auto wanted = made.wanted({1, 2, 3, 4});
    CHECK(wanted.every_type == set_of({4}));
    CHECK(made.rules.by_kind(book::companies({1, 2, 3, 4, 5})).size() == 2);
}

TEST_CASE("what means nothing of the instance itself leaves alone the organizations that are right") {
    const book made(with_match(1, "device_types = [\"Server\"]"), "[match]\ndevice_types = [\"Srver\"]\n");
    CHECK(made.error_of(99).starts_with("device_types: "));
    CHECK(made.error_of(1) == "none");
}

TEST_CASE("devices of every type are asked for where a company looks at others than most do") {
    const book made(with_match(1, "device_types = [\"Server\"]") + with_match(2, "device_types = [\"*\"]") +
                    with_match(3, "device_types = [1]") + with_match(4, "device_types = [\"Workstation\"]") +
                    with_match(5, "device_types = [\"Workstation\", \"none\"]") + organization(6));
    const auto wanted = made.wanted({1, 2, 3, 4, 5, 6, 7});
    CHECK(wanted.types.values == std::set<std::int64_t>{1});
    CHECK(wanted.every_type == set_of({1, 2, 5}));
    CHECK(made.wanted({2, 6}).every_type == set_of({2})); // Only companies that are swept.

    const book every(with_match(1, "device_types = [\"Server\"]"), "[match]\ndevice_types = [\"*\"]\n");
    CHECK(every.wanted({1, 2}).types.every);
    CHECK(every.wanted({1, 2}).every_type.empty());
}

TEST_CASE("contacts without an address are asked for where a rule can find them, and nowhere else") {
    const book made(with_match(1, "rules = [\"email\", \"first.last\"]") +
                        with_match(2, "rules = [\"login_field\"]\nlogin_field = \"badge\"") +
                        with_match(3, "rules = [\"alias\"]\nalias_file = \"aliases.csv\"") +
                        with_match(4, "rules = [\"other_email\", \"parent_email\"]"),
                    {}, "company_id,account,contact\n");
    CHECK(made.wanted({1, 2, 3, 4, 5}).every_contact == set_of({1, 2, 3, 4})); // Of 4, for those who left.
}

TEST_CASE("fields of contacts are asked for once, under the names of the instance, and each rule finds its own") {
    const book made(with_match(1, "rules = [\"login_field\"]\nlogin_field = \"badge\"") +
                        with_match(2, "rules = [\"login_field\"]\nlogin_field = \"LOGIN NAME\"") +
                        with_match(3, "rules = [\"login_field\"]\nlogin_field = \"Badge\"") +
                        with_match(4, "email_fields = [\"emailAddress3\"]") + with_match(5, "rules = [\"email\"]"),
                    "[match]\nemail_fields = [\"emailAddress\"]\n");
    const auto wanted = made.wanted({1, 2, 3, 4, 5});
    REQUIRE(wanted.login_fields.size() == 2);
    CHECK(wanted.login_fields.at(*made.of(1).match.login_column) == "Badge");
    CHECK(wanted.login_fields.at(*made.of(2).match.login_column) == "Login name");
    CHECK(made.of(3).match.login_column == made.of(1).match.login_column);
    CHECK_FALSE(made.of(4).match.login_column);
    CHECK(wanted.address_fields == std::vector<std::string>{"emailAddress", "emailAddress3"});
    CHECK(made.of(4).match.addresses == core::address_columns(0b10));
    CHECK(made.of(5).match.addresses == core::address_columns(0b01));
    CHECK(made.of(99).match.addresses == core::address_columns(0b01));
}

TEST_CASE("where one organization looks at the other addresses, all are asked for, and everybody looks at their own") {
    const book made(with_match(1, "rules = [\"email\", \"other_local_part\"]"));
    CHECK(made.wanted({1, 2}).address_fields ==
          std::vector<std::string>{"emailAddress", "emailAddress2", "emailAddress3"});
    CHECK(made.of(1).match.addresses == core::address_columns(0b001));
    CHECK(made.of(2).match.addresses == core::address_columns(0b001));
}

TEST_CASE("categories are asked for when a company that is swept looks at them") {
    const book made(with_match(1, "device_categories = [\"Virtual\", \"none\"]"));
    CHECK(made.wanted({1, 2}).categories);
    CHECK_FALSE(made.wanted({2}).categories);
    CHECK(made.of(1).match.scope.categories.values == std::set<std::int64_t>{8});
    CHECK(made.of(1).match.scope.categories.uncategorised);
    CHECK(made.of(2).match.scope.categories.every);
}

TEST_CASE("companies are grouped by the kinds of devices that are looked at in them, however that is written") {
    const book made(with_match(1, "device_types = [\"Server\"]") + with_match(2, "device_types = [2]") +
                    with_match(3, "device_types = [\"Server\"]\ndevice_categories = [\"Standard\"]") +
                    with_match(4, "rules = [\"email\"]") + with_policy(5, "write = \"fill-empty\""));
    const auto groups = made.rules.by_kind(book::companies({1, 2, 3, 4, 5, 6}));
    REQUIRE(groups.size() == 3);
    std::vector<std::size_t> sizes;
    for (const auto& one : groups)
        sizes.push_back(one.companies.size());
    CHECK(sizes == std::vector<std::size_t>{2, 1, 3}); // 1 and 2; 3; 4, 5 and 6.
}

TEST_CASE("aliases are those of the company, and only where a rule looks there") {
    const std::string alias = "rules = [\"email\", \"alias\"]\nalias_file = \"aliases.csv\"";
    const book made(with_match(1, alias) + with_match(2, "alias_file = \"aliases.csv\"") + with_match(3, alias), {},
                    "company_id,account,contact\n1,till,5\n1,bar,a@b.example\n2,till,6\n");
    const auto of = [&made](std::int64_t company) { return made.rules.aliases(core::company_id{company}); };
    REQUIRE(of(1).size() == 2);
    CHECK(of(1)[0].name == "till");
    CHECK(of(1)[1].address == "a@b.example");
    CHECK(of(2).empty());
    CHECK(of(3).empty());
    CHECK(of(99).empty());
}
