#include <catch2/catch.hpp>

#include "tests/sandbox/behaviours/api.hpp"
#include "tests/sandbox/model/text.hpp"

using namespace behaviours;

namespace {

const std::string all = R"({"MaxRecords":2,"Filter":[{"op":"gte","field":"id","value":0}]})";
const std::string page_three = R"({"MaxRecords":3,"Filter":[{"op":"gte","field":"id","value":0}]})";

} // namespace

TEST_CASE("21. a page says how many rows it has and was asked for, and names no page beyond the ends") {
    api client;
    const auto first = client.post("ConfigurationItems/query", all);
    const auto details = parse(first).at("pageDetails");
    CHECK(details.at("count").as_int64() == 2);
    CHECK(details.at("requestCount").as_int64() == 2);
    CHECK(details.at("prevPageUrl").is_null());
    const auto second = client.post(page_target(first, "nextPageUrl"), all);
    CHECK(ids_of(second) == ids{1003, 1004});
    const auto third = client.post(page_target(second, "nextPageUrl"), all);
    CHECK(ids_of(third) == ids{1005});
    CHECK(parse(third).at("pageDetails").at("nextPageUrl").is_null());
    const auto back = client.post(page_target(third, "prevPageUrl"), all);
    CHECK(ids_of(back) == ids{1003, 1004});
    CHECK(ids_of(client.post(page_target(back, "prevPageUrl"), all)) == ids{1001, 1002});
    CHECK(ids_of(client.post(page_target(back, "nextPageUrl"), all)) == ids{1005});
}

TEST_CASE("21. a result that fills its page exactly has no next page, unless the switch says so") {
    api client;
    for (std::int64_t id = 2'000; id < 2'495; ++id)
        client.put(entity::configuration_items, R"({"companyID":10,"id":)" + std::to_string(id) + "}");
    const std::string query = R"({"Filter":[{"op":"gte","field":"id","value":0}]})";
    const auto full = client.post("ConfigurationItems/query", query);
    CHECK(parse(full).at("pageDetails").at("count").as_int64() == 500);
    CHECK(page_target(full, "nextPageUrl").empty());
    client.set("full_page_has_next", "true");
    const auto again = client.post("ConfigurationItems/query", query);
    const auto empty = client.post(page_target(again, "nextPageUrl"), query);
    CHECK(empty.status == 200);
    CHECK(ids_of(empty).empty());
    CHECK(page_target(empty, "nextPageUrl").empty());
}

TEST_CASE("22. the next URL is absolute and carries an encoded token with nothing but positions") {
    api client;
    const auto reply = client.post("ConfigurationItems/query", all);
    const auto target = page_target(reply, "nextPageUrl");
    CHECK(target.starts_with("/ATServicesRest/V1.0/ConfigurationItems/query/next?paging=%7b%22pageSize%22%3a2%2c"));
    CHECK(sandbox::query_parameter(target, "paging") == R"({"pageSize":2,"previousIds":[-1],"nextIds":[1002]})");
}

TEST_CASE("23. a next URL made by POST refuses GET, wants a body, and applies whatever filter it is sent") {
    api client;
    const auto target = page_target(client.post("ConfigurationItems/query", all), "nextPageUrl");
    const auto got = client.get(target);
    CHECK(got.status == 405);
    CHECK(got.body == R"({"Message":"The requested resource does not support http method 'GET'."})");
    const auto empty = client.post(target, "");
    CHECK(empty.status == 500);
    CHECK(first_error(empty) == "Value cannot be null. Parameter name: queryModel");
    CHECK(ids_of(client.post(target, R"({"Filter":[{"op":"eq","field":"isActive","value":false}]})")) == ids{1004});
    CHECK(client.post("ConfigurationItems/query/next", all).status == 500);
    CHECK(client.post("ConfigurationItems/query/next?paging=nonsense", all).status == 500);
}

TEST_CASE("24. a query by GET pages by GET, and a URL that is too long is the web server's 404") {
    api client;
    const auto first = client.get("ConfigurationItems/query?search=" + sandbox::url_encode(page_three));
    CHECK(ids_of(first) == ids{1001, 1002, 1003});
    const auto target = page_target(first, "nextPageUrl");
    CHECK(sandbox::query_parameter(target, "search") == page_three);
    CHECK(ids_of(client.get(target)) == ids{1004, 1005});
    CHECK(client.get("ConfigurationItems/query").status == 500);
    const auto reply = client.get("ConfigurationItems/query?search=" + sandbox::url_encode(page_three) +
                                  "&x=" + std::string(2'100, 'a'));
    CHECK(reply.status == 404);
    CHECK(reply.content_type.starts_with("text/html"));
}

TEST_CASE("25. rows that come and go between two pages shift no other row") {
    api client;
    const auto first = client.post("ConfigurationItems/query", all);
    client.world->tenant().rows(entity::configuration_items).erase(1001);
    client.world->tenant().rows(entity::configuration_items).erase(1003);
    client.put(entity::configuration_items, R"({"companyID":10})");
    const auto second = client.post(page_target(first, "nextPageUrl"), all);
    CHECK(ids_of(second) == ids{1004, 1005});
    CHECK(ids_of(client.post(page_target(second, "nextPageUrl"), all)) == ids{1006});
}
