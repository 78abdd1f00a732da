#include "autotask/rows.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace {

autotask::wanted_rows wanting(std::vector<std::string> address_fields, std::vector<std::string> login_fields = {}) {
    autotask::wanted_rows made;
    made.address_fields = std::move(address_fields);
    made.login_fields = std::move(login_fields);
    return made;
}

const autotask::wanted_rows one_address = wanting({"emailAddress"});
const autotask::wanted_rows three_addresses = wanting({"emailAddress", "emailAddress2", "emailAddress3"});

std::string items(const std::string& rows, const std::string& next = "null") {
    return R"({"items":[)" + rows +
           R"(],"pageDetails":{"count":1,"requestCount":500,"prevPageUrl":null,"nextPageUrl":)" + next + "}}";
}

} // namespace

TEST_CASE("a configuration item is read with everything the decision needs") {
    const auto page = autotask::read_devices(
        items(R"({"id":7,"companyID":0,"contactID":12,"configurationItemType":1,"rmmDeviceAuditHostname":"PC-1",)"
              R"("referenceTitle":"Front desk","rmmDeviceAuditLastUser":"ACME\\jane","isActive":true,)"
              R"("userDefinedFields":[]})"),
        std::nullopt);
    REQUIRE(page);
    REQUIRE(page->rows.size() == 1);
    CHECK(page->bad.empty());
    CHECK(page->received == 1);
    CHECK(page->last_id == 7);
    CHECK_FALSE(page->server_has_more);
    const auto& one = page->rows.front();
    CHECK(one.id.value == 7);
    CHECK(one.company.value == 0);
    CHECK(one.contact == core::contact_id{12});
    CHECK(one.type == 1);
    CHECK(one.hostname == "PC-1");
    CHECK(one.title == "Front desk");
    CHECK(one.last_user == "ACME\\jane");
    CHECK(one.active);
}

TEST_CASE("null and absent are the same, and contact 0 is no contact") {
    for (const auto* row :
         {R"({"id":7,"companyID":5})", R"({"id":7,"companyID":5,"contactID":0})",
          R"({"id":7,"companyID":5,"contactID":null,"configurationItemType":null,"rmmDeviceAuditHostname":null,)"
          R"("referenceTitle":null,"rmmDeviceAuditLastUser":null,"isActive":null})"}) {
        INFO(row);
        const auto page = autotask::read_devices(items(row), std::nullopt);
        REQUIRE(page);
        REQUIRE(page->rows.size() == 1);
        const auto& one = page->rows.front();
        CHECK_FALSE(one.contact);
        CHECK_FALSE(one.type);
        CHECK(one.hostname.empty());
        CHECK(one.last_user.empty());
        CHECK(one.active);
    }
}

TEST_CASE("an id is read in every form in which a whole number can come") {
    struct {
        const char* id;
        std::int64_t value;
    } const good[] = {
        {"7", 7},
        {"7.0", 7},
        {"7e0", 7},
        {"\"7\"", 7},
        {"\"007\"", 7},
        {"0", 0},
        {"-7", -7},
        {"9223372036854775807", INT64_MAX},
        {"\"9223372036854775807\"", INT64_MAX},
        {"9007199254740992.0", 9007199254740992},
    };
    for (const auto& one : good) {
        INFO(one.id);
        const auto page = autotask::read_devices(
            items(std::string("{\"id\":") + one.id + ",\"companyID\":" + one.id + "}"), std::nullopt);
        REQUIRE(page);
        REQUIRE(page->rows.size() == 1);
        CHECK(page->rows.front().id.value == one.value);
        CHECK(page->rows.front().company.value == one.value);
    }
    for (const auto* id : {"7.5", "\"7.0\"", "\"\"", "\" 7\"", "\"7x\"", "true", "[]", "{}", "18446744073709551615",
                           "9223372036854775808", "\"9223372036854775808\"", "1e300", "9007199254740994.0"}) {
        INFO(id);
        const auto page =
            autotask::read_devices(items(std::string(R"({"id":1,"companyID":)") + id + "}"), std::nullopt);
        REQUIRE(page);
        CHECK(page->rows.empty());
        REQUIRE(page->bad.size() == 1);
        CHECK(page->bad.front().what == "a configuration item (id 1) whose companyID is not a whole number");
        CHECK_FALSE(page->bad.front().company);
    }
}

