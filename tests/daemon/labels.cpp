#include "daemon/sweep/labels.hpp"

#include "autotask/query.hpp"

#include <catch2/catch.hpp>

using namespace contactd;
using autotask::condition;
using autotask::filter_op;
using autotask::filter_value;

namespace {

autotask::field_info field(const std::string& name, const std::string& type, bool queryable = true) {
    autotask::field_info made;
    made.name = name;
    made.data_type = type;
    made.queryable = queryable;
    return made;
}

entity_fields company_fields() {
    entity_fields made;
    auto& own = made.own.emplace();
    own = {field("id", "long"),           field("companyName", "string"),       field("companyType", "short"),
           field("isActive", "boolean"),  field("assetValue", "double", false), field("surveyScore", "decimal"),
           field("postalCode", "string"), field("createDate", "datetime")};
    own[2].is_picklist = true;
    own[2].values = {{"1", "Customer", true}, {"3", "Prospect", true}, {"4", "Twin", true}, {"5", "twin", true}};
    made.user_defined = std::vector{field("Service level", "string")};
    return made;
}

condition where(const std::string& name, filter_op op, std::vector<filter_value> values, bool user_defined = false) {
    condition made;
    made.field = name;
    made.op = op;
    made.values = std::move(values);
    made.user_defined = user_defined;
    return made;
}

std::vector<filter_value> values_of(const condition& one) {
    const auto resolved = resolve_filter({one}, company_fields());
    REQUIRE(resolved);
    return resolved->front().values;
}

std::string error_of(const condition& one) {
    const auto resolved = resolve_filter({one}, company_fields());
    return resolved ? "accepted" : resolved.error();
}

using text = std::string;
using number = std::int64_t;

} // namespace

TEST_CASE("labels in the company filter become numbers, and values the type of their field") {
    using enum filter_op;
    CHECK(values_of(where("COMPANYTYPE", in, {text("customer"), text("3"), number(4)})) ==
          std::vector<filter_value>{number(1), number(3), number(4)});
    CHECK(values_of(where("companyName", eq, {text("Customer")})) == std::vector<filter_value>{text("Customer")});
    CHECK(values_of(where("id", gte, {text("29")})) == std::vector<filter_value>{number(29)});
    CHECK(values_of(where("postalCode", eq, {number(10115)})) == std::vector<filter_value>{text("10115")});
    CHECK(values_of(where("isActive", eq, {text("True")})) == std::vector<filter_value>{true});
    CHECK(values_of(where("surveyScore", lt, {text("2.5")})) == std::vector<filter_value>{2.5});
    CHECK(values_of(where("createDate", gt, {text("2026-01-31")})) == std::vector<filter_value>{text("2026-01-31")});
    CHECK(values_of(where("companyType", exist, {})).empty());
    CHECK(values_of(where("service LEVEL", eq, {text("Gold")}, true)) == std::vector<filter_value>{text("Gold")});
    CHECK(resolve_filter({where("companytype", eq, {number(1)})}, company_fields())->front().field == "companyType");
    CHECK(resolve_filter({where("service LEVEL", eq, {text("x")}, true)}, company_fields())->front().field ==
          "Service level");
}

TEST_CASE("a condition that means nothing is an error that names the nearest thing there is") {
    using enum filter_op;
    struct {
        condition wrong;
        const char* said;
    } const rows[] = {
        {where("companyTyp", eq, {number(1)}),
         "company_filter: companies have no field \"companyTyp\"; did you mean \"companyType\"?"},
        {where("nonsense", eq, {number(1)}), "company_filter: companies have no field \"nonsense\""},
        {where("Service levl", eq, {text("Gold")}, true),
         "company_filter: companies have no user-defined field \"Service levl\"; did you mean \"Service level\"?"},
        {where("assetValue", eq, {number(1)}), "company_filter: the field \"assetValue\" cannot be filtered on"},
        {where("companyType", eq, {text("Custommer")}),
         "company_filter: \"Custommer\" is no label of companyType; there are \"Customer\", \"Prospect\", \"Twin\", "
         "\"twin\"; did you mean \"Customer\"?"},
        {where("companyType", eq, {text("TWIN")}),
         "company_filter: \"TWIN\" is the label of several values of companyType; give the number instead"},
        {where("companyType", contains, {text("Cust")}), "company_filter: the field \"companyType\" holds no text, so "
                                                         "\"contains\" means nothing there; use eq, noteq, in "
                                                         "or notIn"},
        {where("id", eq, {text("many")}), "company_filter: the field \"id\" holds numbers, and \"many\" is none"},
        {where("id", eq, {true}), "company_filter: the field \"id\" holds numbers, and true and false are none"},
        {where("createDate", gt, {text("01.02.2024")}), "company_filter: the field \"createDate\" holds dates, and "
                                                        "\"01.02.2024\" is none; write it like \"2026-01-31\" or "
                                                        "\"2026-01-31T08:00:00Z\""},
        {where("isActive", eq, {text("yes")}), "company_filter: the field \"isActive\" is either true or false"},
    };
    for (const auto& one : rows)
        CHECK(error_of(one.wrong) == one.said);
}

