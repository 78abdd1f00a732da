#include "config_support.hpp"

#include "daemon/sweep/swept_companies.hpp"

using contactd::client_list;
using contactd::left_out;
using contactd::swept_companies;
using contactd::why_left_out;

namespace {

core::company company(std::int64_t id, const std::string& name) {
    core::company one;
    one.id = core::company_id{id};
    one.name = name;
    return one;
}

const std::string clients_file = R"(
[[organization]]
name = "Gold"
company_id = 1
tags = ["GOLD", "Küche"]
[[organization]]
name = "Off"
company_id = 2
enabled = false
tags = ["gold"]
[[organization]]
name = "Plain"
company_id = 3
[[organization]]
name = "Silver"
company_id = 4
tags = ["silver", "gold"]
[[organization]]
name = "Unmapped"
tags = ["gold"]
)";

/// Why each of the companies 1 to 5 is left out, "-" where it is swept; 5 has no organization.
std::string decided(const std::string& companies, const std::string& keys = {}) {
    const auto read = config_of("[[instance]]\nname = \"main\"\nusername = \"api@msp.example\"\n"
                                "tracking_identifier = \"T\"\nsecret = \"credential:main\"\ncompanies = \"" +
                                    companies + "\"\n" + keys + "\n",
                                {{"organizations.toml", clients_file}});
    const client_list clients(read, "main");
    std::string said;
    std::vector<core::company> all;
    std::size_t swept = 0;
    for (std::int64_t id = 1; id <= 5; ++id) {
        all.push_back(company(id, "Company " + std::to_string(id)));
        const auto why = why_left_out(all.back(), read.instances.front(), clients);
        swept += why ? 0 : 1;
        said += said.empty() ? "" : ", ";
        said += !why                             ? "-"
                : *why == left_out::not_mapped   ? "not mapped"
                : *why == left_out::disabled     ? "disabled"
                : *why == left_out::not_included ? "not included"
                : *why == left_out::without_tags ? "without tags"
                : *why == left_out::excluded_tag ? "excluded tag"
                                                 : "excluded";
    }
    CHECK(swept_companies(all, read.instances.front(), clients).size() == swept);
    return said;
}

} // namespace

TEST_CASE("which companies are swept follows from the mapping, from enabled, from tags and from names, in any case") {
    struct {
        const char* companies;
        const char* keys;
        const char* said;
    } const rows[] = {
        {"all", "", "-, disabled, -, -, -"},
        {"mapped", "", "-, disabled, -, -, not mapped"},
        {"all", "include_tags = [\"gold\"]", "-, disabled, not included, -, without tags"},
        {"mapped", "include_tags = [\"Gold\"]", "-, disabled, not included, -, not mapped"},
        {"all", "include_tags = [\"KÜCHE\"]", "-, disabled, not included, not included, without tags"},
        {"all", "exclude_tags = [\"SILVER\"]", "-, disabled, -, excluded tag, -"},
        {"all", "include_tags = [\"gold\"]\nexclude_tags = [\"silver\"]",
         "-, disabled, not included, excluded tag, without tags"},
        {"all", "include_tags = [\"gold\"]\nexclude_tags = [\"gold\"]",
         "excluded tag, disabled, not included, excluded tag, without tags"},
        {"all", "include_tags = [\"gol\"]", "not included, disabled, not included, not included, without tags"},
        {"all", "exclude_companies = [1, \"company 5\"]", "excluded, disabled, -, -, excluded"},
        {"mapped", "exclude_companies = [2, 5]", "-, excluded, -, -, not mapped"},
    };
    for (const auto& one : rows) {
        INFO(one.companies << " " << one.keys);
        CHECK(decided(one.companies, one.keys) == one.said);
    }
}

TEST_CASE("an organization that is not mapped has no company, whatever its tags") {
    const auto read = config_of(small_instance, {{"organizations.toml", clients_file}});
    const client_list clients(read, "main");
    CHECK(clients.organizations.size() == 4);
}

TEST_CASE("a reason to leave a company out completes the phrase, and names the key to change") {
    for (const auto why : {left_out::not_mapped, left_out::disabled, left_out::not_included, left_out::excluded_tag,
                           left_out::excluded}) {
        const auto said = contactd::to_words(why);
        CHECK_FALSE(said.ends_with('.'));
        CHECK((said.find("enabled") != std::string::npos || said.find("_tags") != std::string::npos ||
               said.find("companies") != std::string::npos));
    }
}

TEST_CASE("an organization is named like the company it is mapped to, by any case of its name") {
    const auto read = config_of(small_instance, {{"organizations.toml", clients_file}});
    const client_list clients(read, "main");
    using names = std::vector<std::pair<std::string, std::string>>;
    CHECK(contactd::names_of_companies({"gold"}, clients) == names{{"gold", "gold"}, {"gold", "1"}});
    CHECK(contactd::names_of_companies({"Company 5", "4"}, clients) == names{{"Company 5", "Company 5"}, {"4", "4"}});
    CHECK(contactd::names_of_companies({"Unmapped"}, clients) == names{{"Unmapped", "Unmapped"}});
}
