#include <boost/json/value_to.hpp>
#include <catch2/catch.hpp>

#include "tests/sandbox/behaviours/api.hpp"

using namespace behaviours;

namespace {

constexpr const char* second_entry = "Error updating entity for record number [1].";
constexpr const char* invalid = "Reference value on field: contactID of type: Contact does not exist or is invalid.";
constexpr const char* foreign = "Data violation: contactID is not associated to the companyID or its Parent Company..";

std::string set_contact(std::int64_t device, const std::string& contact) {
    return R"({"id":)" + std::to_string(device) + R"(,"contactID":)" + contact + "}";
}

} // namespace

TEST_CASE("30. a PATCH changes the named fields and nothing else but the traces of a change") {
    api client;
    const std::string before = client.get("ConfigurationItems/1002").body;
    const auto reply = client.patch("ConfigurationItems", set_contact(1002, "111"));
    CHECK(reply.status == 200);
    CHECK(reply.body == R"({"itemId":1002})");
    CHECK(client.contact_of(1002) == 111);
    auto old = boost::json::value_to<boost::json::object>(parse({200, "", {}, before, {}}).at("item"));
    auto fresh = boost::json::value_to<boost::json::object>(parse(client.get("ConfigurationItems/1002")).at("item"));
    CHECK(fresh.at("lastModifiedTime").as_string() == "2026-01-15T08:00:00.000Z");
    CHECK(fresh.at("lastActivityPersonID").as_int64() == client.world->users().front().resource_id);
    for (const char* moved : {"contactID", "lastModifiedTime", "lastActivityPersonID"}) {
        old.erase(moved);
        fresh.erase(moved);
    }
    CHECK(old == fresh);
    CHECK(client.world->counts().writes_stored == 1);
}

TEST_CASE("31. a single row takes GET alone, and a PUT clears what it does not name") {
    api client;
    for (const char* method : {"PATCH", "PUT", "DELETE"}) {
        const auto reply = client.send(method, "ConfigurationItems/1001", R"({"contactID":null})");
        CHECK(reply.status == 405);
        CHECK(reply.body ==
              R"({"Message":"The requested resource does not support http method ')" + std::string{method} + R"('."})");
    }
    CHECK(client.send("DELETE", "ConfigurationItems").status == 405);
    CHECK(client.send("PUT", "ConfigurationItems", set_contact(1001, "101")).status == 200);
    CHECK(client.cell(entity::configuration_items, 1001, "referenceTitle").is_null());
    CHECK(client.cell(entity::configuration_items, 1001, "rmmDeviceAuditLastUser").as_text() == "ACME\\JSmith");
    CHECK(client.cell(entity::configuration_items, 1001, "isActive").as_boolean());
    CHECK(client.contact_of(1001) == 101);
}

TEST_CASE("32. a missing or unknown id is 500 with an errors array") {
    api client;
    for (const char* body : {R"({"contactID":101})", R"({"id":999,"contactID":101})", R"({"id":"x"})", "[]", ""}) {
        const auto reply = client.patch("ConfigurationItems", body);
        CHECK(reply.status == 500);
        CHECK_FALSE(first_error(reply).empty());
    }
    CHECK(client.patch("ConfigurationItems", "{").status == 400);
}

TEST_CASE("33. a contact has to exist, be active, and belong to the company or its parent") {
    api client;
    const auto error = [&client](std::int64_t device, const std::string& contact) {
        const auto before = client.contact_of(device);
        const auto reply = client.patch("ConfigurationItems", set_contact(device, contact));
        if (reply.status == 200)
            return std::string{};
        CHECK(reply.status == 500);
        CHECK(client.contact_of(device) == before);
        return first_error(reply);
    };
    CHECK(error(1001, "9999") == invalid);
    CHECK(error(1001, "102") == invalid);
    CHECK(error(1001, "0") == "Value does not reference an existing entity for contactID.");
    CHECK(error(1001, "201") == foreign);
    CHECK(error(1001, "111") == foreign); // of a branch
    CHECK(error(1002, "111").empty());
    CHECK(error(1002, "101").empty()); // of the parent
    CHECK(error(1003, "101") == foreign);
    CHECK(error(1005, "1").empty()); // company 0
    client.set("parent_contact", "ancestor");
    CHECK(error(1003, "101").empty());
    client.set("parent_contact", "none");
    CHECK(error(1002, "111").empty());
    CHECK(error(1002, "101") == foreign);
}

TEST_CASE("33. null and an empty text clear the contact, digits in a text set it") {
    api client;
    CHECK(client.patch("ConfigurationItems", set_contact(1001, "null")).status == 200);
    CHECK(client.cell(entity::configuration_items, 1001, "contactID").is_null());
    CHECK(client.patch("ConfigurationItems", set_contact(1001, "\"101\"")).status == 200);
    CHECK(client.contact_of(1001) == 101);
    CHECK(client.patch("ConfigurationItems", set_contact(1001, "\"\"")).status == 200);
    CHECK(client.cell(entity::configuration_items, 1001, "contactID").is_null());
    CHECK(client.patch("ConfigurationItems", set_contact(1001, "\"x\"")).status == 500);
}

