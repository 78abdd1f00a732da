#include "daemon/organizations/proposal.hpp"

#include "config_support.hpp"

#include <catch2/catch.hpp>

namespace {

const std::string two_instances = small_instance + "[[instance]]\nname = \"second\"\nusername = \"other@msp.example\"\n"
                                                   "tracking_identifier = \"T\"\nsecret = \"credential:second\"\n";

core::company company(std::int64_t id, const std::string& name, const std::string& web_address = {}) {
    core::company made;
    made.id.value = id;
    made.name = name;
    made.web_address = web_address;
    return made;
}

/// A proposal in lines: "sure Acme -> main 5", "open Bell: why", "no company Cohn", "no organization main 7".
std::vector<std::string> lines_of(const contactd::proposal& made) {
    std::vector<std::string> lines;
    for (const auto& one : made.mapped)
        lines.push_back("sure " + one.organization.name + " -> " + one.organization.company->instance + " " +
                        std::to_string(one.organization.company->id.value) + " (" + one.why + ")");
    for (const auto& one : made.ambiguous) {
        lines.push_back("open " + one.organization + ": " + one.why_not);
        for (const auto& each : one.candidates)
            lines.push_back("  " + each.company.instance + " " + std::to_string(each.company.company->id.value) + " (" +
                            each.why + ")");
    }
    for (const auto& one : made.without_company)
        lines.push_back("no company " + one);
    for (const auto& one : made.without_organization)
        lines.push_back("no organization " + one.instance + " " + std::to_string(one.company->id.value));
    return lines;
}

using lines = std::vector<std::string>;

} // namespace

TEST_CASE("organizations of the file that are not mapped get companies that are not mapped") {
    const auto settings =
        config_of(small_instance, {{"organizations.toml", "[[organization]]\nname = \"Done\"\n"
                                                          "company_id = 1\n"
                                                          "[[organization]]\nname = \"Adler Bau\"\n"
                                                          "[[organization]]\nname = \"Stranger\"\n"}});
    const std::vector companies{company(1, "Done GmbH"), company(2, "Adler Bau GmbH"), company(3, "Zenit AG")};
    const contactd::offered_companies offered{"main", companies};
    CHECK(lines_of(contactd::propose(settings, {}, std::span(&offered, 1))) ==
          lines{"sure Adler Bau -> main 2 (same name)", "no company Stranger", "no organization main 3"});
}

TEST_CASE("what looks like a company that is mapped already is for a person to decide") {
    const auto settings =
        config_of(small_instance, {{"organizations.toml", "[[organization]]\nname = \"Old name\"\n"
                                                          "company_id = 1\n"
                                                          "[[organization]]\nname = \"Adler Bau GmbH\"\n"}});
    const std::vector companies{company(1, "Adler Bau GmbH")};
    const contactd::offered_companies offered{"main", companies};
    CHECK(lines_of(contactd::propose(settings, {}, std::span(&offered, 1))) ==
          lines{"open Adler Bau GmbH: it is organization Old name already", "  main 1 (exact name)"});
}

TEST_CASE("a list adds organizations, and may say itself which company one is") {
    const auto settings = config_of(
        two_instances, {{"organizations.toml", "[[organization]]\nname = \"Bell\"\ninstance = \"second\"\n"}});
    const auto list = contactd::read_import("name,instance,company_id,domain\n"
                                            "Somebody else,main,1,\n"
                                            "bell,,,bell.example\n"
                                            "Two of them,,7,\n"
                                            "Cohn,second,,\n"
                                            "Gone,main,99,\n",
                                            "list.csv");
    REQUIRE(list);
    const std::vector first{company(1, "Adler Bau GmbH"), company(7, "Cohn AG")};
    const std::vector second{company(7, "Seven"), company(8, "Bell")};
    const std::vector<contactd::offered_companies> offered{{"main", first}, {"second", second}};
    CHECK(lines_of(contactd::propose(settings, list->organizations, offered)) ==
          lines{"sure Bell -> second 8 (exact name)",
                "open Cohn: a short name, and only one of the two has a legal form", "  main 7 (same name)",
                "open Somebody else: the names have nothing in common", "  main 1 (id in the list)",
                "open Two of them: the list says company 7, and not of which instance",
                "open Gone: the list says company 99, which is not among the companies", "no organization second 7"});
}

TEST_CASE("an id in a list decides between companies that the name speaks for, and never against the name") {
    const auto settings = config_of(small_instance);
    const auto list = contactd::read_import("name,company_id\nMueller,4\nAdler Bau GmbH,2\nZenit AG,1\n", "list.csv");
    REQUIRE(list);
    const std::vector companies{company(1, "Adler Bau GmbH"), company(2, "Zenit AG"), company(3, "Mueller GmbH"),
                                company(4, "Mueller AG")};
    const contactd::offered_companies offered{"main", companies};
    CHECK(lines_of(contactd::propose(settings, list->organizations, std::span(&offered, 1))) ==
          lines{"sure Mueller -> main 4 (id in the list)", "open Adler Bau GmbH: the list says another company",
                "  main 1 (exact name)", "  main 2 (id in the list)", "open Zenit AG: the list says another company",
                "  main 2 (exact name)", "  main 1 (id in the list)", "no organization main 3"});
}

TEST_CASE("a mapping whose name is surely that of another company is doubtful") {
    const auto settings = config_of(small_instance, {{"organizations.toml", "[[organization]]\nname = \"Zenit AG\"\n"
                                                                            "company_id = 1\n"
                                                                            "[[organization]]\nname = \"Ours\"\n"
                                                                            "company_id = 2\n"}});
    const std::vector companies{company(1, "Adler Bau GmbH"), company(2, "Zenit AG"), company(3, "Bell Ltd")};
    const contactd::offered_companies offered{"main", companies};
    contactd::wanted_organization bell;
    bell.name = "Bell Ltd";
    bell.company = contactd::wanted_company{"main", core::company_id{9}, "Somebody"};
    std::vector<std::string> said;
    for (const auto& one : contactd::doubtful_mappings(settings, std::span(&bell, 1), std::span(&offered, 1)))
        said.push_back(one.organization + " is " + std::to_string(one.is.id.value) + ", seems " +
                       std::to_string(one.seems.company->id.value));
    CHECK(said == lines{"Zenit AG is 1, seems 2", "Bell Ltd is 9, seems 3"});
}
