#include "tests/sandbox/behaviours/api.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

namespace behaviours {

api::api() {
    const sandbox::credentials login;
    headers = {{"ApiIntegrationCode", login.tracking_identifier},
               {"UserName", login.username},
               {"Secret", login.secret},
               {"Content-Type", "application/json"}};
    world->tenant().products = {9'001, 9'002};
    world->tenant().inactive_products = {9'002};
    world->tenant().rows(entity::configuration_items).add_user_defined_field({"Rack", false, false});
    world->tenant().rows(entity::configuration_items).add_user_defined_field({"Key", false, true});
    put(entity::configuration_item_types, R"({"id":1,"name":"Workstation","isActive":true})");
    put(entity::configuration_item_types, R"({"id":44,"name":"Kasse","isActive":false})");
    put(entity::configuration_item_categories, R"({"id":1,"name":"Standard","isActive":true,"isGlobalDefault":true})");
    put(entity::configuration_item_categories, R"({"id":101,"name":"Laptop","isActive":true})");
    put(entity::configuration_item_categories, R"({"id":102,"name":"Kasse","isActive":false})");
    put(entity::companies, R"({"id":0,"companyName":"Provider","companyType":8,"isActive":true})");
    put(entity::companies, R"({"id":10,"companyName":"Acme","companyType":1,"isActive":true})");
    put(entity::companies,
        R"({"id":11,"companyName":"Acme North","companyType":1,"isActive":true,"parentCompanyID":10})");
    put(entity::companies,
        R"({"id":12,"companyName":"Acme Pole","companyType":1,"isActive":true,"parentCompanyID":11})");
    put(entity::companies, R"({"id":20,"companyName":"Zeta","companyType":2,"isActive":true})");
    for (const auto& [id, company] : {std::pair{1, 0}, {101, 10}, {102, 10}, {111, 11}, {121, 12}, {201, 20}})
        put(entity::contacts, R"({"id":)" + std::to_string(id) + R"(,"companyID":)" + std::to_string(company) +
                                  R"(,"isActive":)" + (id == 102 ? "0" : "1") +
                                  R"(,"firstName":"F","lastName":"L","emailAddress":"c)" + std::to_string(id) +
                                  R"(@acme.example"})");
    put(entity::configuration_items,
        R"({"id":1001,"companyID":10,"contactID":101,"isActive":true,"productID":9001,"configurationItemType":1,
            "referenceTitle":"Alpha","rmmDeviceAuditLastUser":"ACME\\JSmith","rmmDeviceAuditOperatingSystem":"W11",
            "lastActivityPersonType":1,"lastModifiedTime":"2026-01-01T00:00:00Z","dailyCost":1.5,
            "userDefinedFields":[{"name":"Rack","value":"North 7"},{"name":"Key","value":"k"}]})");
    put(entity::configuration_items,
        R"({"id":1002,"companyID":11,"isActive":true,"productID":9001,"configurationItemType":1,
            "referenceTitle":"beta","rmmDeviceAuditLastUser":"ACME\\Müller","lastModifiedTime":"2026-01-02T12:30:00Z"})");
    put(entity::configuration_items,
        R"({"id":1003,"companyID":12,"isActive":true,"productID":9001,"configurationItemType":44,
            "referenceTitle":"Alphabet","rmmDeviceAuditLastUser":"","lastModifiedTime":"2026-01-03T00:00:00Z"})");
    put(entity::configuration_items,
        R"({"id":1004,"companyID":20,"isActive":false,"productID":9002,"configurationItemType":1,
            "referenceTitle":"gamma","lastModifiedTime":"2026-01-04T00:00:00Z"})");
    put(entity::configuration_items,
        R"({"id":1005,"companyID":0,"isActive":true,"productID":9001,"referenceTitle":"delta",
            "lastModifiedTime":"2026-01-05T00:00:00Z"})");
}

http_response api::send(std::string method, std::string path, std::string body) {
    sandbox::http_request request;
    request.method = std::move(method);
    request.target = path.starts_with('/') ? std::move(path) : std::string{root} + path;
    request.headers = headers;
    request.body = std::move(body);
    request.zone = zone;
    return world->serve(std::move(request), now);
}

http_response api::devices(std::string_view nodes, std::string_view more) {
    return post("ConfigurationItems/query", R"({"Filter":[)" + std::string{nodes} + "]" + std::string{more} + "}");
}

std::vector<std::int64_t> api::device_ids(std::string_view nodes) {
    const http_response reply = devices(nodes);
    INFO(reply.body);
    REQUIRE(reply.status == 200);
    return ids_of(reply);
}

void api::put(entity which, std::string_view row) {
    const auto parsed = boost::json::parse(boost::json::string_view{row.data(), row.size()});
    const auto stored = sandbox::put_row(world->tenant(), which, parsed.as_object(), now);
    INFO((stored ? std::string{} : stored.error()));
    REQUIRE(stored.has_value());
}

void api::set(std::string_view switch_name, std::string_view content) {
    const auto done = sandbox::set_switch(world->options(), switch_name, content);
    INFO((done ? std::string{} : done.error()));
    REQUIRE(done.has_value());
}

sandbox::value api::cell(entity which, std::int64_t id, std::string_view field) const {
    return sandbox::cell(world->tenant(), which, id, field);
}

std::int64_t api::contact_of(std::int64_t device) const {
    return cell(entity::configuration_items, device, "contactID").as_integer();
}

boost::json::value parse(const http_response& reply) {
    boost::system::error_code error;
    auto parsed = boost::json::parse(reply.body, error);
    INFO(reply.body);
    REQUIRE_FALSE(error.failed());
    return parsed;
}

std::string errors_of(const http_response& reply) {
    std::string result;
    const auto parsed = parse(reply);
    REQUIRE(parsed.is_object());
    if (const auto* errors = parsed.get_object().if_contains("errors"))
        for (const auto& text : errors->as_array())
            result += (result.empty() ? "" : "|") + std::string{text.as_string()};
    return result;
}

std::string first_error(const http_response& reply) {
    const std::string all = errors_of(reply);
    return all.substr(0, all.find('|'));
}

std::vector<std::int64_t> ids_of(const http_response& reply) {
    std::vector<std::int64_t> result;
    const auto parsed = parse(reply);
    for (const auto& item : parsed.at("items").as_array())
        result.push_back(item.at("id").as_int64());
    return result;
}

std::string page_target(const http_response& reply, std::string_view which) {
    const auto parsed = parse(reply);
    const auto& url = parsed.at("pageDetails").at(which);
    if (url.is_null())
        return {};
    const std::string text{url.as_string()};
    REQUIRE(text.starts_with("https://zone1.sandbox.invalid/ATServicesRest/V1.0/"));
    return text.substr(text.find("/ATServicesRest"));
}

} // namespace behaviours
