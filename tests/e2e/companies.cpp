#include "tests/e2e/house.hpp"
#include "tests/e2e/rows.hpp"

#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace e2e;

namespace {

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::string organizations_file(const house& home) {
    return home.directory() + "/organizations.toml";
}

std::string text_of(const std::string& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

void write(const std::string& file, const std::string& text) {
    std::ofstream(file) << text;
}

/// Only mapped companies are swept.
void sweep_mapped(house& home) {
    auto text = text_of(home.config_file());
    const std::string all = "companies = \"all\"";
    text.replace(text.find(all), all.size(), "companies = \"mapped\"");
    write(home.config_file(), text);
}

const std::string a_list = "name,domain,tags,datto_company_id,phone\n"
                           "ACME,acme.example,gold;m365,,1\n"
                           "Acme  branch,,,20,2\n"
                           "A stranger,,,99999,3\n"
                           "Nobody,nobody.example,,,4\n";

} // namespace

TEST_CASE("organizations are mapped, listed and swept from a shell and a text file") {
    house home(world_of(known_rows));
    sweep_mapped(home);
    const auto none = home.run({"sweep"});
    CHECK(none.status == 0);
    CHECK(contains(none.err, "covers mapped companies only, and no organization in " + organizations_file(home)));
    CHECK(home.count("patch") == 0);

    const auto mapped = home.run({"companies", "map", "Our best client", "acme", "--yes"});
    CHECK(mapped.status == 0);
    CHECK(mapped.err.empty());
    CHECK(mapped.out == "+ Our best client -> company 10 Acme (main)\n1 organization differs\nSaved to " +
                            organizations_file(home) + "; a running contactd takes it over when it reloads (SIGHUP)\n");
    CHECK(text_of(organizations_file(home)) == "[[organization]]\nname = \"Our best client\"\ninstance = \"main\"\n"
                                               "company_id = 10\ncompany = \"Acme\"\n");
    CHECK(home.run({"companies", "map", "our BEST client", "10", "--yes"}).out ==
          "Nothing to save: " + organizations_file(home) + " says so already\n");

    const auto listed = home.run({"companies", "list"});
    CHECK(contains(listed.out, "Our best client"));
    CHECK(contains(listed.out, "1 organization, 1 mapped to a company\n"));
    const auto unmapped = home.run({"companies", "list", "--unmapped"});
    CHECK(contains(unmapped.out, "company 20"));
    CHECK(contains(unmapped.out, "1 company without an organization, 0 organizations without a company\n"));

    const auto swept = home.run({"sweep"});
    CHECK(swept.status == 0);
    CHECK(home.contact_of(1001) == 101);
    CHECK(home.contact_of(2003) == 0);
    CHECK(home.run({"sweep", "--company", "our best client"}).status == 0);

    CHECK(home.run({"companies", "unmap", "our best client", "--yes"}).status == 0);
    CHECK(text_of(organizations_file(home)) == "[[organization]]\nname = \"Our best client\"\ninstance = \"main\"\n");
}

TEST_CASE("the list says which organizations have settings of their own, and which are not swept and why") {
    house home(world_of(known_rows));
    sweep_mapped(home);
    write(organizations_file(home),
          "[[organization]]\nname = \"Acme\"\ncompany_id = 10\ntags = [\"gold\"]\n"
          "[organization.match]\nrules = [\"email\"]\n[organization.policy]\nwrite = \"fill-empty\"\n"
          "[[organization]]\nname = \"Branch\"\ncompany_id = 20\nenabled = false\n"
          "[[organization]]\nname = \"Nowhere\"\nenabled = false\n");
    const auto listed = home.run({"companies", "list"});
    CHECK(contains(listed.out, "  gold (own [match] and [policy])\n"));
    CHECK(contains(listed.out, "  (not swept: its organization has enabled = false)\n"));
    CHECK(contains(listed.out, "  (disabled)\n"));
    CHECK(contains(listed.out, "3 organizations, 2 mapped to a company\n"));

    const auto list = home.directory() + "/list.csv";
    write(list, "name,tags\nACME,silver\n");
    const auto imported = home.run({"companies", "import", list, "--yes"});
    CHECK(contains(imported.out, "2 organizations are not in the list and stay as they are: Branch, Nowhere\n"));
    CHECK(contains(text_of(organizations_file(home)), "name = \"Nowhere\""));
}

TEST_CASE("a file edited by hand keeps its comments and its order, whatever the commands change in it") {
    house home(world_of(known_rows));
    write(organizations_file(home), "# Our clients, by Jane\n\n[[organization]]\nname = \"Branch\"  # moves in May\n"
                                    "[organization.policy]\nwrite = \"fill-empty\"\n\n# not yet\n[[organization]]\n"
                                    "name = \"Acme\"\n");
    CHECK(home.run({"companies", "map", "Branch", "20", "--yes"}).status == 0);
    CHECK(text_of(organizations_file(home)) ==
          "# Our clients, by Jane\n\n[[organization]]\nname = \"Branch\"  # moves in May\ninstance = \"main\"\n"
          "company_id = 20\ncompany = \"Acme Branch\"\n"
          "[organization.policy]\nwrite = \"fill-empty\"\n\n# not yet\n[[organization]]\nname = \"Acme\"\n");
}

TEST_CASE("a list from elsewhere is compared by name, and nothing changes unless it is told to save") {
    house home(world_of(known_rows));
    const auto list = home.directory() + "/list.csv";
    write(list, a_list);
    const auto suggested = home.run({"companies", "suggest", "--organizations", list});
    CHECK(suggested.status == 0);
    CHECK(suggested.err == "contactd: warning: " + list + ": nothing is read from the columns phone\n");
    CHECK(suggested.out ==
          "Sure (2)\n"
          "  ACME                               -> 10       Acme                                same name\n"
          "  Acme  branch                       -> 20       Acme Branch                         same name\n"
          "Ambiguous, for you to decide (1)\n"
          "  A stranger                          the list says company 99999, which is not among the companies\n"
          "Organizations that are like no company (1)\n"
          "  Nobody\n"
          "Nothing was changed; --save saves the sure ones, \"contactd companies map\" a single one\n");
    CHECK_FALSE(std::filesystem::exists(organizations_file(home)));

    const auto unasked = home.run({"companies", "suggest", "--organizations", list, "--save"});
    CHECK(unasked.status == 64);
    CHECK(contains(unasked.err, "nothing was saved: there is no terminal to ask on; add --yes"));
    CHECK_FALSE(std::filesystem::exists(organizations_file(home)));

    CHECK(home.run({"companies", "suggest", "--organizations", list, "--save", "--yes"}).status == 0);
    CHECK(
        text_of(organizations_file(home)) ==
        "[[organization]]\nname = \"ACME\"\ninstance = \"main\"\ncompany_id = 10\ncompany = \"Acme\"\n"
        "domain = \"acme.example\"\ntags = [\"gold\", \"m365\"]\n\n"
        "[[organization]]\nname = \"Acme  branch\"\ninstance = \"main\"\ncompany_id = 20\ncompany = \"Acme Branch\"\n");
    CHECK(home.count("patch") == 0);
}

TEST_CASE("an import does what can be done, says what cannot, and exports as it was read") {
    house home(world_of(known_rows));
    const auto list = home.directory() + "/list.csv";
    write(list, a_list);
    const auto imported = home.run({"companies", "import", list, "--yes"});
    CHECK(imported.status == 1);
    CHECK(contains(imported.err, list + ":4: A stranger: instance main has no company 99999; the row is left out"));
    CHECK(imported.out == "2 rows have no company id: \"contactd companies suggest\" finds companies by name\n"
                          "+ ACME domain acme.example; tags [\"gold\", \"m365\"]\n"
                          "+ Acme  branch -> company 20 Acme Branch (main)\n"
                          "+ Nobody domain nobody.example\n"
                          "3 organizations differ\n"
                          "Saved to " +
                              organizations_file(home) +
                              "; a running contactd takes it over when it reloads (SIGHUP)\n");
    const auto exported = home.run({"companies", "export"});
    CHECK(exported.out == "name,instance,company_id,company,domain,enabled,tags\n"
                          "ACME,main,,,acme.example,true,\"gold;m365\"\n"
                          "Acme  branch,main,20,Acme Branch,,true,\n"
                          "Nobody,main,,,nobody.example,true,\n");
    write(list, exported.out);
    const auto again = home.run({"companies", "import", list, "--yes"});
    CHECK(again.status == 0);
    CHECK(contains(again.out, "Nothing to save"));
}

TEST_CASE("a list that is wrong is refused as a whole, with its lines") {
    house home(world_of(known_rows));
    const auto list = home.directory() + "/list.csv";
    write(list, "name,company_id\nAcme,10\nacme,20\n,5\nBell,many\n");
    const auto refused = home.run({"companies", "import", list, "--yes"});
    CHECK(refused.status == 1);
    CHECK(refused.out.empty());
    CHECK(refused.err == "contactd: error: " + list + ":3: \"acme\" is in line 2 already\n" +
                             "contactd: error: " + list + ":4: the name of the organization is missing\n" +
                             "contactd: error: " + list + ":5: \"many\" is not an id of a company in Autotask\n");
    CHECK(home.requests() == 0);
    CHECK(home.run({"companies", "import", home.directory() + "/none.csv"}).err ==
          "contactd: error: " + home.directory() + "/none.csv: The file cannot be read: No such file or directory.\n");
}

TEST_CASE("a company that is taken, unknown or not swept is said before anything is mapped to it") {
    house home(world_of(known_rows));
    REQUIRE(home.run({"companies", "map", "Ours", "10", "--yes"}).status == 0);
    const auto said = [&home](std::vector<std::string> arguments) {
        const auto ended = home.run(std::move(arguments));
        CHECK(ended.status == 1);
        return ended.err;
    };
    CHECK(said({"companies", "map", "Other", "Acme", "--yes"}) ==
          "contactd: error: company 10 Acme (instance main) is mapped to organization Ours already (organizations.toml "
          "line 4); "
          "unmap that first\n");
    CHECK(said({"companies", "map", "Other", "Acme Brunch", "--yes"}) ==
          "contactd: error: no company of the id or name \"Acme Brunch\" was found; did you mean \"Acme Branch\"?\n");
    CHECK(said({"companies", "map", "Other", "4711", "--yes"}) ==
          "contactd: error: no company of the id or name \"4711\" was found\n");
    CHECK(said({"companies", "unmap", "Our", "--yes"}) ==
          "contactd: error: " + organizations_file(home) + " has no organization \"Our\"; did you mean \"Ours\"?\n");
    const auto lead = home.run({"companies", "map", "Lead", "40", "--yes"});
    CHECK(lead.status == 0);
    CHECK(contains(lead.err, "company 40 A Lead (instance main) does not pass company_filter, so it is not swept"));
}

TEST_CASE("the person on a terminal is asked, and nothing but yes is a yes") {
    house home(world_of(known_rows));
    const auto answered = [&home](const std::string& answer) {
        const auto command = "printf '" + answer + "\\n' | script -qec '" CONTACTD_BINARY " --config " +
                             home.config_file() + " companies map Ours 10' /dev/null";
        return support::process({"/bin/sh", "-c", command}, {{"CONTACTD_TEST_SECRET", sandbox::credentials{}.secret}},
                                home.directory())
            .wait();
    };
    const auto no = answered("");
    CHECK(no.status == 1);
    CHECK(contains(no.out, "? [y/N] "));
    CHECK(contains(no.out, "Nothing was saved"));
    CHECK_FALSE(std::filesystem::exists(organizations_file(home)));
    CHECK(answered("y").status == 0);
    CHECK(contains(text_of(organizations_file(home)), "company_id = 10"));
}

TEST_CASE("refresh says how many companies each condition removes, and what is mapped and not as it was") {
    house home(world_of(known_rows));
    write(organizations_file(home), "[[organization]]\nname = \"Ours\"\ncompany_id = 10\ncompany = \"Acme Inc\"\n"
                                    "[[organization]]\nname = \"Old\"\ncompany_id = 30\n"
                                    "[[organization]]\nname = \"Lead\"\ncompany_id = 40\n"
                                    "[[organization]]\nname = \"Typo\"\ncompany_id = 4711\n");
    const auto refreshed = home.run({"companies", "refresh"});
    CHECK(refreshed.status == 0);
    CHECK(refreshed.out == "instance main\n"
                           "        4  active companies\n"
                           "        2  removed by companyType eq 1 \"Customer\"\n"
                           "        2  pass the filter\n"
                           "        1  of these are mapped to an organization\n"
                           "        1  are not: see \"contactd companies list --unmapped\"\n"
                           "        2  are swept\n"
                           "  ~ Ours is mapped to company 10 Acme, which was called Acme Inc\n"
                           "  ! Old is mapped to company 30 Gone, which is inactive\n"
                           "  ! Lead is mapped to company 40 A Lead, which does not pass the filter\n"
                           "  ! Typo is mapped to company 4711, which does not exist\n");
    REQUIRE(home.run({"sweep"}).status == 0);
    home.server().with_model([](sandbox::autotask& world) {
        auto& companies = world.tenant().rows(sandbox::entity::companies);
        companies.set(20, companies.shape().at("companyName"), sandbox::value::text("Acme South"));
    });
    CHECK(contains(home.run({"companies", "refresh"}).out,
                   "  since the last sweep:\n    company 20 Acme South (before: Acme Branch) was renamed\n"));
    const auto checked = home.run({"check", "--online"});
    CHECK(checked.status == 1);
    CHECK(contains(checked.out, "Typo (organizations.toml line 13): company 4711 does not exist"));
    CHECK(contains(checked.out, "Old (organizations.toml line 7): company 30 (Gone) is inactive, so it is not swept"));
}

TEST_CASE("a company whose name ends in a blank is mapped, and not taken for renamed") {
    house home(world_of(known_rows));
    home.server().with_model([](sandbox::autotask& world) {
        auto& companies = world.tenant().rows(sandbox::entity::companies);
        companies.set(10, companies.shape().at("companyName"), sandbox::value::text("Acme "));
    });
    REQUIRE(home.run({"companies", "map", "Ours", "10", "--yes"}).status == 0);
    CHECK(contains(text_of(organizations_file(home)), "company = \"Acme\"\n"));
    CHECK_FALSE(contains(home.run({"companies", "refresh"}).out, "which was called"));
    CHECK_FALSE(contains(home.run({"check", "--online"}).out, "is now called"));
}

TEST_CASE("what holds for one company is shown with the origin of every value") {
    house home(world_of(known_rows));
    write(organizations_file(home), "[[organization]]\nname = \"Ours\"\ncompany_id = 10\ntags = [\"gold\"]\n"
                                    "[organization.policy]\nwrite = \"fill-empty\"\n"
                                    "[[organization]]\nname = \"Off\"\ncompany_id = 20\nenabled = false\n");
    const auto ours = home.run({"config", "show", "--company", "ours"});
    CHECK(ours.status == 0);
    CHECK(contains(ours.out,
                   "# What holds for organization Ours, company 10, instance main.\n# It is swept when it is active "
                   "and passes company_filter;"));
    CHECK(contains(ours.out,
                   "write               = \"fill-empty\"                        # organizations.toml line 6\n"));
    CHECK(contains(ours.out, "brake_percent       = 30                                  # default\n"));
    CHECK(contains(ours.out, "[organization.policy]\n"));
    CHECK(contains(ours.out, "[instance.match]\n"));
    CHECK(contains(home.run({"config", "show", "--company", "20"}).out,
                   "# It is not swept: its organization has enabled = false.\n"));
    CHECK(contains(home.run({"config", "show", "--company", "4711"}).out,
                   "# What holds for company 4711, instance main.\n"));
    const auto unknown = home.run({"config", "show", "--company", "Theirs"});
    CHECK(unknown.status == 1);
    CHECK(contains(unknown.err, "has no organization and no mapped company of this name; give the id of the company"));
}

TEST_CASE("a daemon takes a mapping over when it reloads, and keeps its own when the file is wrong") {
    house home(world_of(known_rows));
    sweep_mapped(home);
    write(organizations_file(home), "[[organization]]\nname = \"Ours\"\ncompany_id = 10\n");
    auto daemon = home.start({"run"});
    REQUIRE(support::eventually([&] { return home.contact_of(1001) == 101; }));
    write(organizations_file(home), "[[organization]]\nname = \"Ours\"\ncompany_id = ten\n");
    daemon->send_signal(SIGHUP);
    REQUIRE(support::eventually(
        [&] { return daemon->err_so_far().find("the configuration in use stays in use") != std::string::npos; }));
    CHECK(contains(daemon->err_so_far(), organizations_file(home) + ":3:"));
    CHECK(home.contact_of(2003) == 0);
    write(organizations_file(home), "[[organization]]\nname = \"Theirs\"\ncompany_id = 20\n");
    daemon->send_signal(SIGHUP);
    REQUIRE(support::eventually(
        [&] { return daemon->err_so_far().find("the configuration was reloaded") != std::string::npos; }));
    daemon->send_signal(SIGUSR1);
    REQUIRE(support::eventually([&] { return home.contact_of(2003) == 202; }));
    daemon->send_signal(SIGTERM);
    CHECK(daemon->wait().status == 0);
}