TEST_CASE("a row that cannot be read says what is wrong and leaves the others alone") {
    struct {
        const char* row;
        const char* what;
        std::optional<core::company_id> company;
    } const rows[] = {
        {R"({"companyID":5})", "a contact without an id", core::company_id{5}},
        {R"({"id":null,"companyID":5})", "a contact without an id", core::company_id{5}},
        {R"({"id":"x","companyID":5})", "a contact without an id", core::company_id{5}},
        {R"({"id":4})", "a contact (id 4) without companyID", std::nullopt},
        {R"({"id":4,"companyID":"x"})", "a contact (id 4) whose companyID is not a whole number", std::nullopt},
        {R"({"id":4,"companyID":"5","emailAddress":4711})", "a contact (id 4) whose emailAddress is not a text",
         core::company_id{5}},
        {R"({"id":4,"companyID":5,"firstName":true})", "a contact (id 4) whose firstName is not a text",
         core::company_id{5}},
        {R"({"id":4,"companyID":5,"isActive":"yes"})", "a contact (id 4) whose isActive is not true or false",
         core::company_id{5}},
        {"[]", "a contact that is no JSON object", std::nullopt},
        {"null", "a contact that is no JSON object", std::nullopt},
    };
    for (const auto& one : rows) {
        INFO(one.row);
        const auto page = autotask::read_contacts(
            items(R"({"id":1,"companyID":5},)" + std::string(one.row) + R"(,{"id":9,"companyID":5})"), std::nullopt,
            one_address);
        REQUIRE(page);
        CHECK(page->rows.size() == 2);
        CHECK(page->received == 3);
        CHECK(page->last_id == 9);
        REQUIRE(page->bad.size() == 1);
        CHECK(page->bad.front().what == one.what);
        CHECK(page->bad.front().company == one.company);
    }
}

TEST_CASE("a contact has the addresses of the wanted fields, in their order, empty where there is none") {
    const auto body = items(R"({"id":1,"companyID":5,"firstName":"Jane","lastName":"Doe","isActive":1,)"
                            R"("emailAddress":"a@x.test","emailAddress2":"","emailAddress3":"c@x.test"})");
    const auto all = autotask::read_contacts(body, std::nullopt, three_addresses);
    REQUIRE(all);
    CHECK(all->rows.front().addresses == std::vector<std::string>{"a@x.test", "", "c@x.test"});
    CHECK(all->rows.front().first_name == "Jane");
    CHECK(all->rows.front().last_name == "Doe");
    CHECK(autotask::read_contacts(body, std::nullopt, one_address)->rows.front().addresses ==
          std::vector<std::string>{"a@x.test"});
}

TEST_CASE("a user-defined field is found by its name, whatever its case; what may not be seen is as good as empty") {
    const auto page = autotask::read_contacts(
        items(
            R"({"id":1,"companyID":5,"userDefinedFields":[{"name":"Other","value":"x"},{"name":"login NAME","value":"jd"}]},)"
            R"({"id":2,"companyID":5,"userDefinedFields":[{"name":"Login name","value":null}]},)"
            R"({"id":3,"companyID":5,"userDefinedFields":[{"name":"Login name","value":"*****"}]},)"
            R"({"id":4,"companyID":5,"userDefinedFields":[]},{"id":5,"companyID":5},)"
            R"({"id":6,"companyID":5,"userDefinedFields":[7,{"name":null},{"value":"jd"},{"name":"Login name","value":8}]})"),
        std::nullopt, wanting({"emailAddress"}, {"Login name"}));
    REQUIRE(page);
    CHECK(page->bad.empty());
    CHECK(page->seen_login_fields == std::vector<bool>{true});
    std::vector<std::string> found;
    for (const auto& row : page->rows)
        found.push_back(row.logins.at(0));
    CHECK(found == std::vector<std::string>{"jd", "", "", "", "", ""});

    const auto without = autotask::read_contacts(items(R"({"id":4,"companyID":5,"userDefinedFields":[]})"),
                                                 std::nullopt, wanting({"emailAddress"}, {"Login name"}));
    CHECK(without->seen_login_fields == std::vector<bool>{false});
}

TEST_CASE("a company comes with its parent and its web address, a device with its category") {
    const auto company =
        autotask::read_companies(items(R"({"id":1,"companyName":"B","parentCompanyID":0,"webAddress":"b.test"},)"
                                       R"({"id":2,"companyName":"C","parentCompanyID":null,"webAddress":null})"),
                                 std::nullopt);
    REQUIRE(company);
    CHECK(company->rows[0].parent == core::company_id{0});
    CHECK(company->rows[0].web_address == "b.test");
    CHECK_FALSE(company->rows[1].parent);
    CHECK(company->rows[1].web_address.empty());
    const auto device =
        autotask::read_devices(items(R"({"id":1,"companyID":5,"configurationItemCategoryID":101})"), std::nullopt);
    CHECK(device->rows[0].category == 101);
    CHECK(autotask::read_categories(items(R"({"id":101,"name":"Laptop"})"), std::nullopt)->rows[0].name == "Laptop");
}

