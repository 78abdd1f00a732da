#include "daemon/organizations/import_table.hpp"

#include <catch2/catch.hpp>

using contactd::read_import;

namespace {

std::string errors_of_import(const std::string& text) {
    const auto read = read_import(text, "list.csv");
    if (read)
        return "accepted";
    std::string all;
    for (const auto& one : read.error())
        all += (all.empty() ? "" : "\n") + one;
    return all;
}

} // namespace

TEST_CASE("a list of organizations is read whatever its columns are called, and in whatever order they come") {
    const auto read = read_import("Datto Company ID;Organisation;Website;TAGS;Enabled;Phone;instance;company\n"
                                  "29;\"Adler; Bau\";adler.example;gold, berlin|gold;no;030;main;Adler Bau GmbH\n"
                                  ";Bell;;;;;;\n",
                                  "list.csv");
    REQUIRE(read);
    CHECK(read->unused_columns == std::vector<std::string>{"Phone"});
    REQUIRE(read->organizations.size() == 2);
    const auto& adler = read->organizations[0];
    CHECK(adler.line == 2);
    CHECK(adler.name == "Adler; Bau");
    CHECK(adler.company_id == core::company_id{29});
    CHECK(adler.instance == "main");
    CHECK(adler.domain == "adler.example");
    CHECK(adler.tags == contactd::names{"gold", "berlin"});
    CHECK(adler.enabled == false);
    const auto& bell = read->organizations[1];
    CHECK_FALSE(bell.company_id);
    CHECK_FALSE(bell.domain);
    CHECK_FALSE(bell.tags);
    CHECK_FALSE(bell.enabled);
}

TEST_CASE("what a spreadsheet adds is nothing to read") {
    const auto read = read_import("sep=;\r\nName;Autotask-ID;Tags\r\nAcme;29;\"Berlin, Mitte;\"\r\n;;\r\n", "list.csv");
    REQUIRE(read);
    REQUIRE(read->organizations.size() == 1);
    CHECK(read->organizations[0].line == 3);
    CHECK(read->organizations[0].company_id == core::company_id{29});
    CHECK(read->organizations[0].tags == contactd::names{"Berlin, Mitte"});
}

TEST_CASE("what is wrong with a list is said with its lines, all of it at once") {
    CHECK(
        errors_of_import("client-name,id\nAcme,5\n") ==
        "list.csv:1: there is no column \"name\" with the names of the organizations; the columns are client-name, id");
    CHECK(errors_of_import("name,organization\nA,B\n") ==
          "list.csv:1: \"name\" and \"organization\" mean the same; leave one of them out");
    CHECK(errors_of_import("name,company_id,enabled\nAcme,5.0,true\n,6,\nBell,-7,\nCohn,8,maybe\nACME ,9,\n") ==
          "list.csv:2: \"5.0\" is not an id of a company in Autotask\n"
          "list.csv:3: the name of the organization is missing\n"
          "list.csv:4: \"-7\" is not an id of a company in Autotask\n"
          "list.csv:5: enabled is \"maybe\"; write true or false\n"
          "list.csv:6: \"ACME\" is in line 2 already");
}
