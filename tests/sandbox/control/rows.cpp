#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "tests/sandbox/control/actions.hpp"
#include "tests/sandbox/model/admin.hpp"
#include "tests/sandbox/model/json_access.hpp"
#include "tests/sandbox/model/render.hpp"
#include "tests/sandbox/model/scan.hpp"
#include "tests/sandbox/model/text.hpp"

namespace sandbox {
namespace {

traces of_an_edit(const control_call& call) {
    return call.world.options().edit_touches_last_modified ? traces::left : traces::none;
}

control_result store(const control_call& call, entity which) {
    const boost::json::array single(1, call.body);
    const boost::json::array& list = call.body.is_array() ? call.body.get_array() : single;
    boost::json::array ids;
    for (const boost::json::value& each : list) {
        if (!each.is_object())
            return std::unexpected{"POST a row, or a list of rows"};
        const auto id = put_row(call.tenant, which, each.get_object(), call.now, of_an_edit(call));
        if (!id)
            return std::unexpected{id.error()};
        ids.push_back(*id);
    }
    return boost::json::serialize(boost::json::object{{"ids", std::move(ids)}});
}

/// Every row that matches, without pages; an empty list of conditions is every row.
control_result find(const control_call& call, entity which) {
    const table& rows = call.tenant.rows(which);
    const boost::json::value* nodes = find_member(call.object(), "Filter");
    const boost::json::array none;
    const auto wanted =
        compile_filter(nodes != nullptr && nodes->is_array() ? nodes->get_array() : none, rows, call.world.options());
    if (!wanted)
        return std::unexpected{wanted.error()};
    projection shown;
    const boost::json::value* included = find_member(call.object(), "IncludeFields");
    if (included != nullptr && included->is_array()) {
        shown.everything = false;
        for (const boost::json::value& name : included->get_array()) {
            const auto index = rows.shape().find(scalar_text(name));
            const auto user_defined = rows.find_user_defined(scalar_text(name));
            if (!index && !user_defined)
                return std::unexpected{unknown_field_text(scalar_text(name), rows.shape())};
            if (!index)
                shown.user_defined.push_back(*user_defined);
            else if (*index != 0)
                shown.fields.push_back(*index);
        }
    }
    std::string out = "{\"items\":[";
    for (const row* each : scan(rows, *wanted, nullptr, before_every_row, rows.rows().size())) {
        out += out.back() == '}' ? "," : "";
        append_row(out, rows, *each, shown);
    }
    return out + "]}";
}

} // namespace

control_result control_rows(const control_call& call) {
    const auto which = call.path.size() >= 2 ? entity_named(call.path[1]) : std::nullopt;
    if (!which)
        return std::unexpected{"say which: /rows/Companies, /rows/Contacts, /rows/ConfigurationItems, "
                               "/rows/ConfigurationItemTypes or /rows/ConfigurationItemCategories"};
    if (call.path.size() == 2 && call.method == "POST")
        return store(call, *which);
    if (call.path.size() == 3 && call.path[2] == "query" && call.method == "POST")
        return find(call, *which);
    const auto id = call.path.size() == 3 ? to_integer(call.path[2]) : std::nullopt;
    if (!id)
        return std::unexpected{"POST /rows/ENTITY stores rows, POST /rows/ENTITY/query finds some, and GET, PATCH and "
                               "DELETE /rows/ENTITY/ID work on one"};
    if (call.tenant.rows(*which).find(*id) == nullptr)
        return std::unexpected{"there is no row " + std::to_string(*id)};
    if (call.method == "DELETE") {
        call.tenant.rows(*which).erase(*id);
        return "{}";
    }
    if (call.method == "PATCH") {
        boost::json::object fields = call.object();
        fields["id"] = *id;
        if (const auto stored = put_row(call.tenant, *which, fields, call.now, of_an_edit(call)); !stored)
            return std::unexpected{stored.error()};
    }
    return show_row(call.tenant, *which, *id).value_or("null");
}

} // namespace sandbox