TEST_CASE("activity comes as truth, as number or as text") {
    struct {
        const char* value;
        bool active;
    } const rows[] = {{"true", true}, {"false", false}, {"1", true}, {"0", false}, {"\"1\"", true}, {"\"0\"", false}};
    for (const auto& one : rows) {
        const auto page = autotask::read_companies(
            items(std::string(R"({"id":1,"companyName":"Acme","isActive":)") + one.value + "}"), std::nullopt);
        REQUIRE(page);
        REQUIRE(page->rows.size() == 1);
        CHECK(page->rows.front().active == one.active);
        CHECK(page->rows.front().name == "Acme");
    }
}

TEST_CASE("rows that do not come by ascending id above the last one are an error") {
    struct {
        const char* rows;
        std::optional<std::int64_t> after;
        const char* said;
    } const bad[] = {
        {R"({"id":2,"companyID":5},{"id":1,"companyID":5})", std::nullopt,
         "row 1 comes after row 2: the rows do not come by ascending id, or the filter was ignored"},
        {R"({"id":2,"companyID":5},{"id":2,"companyID":5})", std::nullopt,
         "row 2 comes after row 2: the rows do not come by ascending id, or the filter was ignored"},
        {R"({"id":2,"companyID":5})", 2,
         "row 2 comes after row 2: the rows do not come by ascending id, or the filter was ignored"},
        {R"({"id":2,"companyID":5})", 500,
         "row 2 comes after row 500: the rows do not come by ascending id, or the filter was ignored"},
        {R"({"id":2,"companyID":5},{"id":1})", std::nullopt,
         "row 1 comes after row 2: the rows do not come by ascending id, or the filter was ignored"},
        {R"({"companyID":5})", std::nullopt, "no row of the answer has an id"},
        {R"({"companyID":5})", 3, "no row of the answer has an id"},
    };
    for (const auto& one : bad) {
        INFO(one.rows);
        const auto page = autotask::read_devices(items(one.rows), one.after);
        REQUIRE_FALSE(page);
        CHECK(page.error() == one.said);
    }
    CHECK(autotask::read_devices(items(R"({"id":0,"companyID":5},{"id":1,"companyID":5})"), std::nullopt));
    CHECK(autotask::read_devices(items(R"({"id":3,"companyID":5})"), 2));
}

TEST_CASE("an empty page keeps the place") {
    const auto page = autotask::read_devices(items(""), 500);
    REQUIRE(page);
    CHECK(page->received == 0);
    CHECK(page->last_id == 500);
}

TEST_CASE("what is no reply to a query is an error") {
    for (const auto* body : {"", "{", "[]", "null", "{}", R"({"items":null})", R"({"items":{}})", R"({"item":{}})",
                             R"({"items":[)", "{\"items\":[\"\xFF\"]}"}) {
        INFO(body);
        CHECK_FALSE(autotask::read_devices(body, std::nullopt));
        CHECK_FALSE(autotask::read_companies(body, std::nullopt));
        CHECK_FALSE(autotask::read_contacts(body, std::nullopt, one_address));
    }
    CHECK(autotask::read_devices("{}", std::nullopt).error() == "the answer has no \"items\"");
}

TEST_CASE("only a page that names a next one has more") {
    CHECK(autotask::read_devices(items(R"({"id":1,"companyID":5})", "\"https://x/next\""), std::nullopt)
              ->server_has_more);
    CHECK_FALSE(autotask::read_devices(items(R"({"id":1,"companyID":5})"), std::nullopt)->server_has_more);
    for (const auto* details : {"", R"(,"pageDetails":null)", R"(,"pageDetails":[])", R"(,"pageDetails":{})"}) {
        INFO(details);
        const auto page =
            autotask::read_devices(std::string(R"({"items":[{"id":1,"companyID":5}])") + details + "}", std::nullopt);
        REQUIRE(page);
        CHECK_FALSE(page->server_has_more);
    }
}

TEST_CASE("counts and item ids are read as numbers or as texts") {
    CHECK(autotask::read_count(R"({"queryCount":17})") == 17);
    CHECK(autotask::read_count(R"({"queryCount":"17"})") == 17);
    CHECK(autotask::read_item_id(R"({"itemId":123})") == 123);
    CHECK(autotask::read_item_id(R"({"itemId":"123"})") == 123);
    for (const auto* body : {"", "{}", "[]", "17", R"({"queryCount":null,"itemId":null})", R"({"queryCount":"x"})"}) {
        INFO(body);
        CHECK_FALSE(autotask::read_count(body));
        CHECK_FALSE(autotask::read_item_id(body));
    }
}
