#include "autotask/query.hpp"

#include "autotask/api_date.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace autotask {

namespace json = boost::json;

namespace {

json::value to_json(const filter_value& value) {
    return std::visit([](const auto& held) { return json::value(held); }, value);
}

json::object to_json(const condition& one) {
    json::object node;
    node["op"] = to_string(one.op);
    node["field"] = one.field;
    if (one.op == filter_op::in || one.op == filter_op::not_in) {
        json::array list;
        for (const auto& value : one.values)
            list.push_back(to_json(value));
        node["value"] = std::move(list);
    } else if (!one.values.empty()) {
        node["value"] = to_json(one.values.front());
    }
    if (one.user_defined)
        node["udf"] = true;
    return node;
}

json::object to_json(const any_of& alternatives) {
    json::object node;
    node["op"] = "or";
    json::array items;
    for (const auto& one : alternatives)
        items.push_back(to_json(one));
    node["items"] = std::move(items);
    return node;
}

json::array filters(const query& what) {
    json::array list;
    for (const auto& node : what.where)
        list.push_back(std::visit([](const auto& held) { return to_json(held); }, node));
    return list;
}

condition one_value(std::string_view field, filter_op op, filter_value value) {
    condition made;
    made.field = field;
    made.op = op;
    made.values.push_back(std::move(value));
    return made;
}

} // namespace

std::string page_body(const query& what, std::optional<std::int64_t> after, std::size_t rows) {
    auto list = filters(what);
    if (after)
        list.push_back(to_json(one_value("id", filter_op::gt, *after)));
    json::object body;
    body["MaxRecords"] = rows;
    if (!what.fields.empty())
        body["IncludeFields"] = json::array(what.fields.begin(), what.fields.end());
    body["Filter"] = std::move(list);
    return json::serialize(body);
}

std::string count_body(const query& what) {
    json::object body;
    body["Filter"] = filters(what);
    return json::serialize(body);
}

condition equals(std::string_view field, filter_value value) {
    return one_value(field, filter_op::eq, std::move(value));
}

condition exists(std::string_view field) {
    condition made;
    made.field = field;
    made.op = filter_op::exist;
    return made;
}

condition exists_not(std::string_view field) {
    auto made = exists(field);
    made.op = filter_op::not_exist;
    return made;
}

condition is_one_of(std::string_view field, std::vector<filter_value> values) {
    condition made;
    made.field = field;
    made.op = filter_op::in;
    made.values = std::move(values);
    return made;
}

condition contains(std::string_view field, std::string text) {
    return one_value(field, filter_op::contains, std::move(text));
}

condition begins_with(std::string_view field, std::string text) {
    return one_value(field, filter_op::begins_with, std::move(text));
}

condition is_not_before(std::string_view field, core::wall_time when) {
    return one_value(field, filter_op::gte, write_api_date(when));
}

} // namespace autotask
