// A base URL, out of an answer or the configuration, and the encoding of what goes into one.

#include "autotask/url.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/require.hpp"
#include "tests/fuzz/texts.hpp"

#include <charconv>

namespace {

using fuzz::require;

void check_url(const autotask::base_url& url) {
    require(!url.host.empty() &&
                url.host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-_:") == std::string::npos,
            "a host is one that everybody takes for the same");
    unsigned port = 0;
    const auto* const end = url.port.data() + url.port.size();
    require(std::from_chars(url.port.data(), end, port).ptr == end && port >= 1 && port <= 65535,
            "a port is a number from 1 to 65535");
    require(url.path.size() > 1 && url.path.starts_with('/') && !url.path.ends_with('/'),
            "a path has no slash at its end");
    require(url.path.find_first_of("?# \\\"<>") == std::string::npos && fuzz::is_one_line(url.path),
            "a path ends where it ends");
    const auto again = autotask::parse_base_url(url.text());
    require(again && again->host == url.host && again->path == url.path, "a URL can be written and read again");
}

/// The text whose encoding this is.
std::string decoded(std::string_view encoded) {
    std::string text;
    while (!encoded.empty()) {
        if (encoded.front() != '%') {
            text += encoded.front();
            encoded.remove_prefix(1);
            continue;
        }
        unsigned byte = 0;
        require(encoded.size() >= 3 &&
                    std::from_chars(encoded.data() + 1, encoded.data() + 3, byte, 16).ptr == encoded.data() + 3,
                "a percent sign stands before two digits");
        text += static_cast<char>(byte);
        encoded.remove_prefix(3);
    }
    return text;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    if (const auto url = autotask::parse_base_url(text))
        check_url(*url);
    const auto encoded = autotask::percent_encoded(text);
    require(decoded(encoded) == text, "what is encoded can be decoded");
    require(encoded.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%") ==
                std::string::npos,
            "only unreserved characters are left");
    return 0;
}
