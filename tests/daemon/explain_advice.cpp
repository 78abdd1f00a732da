#include "config_support.hpp"

#include "core/fold.hpp"
#include "daemon/config/alias_file.hpp"
#include "daemon/explain/advice.hpp"
#include "daemon/explain/held_settings.hpp"

namespace {

using namespace contactd;

core::contact contact_with(std::int64_t id, std::string address) {
    core::contact who;
    who.id.value = id;
    who.company.value = 10;
    who.addresses = {std::move(address)};
    return who;
}

/// Explains one device of company 10 as its configuration says; `more` are lines of the instance.
struct advised {
    explicit advised(const std::string& more, std::string last_user, std::optional<std::int64_t> contact = std::nullopt)
        : settings(config_of(small_instance + more)) {
        const auto& instance = settings.instances.front();
        made.instance = "main";
        made.rows = std::make_unique<explained_rows>();
        made.settings = settings_that_hold(instance, nullptr);
        made.dry_run = instance.policy.dry_run.value;
        made.limits = {instance.policy.write.value, instance.policy.brake_percent.value,
                       instance.policy.brake_minimum.value};
        auto& company = made.rows->company;
        company.company.id.value = 10;
        company.contacts = {contact_with(7, "jsmith@acme.example"), contact_with(8, "other@acme.example")};
        core::device one;
        one.id.value = 1;
        one.company.value = 10;
        one.type = 1;
        one.hostname = "KIOSK-1";
        one.last_user = std::move(last_user);
        if (contact)
            one.contact = core::contact_id{*contact};
        company.devices = {one};
        made.rows->device = one;
        explain();
    }

    void explain() {
        const auto& instance = settings.instances.front();
        rules.ladder.clear();
        for (const auto& name : instance.match.rules.value)
            rules.ladder.push_back(*core::parse_rule(name));
        for (const auto& name : instance.match.only_fill.value)
            rules.only_fill.add(*core::parse_rule(name));
        rules.accounts =
            core::make_account_lists(instance.match.ignored_accounts.value, instance.match.ignored_authorities.value);
        rules.scope.types.values = {1};
        rules.scope.include = core::glob_list(instance.match.include_devices.value);
        rules.scope.exclude = core::glob_list(instance.match.exclude_devices.value);
        made.why.emplace(core::explain_device(made.rows->company, rules, made.limits, made.rows->device));
    }

    std::string text() const {
        std::string all;
        for (const auto& one : advice_for(made, settings.instances.front(), nullptr))
            all += (all.empty() ? "" : "\n") + one;
        return all;
    }

    config settings;
    core::match_rules rules;
    explained_device made;
};

} // namespace

TEST_CASE("Advice names the setting that decides, and the line it stands in") {
    CHECK(advised("", "jsmith", 7).text().empty());
    CHECK(advised("", "jsmith").text().empty());
    CHECK(advised("[instance.policy]\ndry_run = true\n", "jsmith").text() ==
          "Nothing is written as long as dry_run = true (line 9).");
    CHECK(advised("[instance.policy]\nwrite = \"fill-empty\"\n", "jsmith", 8).text() ==
          "Another contact is set, and write = \"fill-empty\" (line 9) keeps it: clear it by hand, or set write = "
          "\"reassign\".");
    CHECK(advised("[instance.match]\nonly_fill = [\"local_part\"]\n", "jsmith", 8).text() ==
          "Another contact is set, and only_fill (line 9) says that the rule local_part replaces none: clear it by "
          "hand, or take the rule out of only_fill.");
    CHECK(advised("[instance.match]\nexclude_devices = [\"PC-*\", \"kiosk-*\"]\n", "jsmith").text() ==
          "Take \"kiosk-*\" out of exclude_devices (line 9).");
    CHECK(advised("[instance.match]\ninclude_devices = [\"PC-*\"]\n", "jsmith").text() ==
          "Name it in include_devices (line 9): no pattern there matches its hostname.");
    CHECK(advised("[instance.match]\nignored_accounts = [\"js*\"]\n", "ACME\\jsmith").text() ==
          "If it is a person after all, take \"js*\" out of ignored_accounts (line 9).");
    CHECK(advised("", "root").text() ==
          "The account is on the list that contactd ships; contactd config show prints it.");
    CHECK(advised("[instance.policy]\nbrake_percent = 20\nbrake_minimum = 1\n", "jsmith", 8).text() ==
          "The brake holds the company: 1 of 1 devices that have a contact would get another. It lets at most 20 % of "
          "them pass, or fewer than 1 devices (brake_percent line 9, brake_minimum line 10).\n"
          "Look through the changes of the company; if they are right, sweep it once with a higher brake_percent.");
}

TEST_CASE("Advice says whom the account may mean, and what an alias needs") {
    CHECK(advised("", "ACME\\jsmiht").text() ==
          "contact 7 is spelled nearly like jsmiht (jsmith@acme.example): correct the address, or write an alias if it "
          "is the same person.\n"
          "For an alias, name \"alias\" first among rules (default) and set alias_file.");
    CHECK(advised("", "nobody.like.this").text() ==
          "No contact of the company resembles this account: create the contact in Autotask, or write an alias for "
          "whoever it is.");
}

TEST_CASE("Advice about a company that is not swept comes first") {
    advised one("", "jsmith");
    one.made.standing = sweep_standing::filtered;
    CHECK(one.text() == "The company is swept once it meets company_filter (default).");
    one.made.standing = sweep_standing::inactive;
    CHECK(one.text() == "The company is swept once it is active in Autotask.");
    one.made.standing = sweep_standing::left_out;
    one.made.why_not_swept = "exclude_companies names it";
    CHECK(one.text() ==
          "The settings leave the company out: exclude_companies names it; contactd config show --company "
          "10 says where.");
    one.settings.instances.front().companies.value = company_choice::mapped;
    CHECK(one.text() == "Map the company to a client of yours: contactd companies map NAME 10; or set companies = "
                        "\"all\" (line 6).");
}

TEST_CASE("The alias line that is offered reads back to the account and the contact that it was made of") {
    const auto settings = config_of(small_instance);
    for (const auto& [authority, name] : std::initializer_list<std::pair<std::string, std::string>>{
             {"ACME", "till1"},
             {"", "till1"},
             {"A\\B", "till 1"},
             {"ACME", "a\"b"},
             {".", "J\xC3\xBCrgen"},
             {"AzureAD", "jsmith@acme.example"},
         }) {
        CAPTURE(authority, name);
        const core::account who{authority, name};
        const auto file =
            "company_id,account,contact\n" + core::alias_line(core::company_id{10}, who, core::contact_id{7}) + '\n';
        const auto read = read_aliases(file, "aliases.csv", settings.instances);
        REQUIRE(read);
        const auto& aliases = read->at("main").at(core::company_id{10});
        REQUIRE(aliases.size() == 1);
        CHECK(aliases.front().speaks_of(who, core::fold(name)));
        CHECK(aliases.front().contact == core::contact_id{7});
    }
}
