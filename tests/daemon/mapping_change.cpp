#include "daemon/organizations/mapping_change.hpp"

#include "config_support.hpp"

#include <catch2/catch.hpp>

using contactd::change_mapping;
using contactd::wanted_organization;

namespace {

const contactd::config known = config_of(small_instance, {{"organizations.toml", "[[organization]]\n"
                                                                                 "name = \"Acme\"\n"
                                                                                 "instance = \"main\"\n"
                                                                                 "company_id = 5\n"
                                                                                 "company = \"Acme GmbH\"\n"
                                                                                 "domain = \"acme.example\"\n"
                                                                                 "tags = [\"gold\"]\n"
                                                                                 "[[organization]]\n"
                                                                                 "name = \"Later\"\n"}});

wanted_organization wanted(std::string name, std::optional<std::int64_t> id = {}, std::string company = {}) {
    wanted_organization made;
    made.name = std::move(name);
    if (id)
        made.company = contactd::wanted_company{"main", core::company_id{*id}, std::move(company)};
    return made;
}

/// What differs, one line for each organization: "words | key = value, key removed".
std::string change(const wanted_organization& one) {
    const auto made = change_mapping(known, std::span(&one, 1));
    if (made.edits.empty())
        return "nothing";
    std::string keys;
    for (const auto& key : made.edits.front().keys)
        keys += (keys.empty() ? "" : ", ") + key.key + (key.value ? " = " + *key.value : " removed");
    return made.words.front() + " | " + keys;
}

} // namespace

TEST_CASE("only what differs of an organization is edited, and shown in one line") {
    CHECK(change(wanted("ACME", 5, "Acme GmbH")) == "nothing");
    CHECK(change(wanted("Acme")) == "nothing");
    CHECK(change(wanted("acme", 6, "Acme AG")) ==
          "~ Acme -> company 6 Acme AG (main) in place of company 5 Acme GmbH (main) | "
          "instance = \"main\", company_id = 6, company = \"Acme AG\"");
    CHECK(change(wanted("Acme", 5, "Acme SE")) ==
          "~ Acme -> company 5 Acme SE (main), which was called Acme GmbH | company = \"Acme SE\"");
    CHECK(change(wanted("Later", 7, "Late \"Ltd\"")) ==
          "~ Later -> company 7 Late \"Ltd\" (main) | "
          "instance = \"main\", company_id = 7, company = \"Late \\\"Ltd\\\"\"");
    CHECK(change(wanted("Acme", 5, "Acme GmbH ")) == "nothing");
    CHECK(change(wanted("Later", 7, " Late\tLtd\n")) ==
          "~ Later -> company 7 Late Ltd (main) | instance = \"main\", company_id = 7, company = \"Late Ltd\"");
    CHECK(change(wanted("New", 8)) == "+ New -> company 8 (main) | instance = \"main\", company_id = 8");
    CHECK(change(wanted("New")) == "+ New | ");
}

TEST_CASE("domain, tags and whether it is enabled are edited where they are said and differ") {
    auto one = wanted("Acme");
    one.domain = "acme.example";
    one.tags = contactd::names{"gold"};
    one.enabled = true;
    CHECK(change(one) == "nothing");
    one.domain = "acme.test";
    one.tags = contactd::names{"gold", "berlin"};
    one.enabled = false;
    CHECK(change(one) == "~ Acme domain acme.test; disabled; tags [\"gold\", \"berlin\"] in place of [\"gold\"] | "
                         "domain = \"acme.test\", enabled = false, tags = [\"gold\", \"berlin\"]");
}

TEST_CASE("an organization that is unmapped keeps everything but the company") {
    auto one = wanted("acme");
    one.unmap = true;
    CHECK(change(one) == "- Acme is no longer company 5 Acme GmbH (main) | company_id removed, company removed");
    one.name = "Later";
    CHECK(change(one) == "nothing");
}
