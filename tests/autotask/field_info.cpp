#include "autotask/field_info.hpp"

#include <catch2/catch.hpp>

namespace {

constexpr const char* company_fields =
    R"({"fields":[{"name":"companyType","dataType":"short","isQueryable":true,"isPickList":true,"picklistValues":[)"
    R"({"value":"1","label":"Customer","isActive":true},{"value":"2","label":"Lead","isActive":false},)"
    R"({"value":"3","label":"Twin","isActive":true},{"value":"4","label":"twin","isActive":true},)"
    R"({"value":"5","label":"6","isActive":true},{"value":7,"label":"STRASSE","isActive":1}]},)"
    R"({"name":"assetValue","isQueryable":false,"isPickList":false,"picklistValues":null},)"
    R"(3,null,{"name":"bare"}]})";

} // namespace

TEST_CASE("the fields of an entity are read, with their picklists") {
    const auto fields = autotask::read_fields(company_fields);
    REQUIRE(fields);
    REQUIRE(fields->size() == 3);
    const auto& type = fields->front();
    CHECK(type.name == "companyType");
    CHECK(type.is_picklist);
    CHECK(type.queryable);
    REQUIRE(type.values.size() == 6);
    CHECK(type.values[0].value == "1");
    CHECK(type.values[0].label == "Customer");
    CHECK_FALSE(type.values[1].active);
    CHECK(type.values[5].value == "7");
    CHECK_FALSE((*fields)[1].queryable);
    CHECK((*fields)[2].queryable);
    CHECK_FALSE((*fields)[2].is_picklist);
    for (const auto* body : {"", "{}", "[]", R"({"fields":null})", R"({"fields":{}})"})
        CHECK_FALSE(autotask::read_fields(body));
}

TEST_CASE("a field is found whatever the case of its name") {
    const auto fields = *autotask::read_fields(company_fields);
    CHECK(autotask::find_field(fields, "COMPANYTYPE") == fields.data());
    CHECK(autotask::find_field(fields, "company") == nullptr);
}

TEST_CASE("a label stands for its number, and a number for itself") {
    const auto type = autotask::read_fields(company_fields)->front();
    CHECK(autotask::resolve_label(type, "customer") == 1);
    CHECK(autotask::resolve_label(type, "Lead") == 2);
    CHECK(autotask::resolve_label(type, "stra\xC3\x9F"
                                        "e") == 7);
    CHECK(autotask::resolve_label(type, "6") == 5); // The label is stronger than the number.
    CHECK(autotask::resolve_label(type, "99") == 99);
    CHECK(autotask::resolve_label(type, "twin").error() ==
          "\"twin\" is the label of several values of companyType; give the number instead");
    CHECK(autotask::resolve_label(type, "Custom").error() ==
          "\"Custom\" is no label of companyType; there are \"Customer\", \"Lead\", \"Twin\", \"twin\", \"6\", "
          "\"STRASSE\"");
    autotask::field_info empty;
    empty.name = "x";
    CHECK(autotask::resolve_label(empty, "a").error() == "\"a\" is no label of x; there are none");
    CHECK(autotask::resolve_label(empty, "5") == 5);
    CHECK_FALSE(autotask::resolve_label(empty, ""));
    CHECK_FALSE(autotask::resolve_label(empty, "5x"));
}

TEST_CASE("whether devices may be changed is read from the entity's information") {
    CHECK(autotask::read_may_update(R"({"info":{"canUpdate":true,"userAccessForUpdate":"All"}})") == true);
    CHECK(autotask::read_may_update(R"({"info":{"canUpdate":true,"userAccessForUpdate":"NONE"}})") == false);
    CHECK(autotask::read_may_update(R"({"info":{"canUpdate":false,"userAccessForUpdate":"All"}})") == false);
    CHECK(autotask::read_may_update(R"({"info":{}})") == true);
    for (const auto* body : {"", "{}", R"({"info":null})", R"({"info":[]})"})
        CHECK_FALSE(autotask::read_may_update(body));
}
