#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "tests/sandbox/control/actions.hpp"
#include "tests/sandbox/model/json_access.hpp"

namespace sandbox {
namespace {

bool is_set(const boost::json::object& described, std::string_view name) {
    const boost::json::value* flag = find_member(described, name);
    return flag != nullptr && flag->is_bool() && flag->get_bool();
}

/// The sentence says what is wrong; nothing when the field was added.
std::optional<std::string> add_field(table& rows, const boost::json::object& described) {
    user_defined_field fresh;
    fresh.name = text_member(described, "name").value_or("");
    if (fresh.name.empty())
        return "a user-defined field needs a name: {\"name\":\"Login name\"}";
    if (rows.find_user_defined(fresh.name))
        return "there is a user-defined field \"" + fresh.name + "\" already";
    fresh.is_required = is_set(described, "required");
    fresh.is_protected = is_set(described, "protected");
    if (const boost::json::value* choices = find_member(described, "choices"); choices != nullptr) {
        if (!choices->is_array())
            return "choices is a list of texts";
        for (const boost::json::value& each : choices->get_array())
            fresh.choices.push_back(scalar_text(each));
    }
    rows.add_user_defined_field(std::move(fresh));
    return std::nullopt;
}

} // namespace

control_result control_user_defined_fields(const control_call& call) {
    const auto which = call.path.size() == 2 ? entity_named(call.path[1]) : std::nullopt;
    if (!which || !schema_of(*which).has_user_defined_fields)
        return std::unexpected{"say which: /user-defined-fields/Companies, /user-defined-fields/Contacts or "
                               "/user-defined-fields/ConfigurationItems"};
    table& rows = call.tenant.rows(*which);
    if (call.method == "POST") {
        if (const auto error = add_field(rows, call.object()))
            return std::unexpected{*error};
    } else if (call.method != "GET") {
        return std::unexpected{"GET lists the user-defined fields, POST {\"name\":\"...\"} adds one"};
    }
    boost::json::array list;
    for (const user_defined_field& each : rows.user_defined_fields()) {
        boost::json::array choices(each.choices.begin(), each.choices.end());
        list.push_back(boost::json::object{{"name", each.name},
                                           {"required", each.is_required},
                                           {"protected", each.is_protected},
                                           {"choices", std::move(choices)}});
    }
    return boost::json::serialize(list);
}

} // namespace sandbox
