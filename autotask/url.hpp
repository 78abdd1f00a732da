#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace autotask {

/// An https URL that other addresses are built on, such as "https://webservices3.autotask.net/ATServicesRest/".
struct base_url {
    std::string host; ///< In lower case; a literal IPv6 address without brackets.
    std::string port; ///< "443" where the URL names none.
    std::string path; ///< Without a slash at the end, such as "/ATServicesRest".

    bool operator==(const base_url&) const = default;

    /// "https://host/path", with the port where it is not 443.
    std::string text() const;
};

/// Nothing when the text is no https URL with a host, or when it carries a user, a query or a fragment. The path of the
/// REST API is brought to the letter case of the vendor's own URLs, whatever the case of the text.
std::optional<base_url> parse_base_url(std::string_view text);

/// Percent-encodes everything but RFC 3986's unreserved characters.
std::string percent_encoded(std::string_view text);

} // namespace autotask
