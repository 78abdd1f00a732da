#include "autotask/query.hpp"

#include <catch2/catch.hpp>

namespace {

autotask::query simple() {
    autotask::query what;
    what.fields = {"id", "companyName"};
    what.where.push_back(autotask::equals("isActive", true));
    return what;
}

} // namespace

TEST_CASE("the first page asks for 500 rows of the fields, with the conditions in their order") {
    auto what = simple();
    what.where.push_back(autotask::is_one_of("companyID", {std::int64_t{0}, std::int64_t{17}}));
    what.where.push_back(autotask::exists("rmmDeviceAuditLastUser"));
    CHECK(autotask::page_body(what, std::nullopt) ==
          R"({"MaxRecords":500,"IncludeFields":["id","companyName"],"Filter":[)"
          R"({"op":"eq","field":"isActive","value":true},)"
          R"({"op":"in","field":"companyID","value":[0,17]},)"
          R"({"op":"exist","field":"rmmDeviceAuditLastUser"}]})");
}

TEST_CASE("every further page asks for the rows above the last id") {
    CHECK(autotask::page_body(simple(), 725) ==
          R"({"MaxRecords":500,"IncludeFields":["id","companyName"],"Filter":[)"
          R"({"op":"eq","field":"isActive","value":true},{"op":"gt","field":"id","value":725}]})");
    CHECK(autotask::page_body(simple(), 0, 1) ==
          R"({"MaxRecords":1,"IncludeFields":["id","companyName"],"Filter":[)"
          R"({"op":"eq","field":"isActive","value":true},{"op":"gt","field":"id","value":0}]})");
}

TEST_CASE("a count has only the conditions") {
    CHECK(autotask::count_body(simple()) == R"({"Filter":[{"op":"eq","field":"isActive","value":true}]})");
}

TEST_CASE("alternatives are a group") {
    autotask::query what;
    what.fields = {"id"};
    what.where.push_back(autotask::any_of{autotask::is_one_of("configurationItemType", {std::int64_t{1}}),
                                          autotask::exists_not("configurationItemType")});
    CHECK(autotask::page_body(what, std::nullopt) ==
          R"({"MaxRecords":500,"IncludeFields":["id"],"Filter":[{"op":"or","items":[)"
          R"({"op":"in","field":"configurationItemType","value":[1]},)"
          R"({"op":"notExist","field":"configurationItemType"}]}]})");
}

TEST_CASE("every type of value and every operator has its JSON") {
    autotask::condition text = autotask::equals("companyName", std::string("O\"Neil \xC3\xBC\n"));
    autotask::condition udf = autotask::equals("RMM", std::string("yes"));
    udf.user_defined = true;
    autotask::condition none_of = autotask::is_one_of("companyType", {std::int64_t{3}, std::int64_t{-4}});
    none_of.op = autotask::filter_op::not_in;
    autotask::condition lone = autotask::is_one_of("id", {std::int64_t{9007199254740993}});
    autotask::query what;
    what.where = {text, udf, none_of, lone};
    CHECK(autotask::count_body(what) == R"({"Filter":[)"
                                        "{\"op\":\"eq\",\"field\":\"companyName\",\"value\":\"O\\\"Neil \xC3\xBC\\n\"},"
                                        R"({"op":"eq","field":"RMM","value":"yes","udf":true},)"
                                        R"({"op":"notIn","field":"companyType","value":[3,-4]},)"
                                        R"({"op":"in","field":"id","value":[9007199254740993]}]})");
}

TEST_CASE("only operators that the server knows can be named, in any case") {
    for (const auto name : autotask::filter_op_names()) {
        const auto op = autotask::parse_filter_op(name);
        REQUIRE(op);
        CHECK(autotask::to_string(*op) == name);
    }
    CHECK(autotask::filter_op_names().size() == 13);
    CHECK(autotask::parse_filter_op("NOTEXIST") == autotask::filter_op::not_exist);
    for (const auto* unknown : {"", "ne", "noteExist", "isNull", "between", "eq ", "or", "and"}) {
        INFO(unknown);
        CHECK_FALSE(autotask::parse_filter_op(unknown));
    }
}
