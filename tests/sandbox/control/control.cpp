#include "tests/sandbox/control/control.hpp"

#include <algorithm>
#include <array>

#include <boost/json/serialize.hpp>

#include "tests/sandbox/control/actions.hpp"
#include "tests/sandbox/model/json_access.hpp"
#include "tests/sandbox/model/json_writer.hpp"
#include "tests/sandbox/model/replies.hpp"
#include "tests/sandbox/model/text.hpp"

namespace sandbox {
namespace {

struct action {
    std::string_view name;
    control_result (*run)(const control_call&);
};

constexpr std::array actions{action{"switches", control_switches},
                             action{"faults", control_faults},
                             action{"rows", control_rows},
                             action{"rmm-sync", control_rmm_sync},
                             action{"users", control_users},
                             action{"zone", control_zone},
                             action{"window", control_window},
                             action{"products", control_products},
                             action{"user-defined-fields", control_user_defined_fields}};

std::vector<std::string> split_path(std::string_view path) {
    std::vector<std::string> result;
    while (!path.empty()) {
        path.remove_prefix(1);
        const auto slash = path.find('/');
        if (slash != 0 && !path.empty())
            result.push_back(url_decode(path.substr(0, slash)));
        path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash);
    }
    return result;
}

http_response problem(unsigned status, std::string_view text) {
    std::string body = "{\"error\":";
    append_json_string(body, text);
    return json_reply(body + "}\n", status);
}

} // namespace

const boost::json::object& control_call::object() const {
    static const boost::json::object none;
    return body.is_object() ? body.get_object() : none;
}

control_interface::control_interface(autotask& world, std::function<boost::json::object()> connections)
    : world_{world}, connections_{std::move(connections)} {}

http_response control_interface::handle(const http_request& request, time_point now) {
    world_.settle(now);
    const auto tenant = to_integer(query_parameter(request.target, "tenant").value_or("0"));
    if (!tenant || *tenant < 0 || static_cast<std::size_t>(*tenant) >= world_.tenant_count())
        return problem(404, "there is no such tenant");
    control_call call{world_, world_.tenant(static_cast<std::size_t>(*tenant)), now, request.method, {}, nullptr};
    call.path = split_path(path_of(request.target));
    if (!request.body.empty()) {
        auto parsed = parse_json(request.body);
        if (!parsed)
            return problem(400, "the body is no JSON: " + parsed.error());
        call.body = *std::move(parsed);
    }
    const std::string name = call.path.empty() ? "" : call.path.front();
    if (name == "counters" && call.path.size() == 2 && call.path[1] == "reset" && request.method == "POST") {
        world_.reset_counters();
        return json_reply("{}\n");
    }
    if (name == "counters" && request.method == "GET") {
        boost::json::object counts = describe_counters(world_.counts());
        if (connections_)
            counts["connections"] = connections_();
        return json_reply(boost::json::serialize(counts) + "\n");
    }
    if (name == "health" && request.method == "GET")
        return json_reply("{\"ready\":true}\n");
    const auto found = std::ranges::find(actions, std::string_view{name}, &action::name);
    if (found == actions.end())
        return problem(404, "unknown; there are /health, /counters, /counters/reset, /switches, /faults, /rows, "
                            "/user-defined-fields, /rmm-sync, /users, /zone, /window and /products");
    const control_result result = found->run(call);
    return result ? json_reply(*result + "\n") : problem(400, result.error());
}

} // namespace sandbox
