#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "tests/sandbox/control/actions.hpp"
#include "tests/sandbox/model/json_access.hpp"
#include "tests/sandbox/model/text.hpp"

namespace sandbox {
namespace {

using problem = std::optional<std::string>;

problem set_access(api_user& user, const boost::json::value& given) {
    if (!given.is_object())
        return "access is an object such as {\"Contacts\":{\"query\":true,\"write\":false}}";
    for (const auto& member : given.get_object()) {
        const auto which = entity_named(std::string_view{member.key().data(), member.key().size()});
        if (!which || !member.value().is_object())
            return "access names the entities, each with query and write";
        entity_access access = user.access_to(*which);
        for (const auto& right : member.value().get_object()) {
            if (!right.value().is_bool() || (right.key() != "query" && right.key() != "write"))
                return "query and write are true or false";
            (right.key() == "query" ? access.query : access.write) = right.value().get_bool();
        }
        user.access[*which] = access;
    }
    return std::nullopt;
}

problem set_companies(api_user& user, const boost::json::value& given) {
    user.sees.reset();
    if (given.is_null())
        return std::nullopt;
    if (!given.is_array())
        return "companies is a list of ids, or null for all";
    visible_companies ids;
    for (const boost::json::value& each : given.get_array()) {
        const auto id = to_integer(scalar_text(each));
        if (!id)
            return "companies is a list of ids, or null for all";
        ids.insert(*id);
    }
    user.sees = std::move(ids);
    return std::nullopt;
}

problem set_member(api_user& user, std::string_view name, const boost::json::value& given) {
    if (name == "access")
        return set_access(user, given);
    if (name == "companies")
        return set_companies(user, given);
    if (given.is_string() && name == "secret")
        user.secret = std::string{given.get_string()};
    else if (given.is_string() && name == "trackingIdentifier")
        user.tracking_identifier = std::string{given.get_string()};
    else if (given.is_bool() && name == "revoked")
        user.revoked = given.get_bool();
    else if (given.is_bool() && name == "locked") {
        user.locked = given.get_bool();
        user.failed_logins = 0;
    } else if (given.is_bool() && name == "seesProtected")
        user.sees_protected = given.get_bool();
    else if (name != "name")
        return "the key \"" + std::string{name} + "\" of a user is unknown or has a wrong value";
    return std::nullopt;
}

/// Without the secret: this may end up in somebody's log.
boost::json::object describe(const api_user& user) {
    return {{"name", user.name},
            {"trackingIdentifier", user.tracking_identifier},
            {"revoked", user.revoked},
            {"locked", user.locked},
            {"failedLogins", user.failed_logins},
            {"restricted", user.sees.has_value()}};
}

} // namespace

control_result control_users(const control_call& call) {
    if (call.method == "POST") {
        const std::string name = text_member(call.object(), "name").value_or("");
        if (name.empty())
            return std::unexpected{"name the user: {\"name\":\"api-user@sandbox.example\",\"locked\":false}"};
        api_user* const known = call.world.user(name);
        api_user changed = known != nullptr ? *known : api_user{};
        changed.name = name;
        for (const auto& member : call.object())
            if (auto error =
                    set_member(changed, std::string_view{member.key().data(), member.key().size()}, member.value()))
                return std::unexpected{*std::move(error)};
        if (known != nullptr)
            *known = std::move(changed);
        else if (changed.secret.empty() || changed.tracking_identifier.empty())
            return std::unexpected{"a new user needs a secret and a trackingIdentifier"};
        else
            call.world.add_user(std::move(changed), call.tenant);
    } else if (call.method != "GET") {
        return std::unexpected{"GET lists the users, POST changes or adds one"};
    }
    boost::json::array result;
    for (const api_user& user : call.world.users())
        result.push_back(describe(user));
    return boost::json::serialize(result);
}

} // namespace sandbox
