#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include "tests/sandbox/behaviours/api.hpp"

using namespace behaviours;

namespace {

/// The little world with user-defined fields of companies and contacts.
struct api_with_fields : api {
    api_with_fields() {
        auto& tenant = world->tenant();
        tenant.rows(entity::companies)
            .add_user_defined_field({"Service level", false, false, {"Gold", "Silver", "Bronze"}});
        tenant.rows(entity::companies).add_user_defined_field({"Region", false, false});
        tenant.rows(entity::contacts).add_user_defined_field({"Login name", false, false});
        put(entity::companies, R"({"id":10,"userDefinedFields":[{"name":"Service level","value":"Gold"},
                                                                 {"name":"Region","value":"North"}]})");
        put(entity::companies, R"({"id":11,"userDefinedFields":[{"name":"Service level","value":"Silver"}]})");
        put(entity::companies, R"({"id":20,"userDefinedFields":[{"name":"Service level","value":""}]})");
        put(entity::contacts, R"({"id":101,"userDefinedFields":[{"name":"Login name","value":"ACME\\jsmith"}]})");
        put(entity::contacts, R"({"id":111,"userDefinedFields":[{"name":"Login name","value":" JSmith "}]})");
        put(entity::contacts, R"({"id":121,"userDefinedFields":[{"name":"Login name","value":"Müller"}]})");
    }

    http_response rows(const std::string& name, const std::string& nodes, const std::string& more = {}) {
        return post(name + "/query", R"({"Filter":[)" + nodes + "]" + more + "}");
    }
};

const std::string all = R"({"op":"gte","field":"id","value":0})";

std::string udf(const std::string& op, const std::string& field, const std::string& operand) {
    return R"({"op":")" + op + R"(","field":")" + field + R"(","value":)" + operand + R"(,"udf":true})";
}

/// The array of the row with that id, as text.
std::string fields_of(const http_response& reply, std::int64_t id) {
    const auto parsed = parse(reply);
    for (const auto& item : parsed.at("items").as_array())
        if (item.at("id").as_int64() == id)
            return boost::json::serialize(item.at("userDefinedFields"));
    return "no such row";
}

boost::json::value definition(const http_response& reply, std::size_t position) {
    return parse(reply).at("fields").as_array().at(position);
}

} // namespace

TEST_CASE("without IncludeFields a row has every user-defined field, null where it has no value") {
    api_with_fields client;
    const auto reply = client.rows("Companies", all);
    CHECK(fields_of(reply, 10) == R"([{"name":"Service level","value":"Gold"},{"name":"Region","value":"North"}])");
    CHECK(fields_of(reply, 12) == R"([{"name":"Service level","value":null},{"name":"Region","value":null}])");
}

TEST_CASE("a user-defined field named in IncludeFields is in the row's array, in any case and once; others are not") {
    api_with_fields client;
    const auto reply =
        client.rows("Companies", all, R"(,"IncludeFields":["id","SERVICE level","companyName","service level"])");
    CHECK(fields_of(reply, 10) == R"([{"name":"Service level","value":"Gold"}])");
    CHECK(fields_of(reply, 20) == R"([{"name":"Service level","value":""}])");
    CHECK(fields_of(reply, 0) == R"([{"name":"Service level","value":null}])");
    CHECK(parse(reply).at("items").as_array().at(1).as_object().size() == 3);
    CHECK(fields_of(client.rows("Companies", all, R"(,"IncludeFields":["id"])"), 10) == "[]");
}

TEST_CASE("a user-defined field in IncludeFields can be ignored, or be an unknown field") {
    api_with_fields client;
    const std::string named = R"(,"IncludeFields":["id","Login name"])";
    client.set("udf_in_include_fields", "ignored");
    CHECK(fields_of(client.rows("Contacts", all, named), 101) == "[]");
    CHECK(first_error(client.rows("Contacts", all, R"(,"IncludeFields":["id","Nickname"])")) ==
          "Unable to find Nickname in the Contact Entity");
    client.set("udf_in_include_fields", "unknown");
    const auto refused = client.rows("Contacts", all, named);
    CHECK(refused.status == 500);
    CHECK(first_error(refused) == "Unable to find Login name in the Contact Entity");
    CHECK(fields_of(client.rows("Contacts", all), 121) == R"([{"name":"Login name","value":"Müller"}])");
}

TEST_CASE("a protected user-defined field is masked when it is named, too") {
    api client;
    const std::string named = R"(,"IncludeFields":["id","Key"])";
    CHECK(fields_of(client.devices(all, named), 1001) == R"([{"name":"Key","value":"k"}])");
    client.world->users().front().sees_protected = false;
    CHECK(fields_of(client.devices(all, named), 1001) == R"([{"name":"Key","value":"*****"}])");
}

TEST_CASE("the array may be left out of a reply none of whose rows has a value") {
    api_with_fields client;
    client.set("udfs_without_values", "absent");
    const auto has_array = [](const http_response& reply) {
        return parse(reply).at("items").as_array().at(0).as_object().contains("userDefinedFields");
    };
    CHECK(has_array(client.rows("Companies", all)));
    CHECK_FALSE(has_array(client.rows("Companies", R"({"op":"eq","field":"id","value":12})")));
    CHECK_FALSE(has_array(client.rows("Companies", all, R"(,"IncludeFields":["id"])")));
    CHECK(has_array(client.rows("Companies", all, R"(,"IncludeFields":["id","Region"])")));
    CHECK(parse(client.get("Companies/10")).at("item").as_object().contains("userDefinedFields"));
    CHECK_FALSE(parse(client.get("Companies/12")).at("item").as_object().contains("userDefinedFields"));
}

