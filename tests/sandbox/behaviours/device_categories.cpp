#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include "tests/sandbox/behaviours/api.hpp"

using namespace behaviours;

namespace {

boost::json::object category_field(api& client) {
    const auto parsed = parse(client.get("ConfigurationItems/entityInformation/fields"));
    for (const auto& field : parsed.at("fields").as_array())
        if (field.at("name").as_string() == "configurationItemCategoryID")
            return field.as_object();
    return {};
}

} // namespace

TEST_CASE("device categories are an entity of their own: query, count, by id and metadata") {
    api client;
    const auto found = client.post("ConfigurationItemCategories/query",
                                   R"({"IncludeFields":["id","name","isActive"],
                                       "Filter":[{"op":"exist","field":"id"}]})");
    CHECK(parse(found).at("items") ==
          boost::json::parse(R"([{"id":1,"name":"Standard","isActive":true,"userDefinedFields":[]},
                                 {"id":101,"name":"Laptop","isActive":true,"userDefinedFields":[]},
                                 {"id":102,"name":"Kasse","isActive":false,"userDefinedFields":[]}])"));
    CHECK(client
              .post("ConfigurationItemCategories/query/count",
                    R"({"Filter":[{"op":"eq","field":"isActive","value":true}]})")
              .body == R"({"queryCount":2})");
    const auto standard = parse(client.get("configurationitemcategories/1")).at("item");
    CHECK(standard.as_object().size() == 8);
    CHECK(standard.at("isGlobalDefault").as_bool());
    CHECK(standard.at("nickname").is_null());
    const auto info = parse(client.get("ConfigurationItemCategories/entityInformation")).at("info");
    CHECK(info.at("name").as_string() == "ConfigurationItemCategory");
    CHECK(info.at("canQuery").as_bool());
    CHECK_FALSE(info.at("canDelete").as_bool());
    CHECK_FALSE(info.at("hasUserDefinedFields").as_bool());
    CHECK(first_error(client.post("ConfigurationItemCategories/query",
                                  R"({"Filter":[{"op":"eq","field":"label","value":"x"}]})")) ==
          "Unable to find label in the ConfigurationItemCategory Entity");
}

TEST_CASE("device categories are renamed at the top, and never deleted") {
    api client;
    CHECK(client.patch("ConfigurationItemCategories", R"({"id":101,"name":"Notebook"})").body == R"({"itemId":101})");
    CHECK(client.cell(entity::configuration_item_categories, 101, "name").as_text() == "Notebook");
    CHECK(client.send("DELETE", "ConfigurationItemCategories/101").status == 405);
}

TEST_CASE("a device's category is a reference, or by switch a picklist with the names as labels") {
    api client;
    const auto reference = category_field(client);
    CHECK(reference.at("isReference").as_bool());
    CHECK(reference.at("referenceEntityType").as_string() == "ConfigurationItemCategory");
    CHECK_FALSE(reference.at("isPickList").as_bool());
    CHECK(reference.at("picklistValues").is_null());
    CHECK_FALSE(reference.at("isRequired").as_bool());

    client.set("device_category", "picklist");
    const auto list = category_field(client);
    CHECK_FALSE(list.at("isReference").as_bool());
    CHECK(list.at("isPickList").as_bool());
    REQUIRE(list.at("picklistValues").as_array().size() == 3);
    CHECK(list.at("picklistValues").as_array().at(1).at("value").as_string() == "101");
    CHECK(list.at("picklistValues").as_array().at(1).at("label").as_string() == "Laptop");
    CHECK_FALSE(list.at("picklistValues").as_array().at(2).at("isActive").as_bool());
}

TEST_CASE("devices are filtered by category, some have none, and a write needs one that exists and is active") {
    api client;
    CHECK(client.device_ids(R"({"op":"notExist","field":"configurationItemCategoryID"})").size() == 5);
    const auto set = [&client](const char* category) {
        return client.patch("ConfigurationItems",
                            R"({"id":1001,"configurationItemCategoryID":)" + std::string{category} + "}");
    };
    CHECK(set("101").status == 200);
    CHECK(client.device_ids(R"({"op":"in","field":"configurationItemCategoryID","value":[1,101]})") == ids{1001});
    const char* const invalid = "Reference value on field: configurationItemCategoryID of type: "
                                "ConfigurationItemCategory does not exist or is invalid.";
    CHECK(first_error(set("9")) == invalid);
    CHECK(first_error(set("102")) == invalid);
    client.set("device_category", "picklist");
    CHECK(first_error(set("9")) == "Picklist value [9] does not exist for configurationItemCategoryID");
    CHECK(set("102").status == 200);
    CHECK(set("null").status == 200);
    CHECK(client.cell(entity::configuration_items, 1001, "configurationItemCategoryID").is_null());
}
