#include "autotask/zone.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

namespace autotask {
namespace {

std::unexpected<error> protocol_error(std::string said) {
    error failure;
    failure.kind = error_kind::protocol;
    failure.said = std::move(said);
    return std::unexpected(std::move(failure));
}

} // namespace

bool is_trusted_host(std::string_view host, std::span<const std::string> trusted_hosts) {
    return host.ends_with(".autotask.net") || std::ranges::find(trusted_hosts, host) != trusted_hosts.end();
}

result<zone> read_zone(std::string_view body, std::span<const std::string> trusted_hosts) {
    boost::system::error_code failed;
    const auto parsed = boost::json::parse(body, failed);
    const auto* object = failed ? nullptr : parsed.if_object();
    if (!object)
        return protocol_error("the answer is no JSON object");
    const auto* url = object->if_contains("url");
    const auto* text = url ? url->if_string() : nullptr;
    if (!text)
        return protocol_error("the answer has no \"url\"");
    const auto base = parse_base_url(*text);
    if (!base)
        return protocol_error("\"" + std::string(*text) + "\" is no https URL of an API");
    if (!is_trusted_host(base->host, trusted_hosts))
        return protocol_error("the answer points to " + base->host +
                              ", which is neither under autotask.net nor named in the configuration");
    zone found{*base, {}};
    if (const auto* name = object->if_contains("zoneName"); name && name->is_string())
        found.name = std::string(name->get_string());
    return found;
}

} // namespace autotask
