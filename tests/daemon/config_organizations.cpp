#include "config_support.hpp"

#include "daemon/sweep/client_list.hpp"

using contactd::config;

namespace {

const std::string two_instances = small_instance + "[[instance]]\nname = \"second\"\nusername = \"other@msp.example\"\n"
                                                   "tracking_identifier = \"T\"\nsecret = \"credential:second\"\n";

config with_organizations(const std::string& organizations, const std::string& main = small_instance) {
    return config_of(main, {{"organizations.toml", organizations}});
}

std::string wrong_organizations(const std::string& organizations, const std::string& main = small_instance) {
    return errors_of(main, {{"organizations.toml", organizations}});
}

std::string wrong_aliases(const std::string& aliases, const std::string& main = small_instance) {
    return errors_of("[match]\nrules = [\"alias\"]\nalias_file = \"aliases.csv\"\n" + main, {{"aliases.csv", aliases}});
}

} // namespace

TEST_CASE("an organization is mapped to a company, with tags and settings of its own over those of its instance") {
    const auto read = with_organizations(R"(# our clients
[[organization]]
name = "Adler Bau"
company_id = 0
company = "Adler Bau GmbH"
domain = "adler-bau.example"
enabled = false
tags = ["gold", "berlin"]
[organization.match]
device_types = ["*"]
[organization.policy]
write = "fill-empty"

[[organization]]
name = "Later"
)",
                                         "[match]\nexclude_devices = [\"KIOSK-*\"]\n" + small_instance);
    REQUIRE(read.organizations.size() == 2);
    const auto& adler = read.organizations[0];
    CHECK(adler.name.value == "Adler Bau");
    CHECK(adler.instance.value == "main");
    CHECK(adler.instance.origin == "default");
    CHECK(adler.company_id.value == core::company_id{0});
    CHECK(adler.company_id.origin == "organizations.toml line 4");
    CHECK(adler.company.value == "Adler Bau GmbH");
    CHECK(adler.domain.value == "adler-bau.example");
    CHECK_FALSE(adler.enabled.value);
    CHECK(adler.tags.value == contactd::names{"gold", "berlin"});
    REQUIRE(adler.match);
    CHECK(adler.match->device_types.value == contactd::names{"*"});
    CHECK(adler.match->device_types.origin == "organizations.toml line 10");
    CHECK(adler.match->exclude_devices.value == contactd::names{"KIOSK-*"});
    CHECK(adler.match->exclude_devices.origin == "line 2");
    CHECK(adler.match->rules.origin == "default");
    REQUIRE(adler.policy);
    CHECK(adler.policy->write.value == core::write_policy::fill_empty);
    const auto& later = read.organizations[1];
    CHECK_FALSE(later.company_id.value);
    CHECK(later.enabled.value);
    CHECK_FALSE(later.match);
}

TEST_CASE("without the file, and with an empty one, there are no organizations") {
    CHECK(config_of(small_instance).organizations.empty());
    CHECK(with_organizations("").organizations.empty());
    CHECK(config_of(small_instance).organizations_file == "organizations.toml");
    const auto read = contactd::read_config_text("[daemon]\norganizations = \"clients/all.toml\"\n" + small_instance,
                                                 "/etc/contactd/contactd.toml", contactd::fixed_environment({}),
                                                 contactd::no_other_files);
    CHECK(read->settings.organizations_file == "/etc/contactd/clients/all.toml");
}

