#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "tests/sandbox/control/actions.hpp"
#include "tests/sandbox/model/admin.hpp"
#include "tests/sandbox/model/json_access.hpp"
#include "tests/sandbox/model/text.hpp"

// Switches, faults, the rolling window, zones and products.

namespace sandbox {
namespace {

/// A JSON scalar or list: one call may give one object or a list of them.
std::vector<const boost::json::object*> objects_of(const boost::json::value& body) {
    std::vector<const boost::json::object*> result;
    if (body.is_object())
        result.push_back(&body.get_object());
    if (body.is_array())
        for (const boost::json::value& each : body.get_array())
            if (each.is_object())
                result.push_back(&each.get_object());
    return result;
}

std::optional<std::int64_t> number_member(const boost::json::object& object, std::string_view name) {
    const boost::json::value* member = find_member(object, name);
    return member == nullptr ? std::nullopt : to_integer(scalar_text(*member));
}

} // namespace

control_result control_switches(const control_call& call) {
    if (call.method == "POST") {
        switches changed = call.world.options();
        for (const auto& member : call.object()) {
            const auto set = set_switch(changed, std::string_view{member.key().data(), member.key().size()},
                                        scalar_text(member.value()));
            if (!set)
                return std::unexpected{set.error()};
        }
        call.world.options() = changed;
    } else if (call.method != "GET") {
        return std::unexpected{"GET reads the switches, POST {\"name\":value} sets some"};
    }
    boost::json::object result;
    for (const switch_description& each : all_switches())
        result[each.name] = each.read(call.world.options());
    return boost::json::serialize(result);
}

control_result control_faults(const control_call& call) {
    fault_list& faults = call.world.faults();
    if (call.method == "POST") {
        std::vector<fault_rule> rules;
        for (const boost::json::object* each : objects_of(call.body)) {
            auto rule = parse_fault(*each);
            if (!rule)
                return std::unexpected{rule.error()};
            rules.push_back(*std::move(rule));
        }
        if (rules.empty())
            return std::unexpected{"POST a fault, or a list of faults: {\"kind\":\"html\",\"status\":503,\"count\":1}"};
        for (fault_rule& rule : rules)
            faults.add(std::move(rule));
    } else if (call.method == "DELETE" && call.path.size() == 2) {
        const auto id = to_integer(call.path[1]);
        if (!id || !faults.remove(*id))
            return std::unexpected{"there is no fault with that id"};
    } else if (call.method == "DELETE") {
        faults.clear();
    } else if (call.method != "GET") {
        return std::unexpected{"GET lists the faults, POST adds some, DELETE removes one or all"};
    }
    boost::json::array result;
    for (const fault_rule& rule : faults.rules())
        result.push_back(describe_fault(rule));
    return boost::json::serialize(result);
}

control_result control_window(const control_call& call) {
    rolling_window& window = call.tenant.window;
    const std::string step = call.path.size() == 2 ? call.path[1] : "";
    if (call.method == "POST" && step == "add") {
        const auto requests = number_member(call.object(), "requests");
        if (!requests || *requests < 1)
            return std::unexpected{"say how many: {\"requests\":5000}"};
        window.add(call.now, *requests);
    } else if (call.method == "POST" && step == "advance") {
        const auto by = parse_duration(text_member(call.object(), "by").value_or(""));
        if (!by)
            return std::unexpected{"say by how much: {\"by\":\"30m\"}"};
        window.age(*by);
    } else if (call.method != "GET" || !step.empty()) {
        return std::unexpected{"GET /window reads it, POST /window/add and /window/advance change it"};
    }
    return boost::json::serialize(boost::json::object{{"threshold", call.world.options().request_threshold},
                                                      {"requests", window.count(call.now)}});
}

control_result control_zone(const control_call& call) {
    if (call.method == "POST") {
        const auto target = number_member(call.object(), "zone");
        if (!target || *target < 0 || static_cast<std::size_t>(*target) >= call.world.zone_count())
            return std::unexpected{"say which zone the tenant moves to: {\"zone\":1}"};
        call.tenant.home = static_cast<std::size_t>(*target);
    } else if (call.method != "GET") {
        return std::unexpected{"GET names the zone, POST {\"zone\":1} moves the tenant"};
    }
    const zone& home = call.world.zone_at(call.tenant.home);
    return boost::json::serialize(
        boost::json::object{{"zone", call.tenant.home}, {"name", home.name}, {"url", home.url}});
}

control_result control_products(const control_call& call) {
    if (call.method == "POST") {
        const auto id = number_member(call.object(), "id");
        const boost::json::value* active = find_member(call.object(), "active");
        if (!id || active == nullptr || !active->is_bool())
            return std::unexpected{"say which: {\"id\":9001,\"active\":false}"};
        call.tenant.products.insert(*id);
        if (active->get_bool())
            call.tenant.inactive_products.erase(*id);
        else
            call.tenant.inactive_products.insert(*id);
    } else if (call.method != "GET") {
        return std::unexpected{"GET lists the products, POST {\"id\":9001,\"active\":false} changes one"};
    }
    boost::json::array result;
    for (const std::int64_t id : call.tenant.products)
        result.push_back(boost::json::object{{"id", id}, {"active", !call.tenant.inactive_products.contains(id)}});
    return boost::json::serialize(result);
}

control_result control_rmm_sync(const control_call& call) {
    if (call.method != "POST")
        return std::unexpected{"POST {\"id\":40001,\"lastUser\":\"ACME\\\\jdoe\"}, or a list of these"};
    const auto devices = objects_of(call.body);
    if (devices.empty())
        return std::unexpected{"name a device: {\"id\":40001,\"lastUser\":\"ACME\\\\jdoe\"}"};
    for (const boost::json::object* each : devices) {
        const auto id = number_member(*each, "id");
        switches options = call.world.options();
        if (const boost::json::value* touches = find_member(*each, "touch"); touches != nullptr && touches->is_bool())
            options.rmm_sync_touches_last_modified = touches->get_bool();
        if (!id || !rmm_sync(call.tenant, options, *id, text_member(*each, "lastUser"), call.now))
            return std::unexpected{"there is no device " + std::to_string(id.value_or(-1))};
    }
    return boost::json::serialize(boost::json::object{{"synced", devices.size()}});
}

} // namespace sandbox
