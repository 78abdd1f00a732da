#include <catch2/catch.hpp>

#include "tests/sandbox/behaviours/api.hpp"

using namespace behaviours;

namespace {

boost::json::object field_named(const http_response& reply, std::string_view name) {
    const auto parsed = parse(reply);
    for (const auto& field : parsed.at("fields").as_array())
        if (field.at("name").as_string() == boost::json::string_view{name.data(), name.size()})
            return field.as_object();
    FAIL("no field " << name);
    return {};
}

} // namespace

TEST_CASE("40. a contact's isActive is a number: true in a body is refused, in a filter it is 1") {
    api client;
    CHECK(parse(client.get("Contacts/101")).at("item").at("isActive").as_int64() == 1);
    const auto reply = client.patch("Companies/10/Contacts", R"({"id":101,"isActive":true})");
    CHECK(reply.status == 500);
    CHECK(first_error(reply).starts_with("Unexpected character encountered while parsing value: t. Path 'isActive'"));
    const auto count = [&client](const std::string& flag) {
        return client
            .post("Contacts/query/count", R"({"Filter":[{"op":"eq","field":"isActive","value":)" + flag + "}]}")
            .body;
    };
    CHECK(count("1") == R"({"queryCount":5})");
    CHECK(count("true") == R"({"queryCount":5})");
    CHECK(count("0") == R"({"queryCount":1})");
}

TEST_CASE("41. contacts are written below their company; at the top there is only a 404 page") {
    api client;
    const auto refused = client.patch("Contacts", R"({"id":101,"title":"Boss"})");
    CHECK(refused.status == 404);
    CHECK(refused.content_type.starts_with("text/html"));
    CHECK(client.send("PUT", "Contacts/101", "{}").status == 405);
    CHECK(client.patch("Companies/10/Contacts", R"({"id":101,"title":"Boss"})").body == R"({"itemId":101})");
    CHECK(client.cell(entity::contacts, 101, "title").as_text() == "Boss");
    CHECK(client.patch("Companies/20/Contacts", R"({"id":101,"title":"x"})").status == 500);
    CHECK(client.get("Companies/20/Contacts/101").body == R"({"item":null})");
    CHECK(ids_of(client.get("Companies/10/Contacts")) == ids{101, 102});
    const auto made = client.post("Companies/20/Contacts", R"({"firstName":"A","lastName":"B","isActive":1})");
    CHECK(made.body == R"({"itemId":202})");
    CHECK(client.cell(entity::contacts, 202, "companyID").as_integer() == 20);
    CHECK(client.send("DELETE", "Companies/20/Contacts/202").status == 200);
    CHECK(first_error(client.send("DELETE", "Companies/20/Contacts/202")) == "No matching records found");
}

TEST_CASE("42. a contact has three addresses, and several contacts may share one") {
    api client;
    for (const char* path : {"Companies/10/Contacts", "Companies/20/Contacts"})
        CHECK(client
                  .post(path, R"({"firstName":"A","lastName":"B","isActive":1,"emailAddress":"same@acme.example",
                                   "emailAddress2":"same@acme.example","emailAddress3":"x@acme.example"})")
                  .status == 200);
    CHECK(client
              .post("Contacts/query/count",
                    R"({"Filter":[{"op":"eq","field":"emailAddress","value":"SAME@acme.example"}]})")
              .body == R"({"queryCount":2})");
}

TEST_CASE("43. companies form a tree, and companyType is a picklist whose values are texts") {
    api client;
    CHECK(ids_of(client.post("Companies/query", R"({"Filter":[{"op":"eq","field":"parentCompanyID","value":10}]})")) ==
          ids{11});
    const auto type = field_named(client.get("Companies/entityInformation/fields"), "companyType");
    CHECK(type.at("isPickList").as_bool());
    std::string values;
    for (const auto& choice : type.at("picklistValues").as_array())
        values += std::string{choice.at("value").as_string()} + "=" + std::string{choice.at("label").as_string()} + " ";
    CHECK(values == "1=Customer 2=Lead 3=Prospect 4=Dead 6=Cancellation 7=Vendor 8=Partner ");
    CHECK(first_error(client.patch("Companies", R"({"id":10,"companyType":5})")) ==
          "Picklist value [5] does not exist for companyType");
    CHECK(client.patch("Companies", R"({"id":10,"companyType":6})").status == 200);
}

TEST_CASE("43. metadata tells types, lengths and flags") {
    api client;
    const auto fields = client.get("ConfigurationItems/entityInformation/fields");
    const auto user = field_named(fields, "rmmDeviceAuditLastUser");
    CHECK(user.at("length").as_int64() == 50);
    CHECK(user.at("isReadOnly").as_bool());
    CHECK(user.at("isQueryable").as_bool());
    const auto contact = field_named(fields, "contactID");
    CHECK_FALSE(contact.at("isReadOnly").as_bool());
    CHECK(contact.at("isReference").as_bool());
    CHECK(contact.at("referenceEntityType").as_string() == "Contact");
    CHECK_FALSE(field_named(fields, "rmmDeviceAuditOperatingSystem").at("isQueryable").as_bool());
    const auto info = parse(client.get("ConfigurationItems/entityInformation")).at("info");
    CHECK(info.at("canUpdate").as_bool());
    CHECK_FALSE(info.at("canDelete").as_bool());
    CHECK(parse(client.get("ConfigurationItems/entityInformation/userDefinedFields")).at("fields").as_array().size() ==
          2);
}

TEST_CASE("44. device types are rows of the tenant with any id, and a device may have none") {
    api client;
    CHECK(parse(client.get("ConfigurationItemTypes/44")).at("item").at("name").as_string() == "Kasse");
    CHECK(client.device_ids(R"({"op":"notExist","field":"configurationItemType"})") == ids{1005});
    const auto type = field_named(client.get("ConfigurationItems/entityInformation/fields"), "configurationItemType");
    CHECK(type.at("picklistValues").as_array().at(1).at("value").as_string() == "44");
    CHECK_FALSE(type.at("picklistValues").as_array().at(1).at("isActive").as_bool());
    CHECK(client.send("DELETE", "ConfigurationItemTypes/44").body == R"({"itemId":44})");
    CHECK(client.get("ConfigurationItemTypes/44").body == R"({"item":null})");
}

TEST_CASE("44. a created device needs its required fields and starts with the default category") {
    api client;
    CHECK(first_error(client.post("ConfigurationItems", R"({"companyID":10,"isActive":true})")) ==
          "Missing Required Field: productID");
    const auto made = client.post("ConfigurationItems", R"({"companyID":10,"isActive":true,"productID":9001})");
    CHECK(made.body == R"({"itemId":1006})");
    CHECK(client.cell(entity::configuration_items, 1006, "configurationItemCategoryID").as_integer() == 1);
    CHECK(client.device_ids(R"({"op":"eq","field":"companyID","value":10})") == ids{1001, 1006});
}