TEST_CASE("what is wrong with the organizations names their file, the line and what to do") {
    struct {
        const char* text;
        const char* said;
    } const rows[] = {
        {"[[organization]]\ncompany_id = 5", "organizations.toml:1: organization.name: This key is missing in the "
                                             "[[organization]] that begins here. Add your own "
                                             "name of the client."},
        {"[[organization]]\nname = \"A\"\ncompany_id = \"5\"",
         "organizations.toml:3: organization.company_id: This is a text, but must be the id of a company in Autotask, "
         "an integer "
         "without quotes."},
        {"[[organization]]\nname = \"A\"\ncompany_id = -5",
         "organizations.toml:3: organization.company_id: -5 is not an id. Ids are not negative."},
        {"[[organization]]\nname = \"A\"\ncompany = \"Acme\"",
         "organizations.toml:3: organization.company: This is only what the company is called; it is found by its "
         "company_id. "
         "Add company_id = ID, or run \"contactd companies map\"."},
        {"[[organization]]\nname = \"A\"\ninstance = \"mian\"",
         "organizations.toml:3: organization.instance: There is no instance \"mian\" in the configuration. Did you "
         "mean "
         "\"main\"? The instances are \"main\"."},
        {"[[organization]]\nname = \"A\"\ntag = [\"x\"]",
         "organizations.toml:3: organization.tag: There is no key \"tag\" in [[organization]]. Did you mean \"tags\"?"},
        {"[[organization]]\nname = \"A\"\ndry_run = true",
         "organizations.toml:3: organization.dry_run: There is no key \"dry_run\" in [[organization]]. It belongs in "
         "[organization.policy]."},
        {"[[organization]]\nname = \"A\"\n[organization.match]\nenabled = true",
         "organizations.toml:4: organization.match.enabled: There is no key \"enabled\" in [organization.match]. It "
         "belongs in "
         "[[organization]]; move it above [organization.match]."},
        {"[[organization]]\nname = \"A\"\n[organization.policy]\nstable_sweeps = 0",
         "organizations.toml:4: organization.policy.stable_sweeps: 0 is too small. The least is 1."},
        {"[organization]\nname = \"A\"",
         "organizations.toml:1: organization: [organization] has single brackets, but there can be several. Write "
         "[[organization]]."},
        {"[[organisation]]\nname = \"A\"",
         "organizations.toml:1: organisation: There is no key \"organisation\" outside of a section. Put it under an "
         "[[organization]]."},
        {"[match]\nrules = [\"email\"]",
         "organizations.toml:1: match: There is no section [match] in this file. Write [[organization]]."},
        {"[[organization]\n", "organizations.toml:1:16: A section is written as [name], alone on its line."},
    };
    for (const auto& one : rows) {
        INFO(one.text);
        CHECK(wrong_organizations(one.text) == one.said);
    }
}

TEST_CASE("neither a name nor a company stands in the file twice, and several instances have to be told apart") {
    CHECK(wrong_organizations("[[organization]]\nname = \"Acme\"\n[[organization]]\nname = \"ACME\"\n") ==
          "organizations.toml:3: organization.name: \"ACME\" is the name of the organization in line 1 already. Give "
          "each "
          "organization a name of its own, and each only one company of one instance.");
    CHECK(wrong_organizations(
              "[[organization]]\nname = \"A\"\ncompany_id = 5\n[[organization]]\nname = \"B\"\ncompany_id = 5\n") ==
          "organizations.toml:6: organization.company_id: Company 5 is mapped to the organization in line 1 already. "
          "Map it to "
          "one of them.");
    CHECK(wrong_organizations("[[organization]]\nname = \"A\"\ncompany_id = 5\n", two_instances) ==
          "organizations.toml:1: organization.instance: This key is missing in the [[organization]] that begins here: "
          "several "
          "instances are configured, and ids of companies mean something in one of them only. Add the name of the "
          "instance.");
    const std::string both = "[[organization]]\nname = \"A\"\ninstance = \"main\"\ncompany_id = 5\n"
                             "[[organization]]\nname = \"B\"\ninstance = \"second\"\ncompany_id = 5\n";
    CHECK(wrong_organizations(both, two_instances) == "accepted");
    // Two instances of one API user are about the same database.
    auto same_user = two_instances;
    same_user.replace(same_user.find("other@msp.example"), 17, "API@msp.example");
    CHECK(wrong_organizations(both, same_user) == "organizations.toml:8: organization.company_id: Company 5 is mapped "
                                                  "to the organization in line 1 already. Map it to "
                                                  "one of them.");
}

TEST_CASE("a client list knows the mapped organizations of its instance") {
    const auto read = with_organizations("[[organization]]\nname = \"A\"\ninstance = \"main\"\ncompany_id = 5\n"
                                         "[[organization]]\nname = \"B\"\ninstance = \"second\"\ncompany_id = 6\n"
                                         "[[organization]]\nname = \"C\"\ninstance = \"main\"\n",
                                         two_instances);
    const contactd::client_list clients(read, "main");
    REQUIRE(clients.organizations.size() == 1);
    CHECK(clients.of(core::company_id{5})->name.value == "A");
    CHECK(clients.of(core::company_id{6}) == nullptr);
}