TEST_CASE("34. companyID and read-only fields in a body are ignored with 200, or refused by switch") {
    api client;
    const char* const body = R"({"id":1001,"companyID":20,"rmmDeviceAuditLastUser":"x","dattoHostname":"y",
                                 "lastModifiedTime":"2000-01-01T00:00:00Z","somethingElse":1})";
    CHECK(client.patch("ConfigurationItems", body).status == 200);
    CHECK(client.cell(entity::configuration_items, 1001, "companyID").as_integer() == 10);
    CHECK(client.cell(entity::configuration_items, 1001, "rmmDeviceAuditLastUser").as_text() == "ACME\\JSmith");
    CHECK(client.cell(entity::configuration_items, 1001, "dattoHostname").is_null());
    CHECK(parse(client.get("ConfigurationItems/1001")).at("item").at("lastModifiedTime").as_string() ==
          "2026-01-15T08:00:00.000Z");
    client.set("readonly_in_body", "500");
    CHECK(client.patch("ConfigurationItems", body).status == 500);
    CHECK(client.patch("ConfigurationItems", R"({"id":1001,"companyID":20})").status == 200);
}

TEST_CASE("35. on command a write answers 200 and is not stored, or is put back two seconds later") {
    api client;
    sandbox::fault_rule fault;
    fault.kind = sandbox::fault_kind::not_stored;
    fault.applied = true;
    fault.method = "PATCH";
    fault.count = 1;
    client.world->faults().add(fault);
    CHECK(client.patch("ConfigurationItems", set_contact(1002, "111")).body == R"({"itemId":1002})");
    CHECK(client.contact_of(1002) == 0);
    CHECK(client.world->counts().writes_stored == 0);

    fault.kind = sandbox::fault_kind::reverted;
    fault.wait = 2s;
    client.world->faults().add(fault);
    CHECK(client.patch("ConfigurationItems", set_contact(1001, "null")).status == 200);
    CHECK(parse(client.get("ConfigurationItems/1001")).at("item").at("contactID").is_null());
    client.now += 1999ms;
    CHECK(parse(client.get("ConfigurationItems/1001")).at("item").at("contactID").is_null());
    client.now += 1ms;
    CHECK(parse(client.get("ConfigurationItems/1001")).at("item").at("contactID").as_int64() == 101);
}

TEST_CASE("36. an invalid stored reference can be made to fail every PATCH of the device") {
    api client;
    client.put(entity::configuration_items, R"({"id":1001,"productID":9002})");
    CHECK(client.patch("ConfigurationItems", set_contact(1001, "101")).status == 200);
    client.set("revalidate_stored_references", "true");
    CHECK(first_error(client.patch("ConfigurationItems", set_contact(1001, "101"))) ==
          "Reference value on field: productID of type: Product does not exist or is invalid.");
    client.put(entity::configuration_items, R"({"id":1001,"productID":9001,"contactID":102})");
    CHECK(first_error(client.patch("ConfigurationItems", R"({"id":1001,"location":"x"})")) == invalid);
    CHECK(client.patch("ConfigurationItems", set_contact(1001, "101")).status == 200);
    client.world->tenant().rows(entity::configuration_items).add_user_defined_field({"Cost Centre", true, false});
    CHECK(first_error(client.patch("ConfigurationItems", set_contact(1001, "101"))) ==
          "Value does not exist for the required field Cost Centre");
}

TEST_CASE("37. the errors may have a second entry and may be in German") {
    api client;
    CHECK(errors_of(client.patch("ConfigurationItems", set_contact(1001, "201"))) ==
          std::string{foreign} + "|" + second_entry);
    client.set("patch_error_second_entry", "false");
    CHECK(errors_of(client.patch("ConfigurationItems", set_contact(1001, "201"))) == foreign);
    client.set("localised_errors", "de");
    CHECK(errors_of(client.patch("ConfigurationItems", set_contact(1001, "201"))) ==
          "Datenverletzung: contactID ist nicht mit der companyID oder ihrer übergeordneten Firma verknüpft..");
}

TEST_CASE("38. nobody is asked what he saw: the last writer wins") {
    api client;
    const auto first = client.world->begin(
        {"PATCH", "/ATServicesRest/V1.0/ConfigurationItems", client.headers, set_contact(1002, "111"), 0}, client.now);
    CHECK(client.patch("ConfigurationItems", set_contact(1002, "101")).status == 200);
    CHECK(client.world->execute(first.ticket, client.now).status == 200);
    client.world->end(first.ticket, client.now);
    CHECK(client.contact_of(1002) == 111);
}

TEST_CASE("39. a sync of the RMM sets the last user, cut at 50 characters, and leaves lastModifiedTime alone") {
    api client;
    auto& tenant = client.world->tenant();
    const std::string sixty = "ÄCME\\" + std::string(55, 'u');
    const auto modified = client.cell(entity::configuration_items, 1001, "lastModifiedTime");
    REQUIRE(sandbox::rmm_sync(tenant, client.world->options(), 1001, sixty, client.now));
    CHECK(client.cell(entity::configuration_items, 1001, "rmmDeviceAuditLastUser").as_text() ==
          "ÄCME\\" + std::string(45, 'u'));
    CHECK(client.cell(entity::configuration_items, 1001, "lastModifiedTime") == modified);
    client.set("rmm_sync_touches_last_modified", "true");
    REQUIRE(sandbox::rmm_sync(tenant, client.world->options(), 1001, std::nullopt, client.now));
    CHECK(client.cell(entity::configuration_items, 1001, "rmmDeviceAuditLastUser").is_null());
    CHECK_FALSE(client.cell(entity::configuration_items, 1001, "lastModifiedTime") == modified);
    REQUIRE(sandbox::rmm_sync(tenant, client.world->options(), 1001, "", client.now));
    CHECK(client.cell(entity::configuration_items, 1001, "rmmDeviceAuditLastUser").type() ==
          sandbox::value::kind::text);
    CHECK_FALSE(sandbox::rmm_sync(tenant, client.world->options(), 4, "x", client.now));
}
