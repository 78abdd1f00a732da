#include "tests/sandbox/model/route.hpp"

#include <vector>

#include "tests/sandbox/model/text.hpp"

namespace sandbox {
namespace {

using segments = std::vector<std::string_view>;

segments split(std::string_view path) {
    segments result;
    while (!path.empty()) {
        path.remove_prefix(1);
        const auto slash = path.find('/');
        result.push_back(path.substr(0, slash));
        path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash);
    }
    if (!result.empty() && result.back().empty())
        result.pop_back();
    return result;
}

/// Answers questions about one request line.
class matcher {
public:
    matcher(std::string_view method, std::string_view target, bool strict)
        : method_{method}, target_{target}, strict_{strict}, path_{path_of(target)} {}

    [[nodiscard]] route match() const {
        if (path_.empty() || path_.front() != '/')
            return {};
        const segments parts = split(path_);
        if (parts.size() < 2 || !is(parts[0], "ATServicesRest"))
            return {};
        if (parts.size() == 2 && equal_ignoring_case(parts[1], "versioninformation"))
            return only_get(route_kind::version_information);
        if (parts.size() < 3 || !is(parts[1], "V1.0"))
            return {};
        if (parts.size() == 3) {
            // The help pages themselves spell this one both ways, whatever the switch says.
            if (equal_ignoring_case(parts[2], "zoneInformation"))
                return only_get(route_kind::zone_information);
            if (is(parts[2], "ThresholdInformation"))
                return only_get(route_kind::threshold_information);
            if (is(parts[2], "Version"))
                return only_get(route_kind::version);
        }
        const auto which = entity_named(parts[2], strict_);
        return which ? match_entity(*which, segments{parts.begin() + 3, parts.end()}) : route{};
    }

private:
    [[nodiscard]] bool is(std::string_view segment, std::string_view name) const {
        return strict_ ? segment == name : equal_ignoring_case(segment, name);
    }
    [[nodiscard]] bool writes() const { return method_ == "POST" || method_ == "PUT" || method_ == "PATCH"; }
    [[nodiscard]] route only_get(route_kind kind, entity which = entity::companies) const {
        return {method_ == "GET" ? kind : route_kind::wrong_method, which};
    }

    [[nodiscard]] route match_entity(entity which, const segments& rest) const {
        const schema& shape = schema_of(which);
        if (rest.empty()) {
            if (!shape.writable_at_top)
                return {};
            return {writes() ? route_kind::write_collection : route_kind::wrong_method, which};
        }
        if (is(rest[0], "query"))
            return match_query(which, rest);
        if (is(rest[0], "entityInformation"))
            return match_information(which, rest);
        const auto id = to_integer(rest[0]);
        if (!id)
            return {};
        if (rest.size() == 1) {
            route found = only_get(route_kind::get_item, which);
            if (method_ == "DELETE" && shape.deletable_at_top)
                found.kind = route_kind::delete_item;
            found.id = *id;
            return found;
        }
        if (which == entity::companies && is(rest[1], "Contacts") && rest.size() <= 3)
            return match_child(*id, rest);
        return {};
    }

    [[nodiscard]] route match_query(entity which, const segments& rest) const {
        const bool allowed = method_ == "GET" || method_ == "POST";
        route_kind kind = route_kind::unknown;
        if (rest.size() == 1)
            kind = route_kind::query;
        else if (rest.size() == 2 && is(rest[1], "count"))
            kind = route_kind::count;
        else if (rest.size() == 2 && is(rest[1], "next"))
            kind = route_kind::query_next;
        else if (rest.size() == 2 && is(rest[1], "previous"))
            kind = route_kind::query_previous;
        else
            return {};
        // A next URL made by a POST holds no query: the framework has no GET action for it.
        const bool turning = kind == route_kind::query_next || kind == route_kind::query_previous;
        if (!allowed || (turning && method_ == "GET" && !query_parameter(target_, "search")))
            kind = route_kind::wrong_method;
        return {kind, which};
    }

    [[nodiscard]] route match_information(entity which, const segments& rest) const {
        if (rest.size() == 1)
            return only_get(route_kind::entity_information, which);
        if (rest.size() == 2 && is(rest[1], "fields"))
            return only_get(route_kind::fields, which);
        if (rest.size() == 2 && is(rest[1], "userDefinedFields"))
            return only_get(route_kind::user_defined_fields, which);
        return {};
    }

    [[nodiscard]] route match_child(std::int64_t parent, const segments& rest) const {
        route found{route_kind::wrong_method, entity::contacts, 0, parent};
        if (rest.size() == 2) {
            if (method_ == "GET")
                found.kind = route_kind::child_list;
            else if (writes())
                found.kind = route_kind::child_write;
            return found;
        }
        const auto id = to_integer(rest[2]);
        if (!id)
            return {};
        found.id = *id;
        if (method_ == "GET")
            found.kind = route_kind::child_get;
        else if (method_ == "DELETE")
            found.kind = route_kind::child_delete;
        return found;
    }

    std::string_view method_;
    std::string_view target_;
    bool strict_;
    std::string_view path_;
};

} // namespace

route parse_route(std::string_view method, std::string_view target, bool strict_casing) {
    return matcher{method, target, strict_casing}.match();
}

bool is_child(route_kind kind) {
    return kind == route_kind::child_list || kind == route_kind::child_get || kind == route_kind::child_write ||
           kind == route_kind::child_delete;
}

bool is_write(route_kind kind) {
    return kind == route_kind::write_collection || kind == route_kind::child_write ||
           kind == route_kind::child_delete || kind == route_kind::delete_item;
}

std::string_view endpoint_name(const route& where, bool child_on_its_own) {
    switch (where.kind) {
    case route_kind::unknown:
        return "unknown";
    case route_kind::zone_information:
        return "ZoneInformation";
    case route_kind::version_information:
        return "VersionInformation";
    case route_kind::version:
        return "Version";
    case route_kind::threshold_information:
        return "ThresholdInformation";
    default:
        return schema_of(is_child(where.kind) && !child_on_its_own ? entity::companies : where.which).name;
    }
}

} // namespace sandbox