TEST_CASE("aliases say whom accounts of a company mean, with a domain or without") {
    const auto read = config_of("[match]\nrules = [\"alias\"]\nalias_file = \"aliases.csv\"\n" + small_instance,
                                {{"aliases.csv", "company_id,account,contact\n"
                                                 "# the shop floor\n"
                                                 "5,ACME\\Till1,4711\n"
                                                 "5,till2,\"Anna <Anna@Acme.example>\"\n"
                                                 "6,old@acme.example,new@acme.example\n"}});
    const contactd::client_list clients(read, "main");
    const auto* acme = clients.aliases("aliases.csv", core::company_id{5});
    REQUIRE(acme != nullptr);
    REQUIRE(acme->size() == 2);
    CHECK((*acme)[0].authority == "acme");
    CHECK((*acme)[0].name == "till1");
    CHECK((*acme)[0].contact == core::contact_id{4711});
    CHECK((*acme)[1].authority.empty());
    CHECK((*acme)[1].address == "anna@acme.example");
    CHECK(clients.aliases("aliases.csv", core::company_id{6})->front().name == "old@acme.example");
    CHECK(clients.aliases("aliases.csv", core::company_id{7}) == nullptr);
    CHECK(clients.aliases("other.csv", core::company_id{5}) == nullptr);
}

TEST_CASE("what is wrong with a file of aliases names its line and column") {
    const std::string begin = "company_id,account,contact\n";
    CHECK(wrong_aliases("company,account,contact\n5,a,1\n") ==
          "aliases.csv:1: company: There is no such column in a file of aliases. The columns are \"instance\", "
          "\"company_id\", "
          "\"account\" and \"contact\".\n"
          "aliases.csv:1: company_id: This column is missing. Begin the file with a line like "
          "\"company_id,account,contact\".");
    CHECK(wrong_aliases(begin + "x,a,1\n") ==
          "aliases.csv:2: company_id: \"x\" is not an id of a company. Write the id that Autotask shows.");
    CHECK(wrong_aliases(begin + "5,ACME\\,1\n") == "aliases.csv:2: account: \"ACME\\\" is not an account. Write it as "
                                                   "the device shows it, such as \"ACME\\jsmith\", or "
                                                   "without the domain for any.");
    CHECK(wrong_aliases(begin + "5,a,John Smith\n") == "aliases.csv:2: contact: \"John Smith\" is neither an e-mail "
                                                       "address nor an id. Write the address or the id of the "
                                                       "contact.");
    CHECK(wrong_aliases(begin + "5,a,1\n5,A,2\n") == "aliases.csv:3: account: \"A\" stands for somebody in this "
                                                     "company already. An account can mean one contact only; "
                                                     "remove one of the lines.");
    CHECK(wrong_aliases("instance,company_id,account,contact\nmian,5,a,1\n") ==
          "aliases.csv:2: instance: There is no instance \"mian\" in the configuration. Write the name of one of its "
          "instances.");
    CHECK(wrong_aliases(begin, two_instances) == "aliases.csv:1: instance: This column is missing. Begin the file with "
                                                 "a line like \"company_id,account,contact\".");
    CHECK(errors_of("[match]\nrules = [\"alias\"]\nalias_file = \"aliases.csv\"\n" + small_instance) ==
          "aliases.csv: alias_file (line 3): There is no such file.");
}

TEST_CASE("a rule that looks at something has to be told where that is") {
    CHECK(errors_of("[match]\nrules = [\"alias\"]\n" + small_instance) ==
          "c.toml:2: match.rules: The rule \"alias\" needs a file of aliases, but none is named. Add alias_file = "
          "\"/etc/contactd/aliases.csv\".");
    CHECK(errors_of("[match]\nrules = [\"login_field\"]\n" + small_instance) ==
          "c.toml:2: match.rules: The rule \"login_field\" looks at a user-defined field of contacts, but none is "
          "named. Add "
          "login_field = \"NAME OF THE FIELD\".");
    CHECK(errors_of("[match]\nrules = [\"other_email\"]\nemail_fields = [\"emailAddress\", \"emailAddress2\", "
                    "\"emailAddress3\"]\n" +
                    small_instance) ==
          "c.toml:2: match.rules: The rules \"other_email\" and \"other_local_part\" look at the addresses that "
          "email_fields "
          "does not name, but it names all of them. Take \"emailAddress2\" and \"emailAddress3\" out of email_fields.");
}