TEST_CASE("every operator works on the user-defined fields of companies") {
    struct example {
        std::string node;
        ids found;
    };
    const std::string level = "Service level";
    const std::vector<example> examples{{udf("eq", level, R"("gold")"), {10}},
                                        {udf("noteq", level, R"("Gold")"), {11, 20}},
                                        {udf("gt", level, R"("Gold")"), {11}},
                                        {udf("gte", level, R"("Gold")"), {10, 11}},
                                        {udf("lt", level, R"("Silver")"), {10, 20}},
                                        {udf("lte", level, R"("Silver")"), {10, 11, 20}},
                                        {udf("beginsWith", level, R"("S")"), {11}},
                                        {udf("endsWith", level, R"("LD")"), {10}},
                                        {udf("contains", level, R"("l")"), {10, 11}},
                                        {udf("exist", level, "null"), {10, 11, 20}},
                                        {udf("notExist", level, "null"), {0, 12}},
                                        {udf("in", level, R"(["Gold","silver"])"), {10, 11}},
                                        {udf("notIn", level, R"(["Gold","silver"])"), {20}}};
    api_with_fields client;
    for (const example& each : examples) {
        INFO(each.node);
        const auto reply = client.rows("Companies", each.node);
        INFO(reply.body);
        REQUIRE(reply.status == 200);
        CHECK(ids_of(reply) == each.found);
    }
}

TEST_CASE("contacts are found by their login name, in any case, blanks included") {
    api_with_fields client;
    CHECK(ids_of(client.rows("Contacts", udf("eq", "login NAME", R"("acme\\JSMITH")"))) == ids{101});
    CHECK(ids_of(client.rows("Contacts", udf("contains", "Login name", R"("jsmith")"))) == ids{101, 111});
    CHECK(ids_of(client.rows("Contacts", udf("in", "Login name", R"([" jsmith ","MÜLLER"])"))) == ids{111, 121});
    CHECK(ids_of(client.rows("Contacts", udf("exist", "Login name", "null") +
                                             R"(,{"op":"eq","field":"companyID","value":10})")) == ids{101});
}

TEST_CASE("a user-defined field that does not exist, or whose condition does not say udf, is an unknown field") {
    api_with_fields client;
    const auto error = [&client](const std::string& node) {
        const auto reply = client.rows("Companies", node);
        CHECK(reply.status == 500);
        return first_error(reply);
    };
    CHECK(error(udf("eq", "Tier", R"("A")")) == "Unable to find Tier in the Company Entity");
    CHECK(error(udf("eq", "companyName", R"("A")")) == "Unable to find companyName in the Company Entity");
    CHECK(error(R"({"op":"eq","field":"Region","value":"North"})") == "Unable to find Region in the Company Entity");
    CHECK(error(R"({"op":"eq","field":"Region","value":"North","udf":false})") ==
          "Unable to find Region in the Company Entity");
}

TEST_CASE("a query names one user-defined field, as often as it likes; by switch it names several") {
    api_with_fields client;
    const std::string gold = udf("eq", "Service level", R"("Gold")");
    const std::string silver = udf("eq", "service LEVEL", R"("Silver")");
    const std::string north = udf("eq", "Region", R"("North")");
    const auto either = [](const std::string& left, const std::string& right) {
        return R"({"op":"or","items":[)" + left + "," + right + "]}";
    };
    CHECK(ids_of(client.rows("Companies", either(gold, silver))) == ids{10, 11});
    for (const std::string& nodes : {gold + "," + north, either(silver, north)}) {
        const auto refused = client.rows("Companies", nodes);
        CHECK(refused.status == 500);
        CHECK(first_error(refused) == "You can only query by one user-defined field at a time.");
    }
    client.set("udf_filters", "several");
    CHECK(ids_of(client.rows("Companies", gold + "," + north)) == ids{10});
    CHECK(ids_of(client.rows("Companies", either(silver, north))) == ids{10, 11});
}

TEST_CASE("metadata tell the user-defined fields of companies, contacts and devices") {
    api_with_fields client;
    const auto level = definition(client.get("Companies/entityInformation/userDefinedFields"), 0);
    CHECK(level.at("name").as_string() == "Service level");
    CHECK(level.at("label").as_string() == "Service level");
    CHECK(level.at("type").as_string() == "string");
    CHECK(level.at("length").as_int64() == 8'000);
    CHECK(level.at("isQueryable").as_bool());
    CHECK(level.at("isPickList").as_bool());
    const auto& choices = level.at("picklistValues").as_array();
    REQUIRE(choices.size() == 3);
    CHECK(choices.at(1).at("value").as_string() == "Silver");
    CHECK(choices.at(1).at("label").as_string() == "Silver");
    CHECK(choices.at(1).at("isActive").as_bool());
    const auto login = definition(client.get("Contacts/entityInformation/userDefinedFields"), 0);
    CHECK(login.at("name").as_string() == "Login name");
    CHECK_FALSE(login.at("isPickList").as_bool());
    CHECK(login.at("picklistValues").is_null());
    CHECK(definition(client.get("ConfigurationItems/entityInformation/userDefinedFields"), 1).at("name").as_string() ==
          "Key");
    CHECK(client.get("ConfigurationItemTypes/entityInformation/userDefinedFields").body == R"({"fields":[]})");
}
