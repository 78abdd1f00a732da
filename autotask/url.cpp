#include "autotask/url.hpp"

#include "core/ascii.hpp"

#include <algorithm>
#include <boost/url/encode.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>
#include <cstdint>

namespace autotask {
namespace {

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), core::ascii_lower);
    return text;
}

/// A name as the DNS has them, or a literal address. Everything else a URL can hold as a host, such as a
/// percent-encoded zero or slash, would be one host for whoever checks it and another for whoever connects to it.
bool is_plain_host(std::string_view host, boost::urls::host_type type) {
    if (type == boost::urls::host_type::ipvfuture)
        return false;
    const std::string_view others = type == boost::urls::host_type::ipv6 ? ".:" : ".-_";
    return !host.empty() && std::ranges::all_of(host, [others](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || others.contains(c);
    });
}

bool is_port(std::string_view text) {
    std::uint16_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    return failed == std::errc{} && end == text.data() + text.size() && number != 0;
}

} // namespace

std::string base_url::text() const {
    const auto shown_host = host.contains(':') ? '[' + host + ']' : host;
    return "https://" + shown_host + (port == "443" ? "" : ':' + port) + path;
}

std::optional<base_url> parse_base_url(std::string_view text) {
    // Boost 1.81 fails an assertion on a scheme and a single odd character behind it, such as "x:{" (its issue 665).
    if (!text.contains('/'))
        return std::nullopt;
    const auto parsed = boost::urls::parse_uri(boost::urls::string_view(text.data(), text.size()));
    if (!parsed || parsed->scheme_id() != boost::urls::scheme::https || parsed->has_userinfo() || parsed->has_query() ||
        parsed->has_fragment())
        return std::nullopt;
    base_url url;
    const auto address = parsed->host_address();
    url.host = lower(std::string(address.data(), address.size()));
    url.port = parsed->has_port() && !parsed->port().empty() ? std::string(parsed->port().data(), parsed->port().size())
                                                             : "443";
    url.path = std::string(parsed->encoded_path().data(), parsed->encoded_path().size());
    while (url.path.ends_with('/'))
        url.path.pop_back();
    if (!is_plain_host(url.host, parsed->host_type()) || !is_port(url.port) || !url.path.starts_with('/'))
        return std::nullopt;
    if (lower(url.path) == "/atservicesrest")
        url.path = "/ATServicesRest";
    return url;
}

std::string percent_encoded(std::string_view text) {
    return boost::urls::encode(boost::urls::string_view(text.data(), text.size()), boost::urls::unreserved_chars);
}

} // namespace autotask