TEST_CASE("what was not asked for is passed on as it is") {
    const auto same = resolve_filter({where("nonsense", filter_op::eq, {text("x")})}, {});
    REQUIRE(same);
    CHECK(same->front().field == "nonsense");
    // A database that has none was asked.
    entity_fields none;
    none.user_defined.emplace();
    CHECK(resolve_filter({where("x", filter_op::eq, {text("x")}, true)}, none).error() ==
          "company_filter: companies have no user-defined field \"x\"");
}

TEST_CASE("a condition is shown with the labels of its numbers") {
    using enum filter_op;
    CHECK(filter_words(where("companyType", in, {number(1), number(7)}), company_fields()) ==
          "companyType in 1 \"Customer\", 7 (which the picklist does not have)");
    CHECK(filter_words(where("companyName", begins_with, {text("A")}), company_fields()) ==
          "companyName beginsWith \"A\"");
    CHECK(filter_words(where("isActive", eq, {true}), company_fields()) == "isActive eq true");
    CHECK(filter_words(where("surveyScore", lt, {2.5}), company_fields()) == "surveyScore lt 2.5");
    CHECK(filter_words(where("Service level", eq, {text("Gold")}, true), company_fields()) ==
          "Service level (user-defined) eq \"Gold\"");
    CHECK(filter_words(where("companyType", exist, {}), company_fields()) == "companyType exist");
}

TEST_CASE("only labels need the fields of the instance") {
    CHECK_FALSE(needs_labels({"*"}));
    CHECK_FALSE(needs_labels({"none", "1", "-4"}));
    CHECK(needs_labels({"1", "Workstation"}));
    CHECK(needs_labels({""}));
}

TEST_CASE("device types are every, none, numbers and labels") {
    auto types = field("configurationItemType", "integer");
    types.is_picklist = true;
    types.values = {{"1", "Workstation", true}, {"3", "Server", true}};
    const std::vector fields{types};
    const auto made = resolve_device_types({"none", "7", "workstation", "1"}, fields);
    REQUIRE(made);
    CHECK(made->untyped);
    CHECK_FALSE(made->every);
    CHECK(made->values == std::set<std::int64_t>{1, 7});
    CHECK(resolve_device_types({"*"}, {})->every);
    CHECK(resolve_device_types({"7"}, {})->values == std::set<std::int64_t>{7});
    CHECK(resolve_device_types({"Customer"}, {}).error() ==
          "device_types: \"Customer\" is no label of configurationItemType; there are none");
    CHECK(resolve_device_types({"Workstatoin"}, fields).error() ==
          "device_types: \"Workstatoin\" is no label of configurationItemType; there are \"Workstation\", \"Server\"; "
          "did "
          "you mean \"Workstation\"?");
}

TEST_CASE("device categories are found by the names that the instance gives them") {
    const std::vector<autotask::picklist_value> known{{"101", "Workstation", true}, {"102", "Laptop", true}};
    CHECK(resolve_device_categories({"*"}, {})->every);
    const auto some = resolve_device_categories({"laptop", "7", "none"}, known);
    REQUIRE(some);
    CHECK_FALSE(some->every);
    CHECK(some->uncategorised);
    CHECK(some->values == std::set<std::int64_t>{7, 102});
    CHECK(resolve_device_categories({"Laptopp"}, known).error() ==
          "device_categories: \"Laptopp\" is no label of the categories of configuration items; there are "
          "\"Workstation\", "
          "\"Laptop\"; did you mean \"Laptop\"?");
}

TEST_CASE("the field with the login name is called as the instance calls it") {
    const std::vector known{field("Login name", "string"), field("Room", "string")};
    CHECK(*resolve_login_field("LOGIN NAME", known) == "Login name");
    CHECK(resolve_login_field("Login nam", known).error() ==
          "login_field: contacts have no user-defined field \"Login nam\"; did you mean \"Login name\"?");
}
