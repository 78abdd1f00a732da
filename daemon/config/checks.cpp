#include "daemon/config/checks.hpp"

#include "autotask/url.hpp"
#include "core/ascii.hpp"
#include "daemon/config/words.hpp"
#include "daemon/secrets/secret_reference.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace contactd {

namespace {

constexpr std::size_t longest_instance_name = 64;

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) == 0x7f;
}

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), is_control);
}

bool is_letter_or_digit(char c) {
    return core::is_ascii_letter(c) || core::is_ascii_digit(c);
}

bool blank_at_an_end(std::string_view text) {
    return !text.empty() && (text.front() == ' ' || text.back() == ' ' || text.front() == '\t' || text.back() == '\t');
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        c = core::ascii_lower(c);
    return result;
}

// True for a last segment such as "v1.0" or "V1.0/".
bool ends_with_version(std::string_view path) {
    while (path.ends_with('/'))
        path.remove_suffix(1);
    return lower(path).ends_with("/v1.0");
}

std::optional<int> parse_port(std::string_view text) {
    int port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc() || end != text.data() + text.size() || text.empty() || port < 0 || port > 65535)
        return std::nullopt;
    return port;
}

bool is_host(std::string_view host) {
    if (host.size() > 2 && host.front() == '[' && host.back() == ']')
        return host.substr(1, host.size() - 2).find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos;
    return !host.empty() &&
           std::all_of(host.begin(), host.end(), [](char c) { return is_letter_or_digit(c) || c == '-' || c == '.'; });
}

} // namespace

std::optional<fault> check_instance_name(std::string_view text) {
    const bool sane = !text.empty() && text.size() <= longest_instance_name && is_letter_or_digit(text.front()) &&
                      std::all_of(text.begin(), text.end(),
                                  [](char c) { return is_letter_or_digit(c) || c == '-' || c == '_' || c == '.'; });
    if (sane)
        return std::nullopt;
    return fault{fmt::format("\"{}\" cannot be the name of an instance.", shown(text)),
                 "Use up to 64 letters, digits, \"-\", \"_\" and \".\", beginning with a letter or digit."};
}

std::optional<fault> check_header_value(std::string_view text) {
    if (text.empty())
        return fault{"This is empty.", "Put in the value that Autotask shows for the API user."};
    if (blank_at_an_end(text))
        return fault{"There is a blank at the beginning or end.", "Remove it."};
    const auto odd = std::find_if(text.begin(), text.end(),
                                  [](char c) { return is_control(c) || static_cast<unsigned char>(c) >= 0x80; });
    if (odd != text.end())
        return fault{fmt::format("Byte {} is not a printable ASCII character, so it cannot be sent in an HTTP header.",
                                 odd - text.begin() + 1),
                     "Type the value instead of pasting it; pasted text can hold characters that nobody sees."};
    return std::nullopt;
}

std::optional<fault> check_secret_reference(std::string_view text) {
    if (parse_secret_reference(text))
        return std::nullopt;
    return fault{"This does not say where the secret is (the value is not repeated here, in case it is the secret).",
                 "Write \"credential:NAME\", \"file:/absolute/path\" or \"env:NAME\"; if the secret itself stood here, "
                 "replace it in Autotask as well."};
}

std::optional<fault> check_base_url(std::string_view text) {
    const char* const example = "Write it like \"https://webservices3.autotask.net/ATServicesRest/\".";
    // Without a slash Boost 1.81 may fail an assertion; see autotask::parse_base_url().
    if (!text.contains('/'))
        return fault{"This is not a URL.", example};
    const auto parsed = boost::urls::parse_uri(boost::core::string_view(text.data(), text.size()));
    if (!parsed)
        return fault{"This is not a URL.", example};
    const boost::urls::url_view& url = parsed.value();
    if (url.scheme_id() != boost::urls::scheme::https)
        return fault{"This URL is not an https one, and credentials are sent over TLS only.", example};
    if (url.encoded_host().empty())
        return fault{"This URL names no host.", example};
    if (url.has_userinfo())
        return fault{"This URL holds a user name or password.", "Leave it out; they come from username and secret."};
    if (url.has_query() || url.has_fragment())
        return fault{"This URL goes on behind its path.", "Leave out everything from the \"?\" or \"#\" on."};
    if (url.has_port() &&
        (!parse_port(std::string_view(url.port().data(), url.port().size())) || url.port_number() == 0))
        return fault{"The port of this URL is not between 1 and 65535.", example};
    const std::string path(url.encoded_path().data(), url.encoded_path().size());
    if (path.find_first_not_of('/') == std::string::npos)
        return fault{"This URL has no path.", example};
    if (ends_with_version(path))
        return fault{"This URL ends with the version of the API.", "Leave out \"v1.0\"; contactd appends it."};
    // Whatever else the client would not take: it would go to the default instead, without a word.
    if (!autotask::parse_base_url(text))
        return fault{"This URL does not name its host and port in a plain way.", example};
    return std::nullopt;
}

std::optional<fault> check_zone(std::string_view text) {
    if (text == "auto")
        return std::nullopt;
    std::optional<fault> found = check_base_url(text);
    if (found)
        found->remedy = "Write \"auto\", or the base URL of the zone, like "
                        "\"https://webservices3.autotask.net/ATServicesRest/\".";
    return found;
}

std::optional<fault> check_path(std::string_view text) {
    if (text.empty())
        return fault{"This is empty.", "Write a path, or leave the key out."};
    if (has_control(text))
        return fault{"This path holds a control character.", "Write it without."};
    return std::nullopt;
}

std::optional<fault> check_optional_file(std::string_view text) {
    return text.empty() ? std::nullopt : check_path(text);
}

std::optional<fault> check_absolute_path(std::string_view text) {
    if (text.empty())
        return fault{"This is empty.", "Write an absolute path, or leave the key out."};
    if (auto wrong = check_path(text))
        return wrong;
    if (text.front() != '/')
        return fault{fmt::format("\"{}\" is not an absolute path.", shown(text)), "Begin it with \"/\"."};
    return std::nullopt;
}

std::optional<fault> check_optional_path(std::string_view text) {
    return text.empty() ? std::nullopt : check_absolute_path(text);
}

std::optional<fault> check_listen_address(std::string_view text) {
    if (text.empty())
        return std::nullopt;
    const std::size_t colon = text.rfind(':');
    if (colon != std::string_view::npos && is_host(text.substr(0, colon)) && parse_port(text.substr(colon + 1)))
        return std::nullopt;
    return fault{fmt::format("\"{}\" is not an address to listen on.", shown(text)),
                 "Write \"host:port\" such as \"127.0.0.1:9646\" or \"[::1]:9646\", or \"\" to switch it off."};
}

std::optional<fault> check_plain_name(std::string_view text) {
    if (text.empty())
        return fault{"One of the values is empty.", "Remove it."};
    if (has_control(text))
        return fault{fmt::format("\"{}\" holds a control character.", shown(text)), "Remove it."};
    if (blank_at_an_end(text))
        return fault{fmt::format("\"{}\" has a blank at its beginning or end.", shown(text)), "Remove it."};
    return std::nullopt;
}

std::optional<fault> check_optional_name(std::string_view text) {
    return text.empty() ? std::nullopt : check_plain_name(text);
}

} // namespace contactd
