#include "autotask/url.hpp"

#include <catch2/catch.hpp>

namespace {

using autotask::parse_base_url;

} // namespace

TEST_CASE("a base URL is an https URL with a host and a path, and nothing else") {
    struct {
        const char* text;
        const char* host;
        const char* port;
        const char* path;
    } const rows[] = {
        {"https://webservices3.autotask.net/ATServicesRest/", "webservices3.autotask.net", "443", "/ATServicesRest"},
        {"https://webservices3.autotask.net/atservicesrest", "webservices3.autotask.net", "443", "/ATServicesRest"},
        {"HTTPS://WebServices3.AUTOTASK.net/ATSERVICESREST//", "webservices3.autotask.net", "443", "/ATServicesRest"},
        {"https://localhost:8443/ATServicesRest/", "localhost", "8443", "/ATServicesRest"},
        {"https://localhost:/ATServicesRest/", "localhost", "443", "/ATServicesRest"},
        {"https://[::1]:8443/ATServicesRest/", "::1", "8443", "/ATServicesRest"},
        {"https://127.0.0.1:1/x/", "127.0.0.1", "1", "/x"},
        {"https://proxy.example/Their/Own/Path/", "proxy.example", "443", "/Their/Own/Path"},
    };
    for (const auto& one : rows) {
        INFO(one.text);
        const auto url = parse_base_url(one.text);
        REQUIRE(url);
        CHECK(url->host == one.host);
        CHECK(url->port == one.port);
        CHECK(url->path == one.path);
    }
}

TEST_CASE("what could lead credentials astray is no base URL") {
    for (const auto* text : {
             "",
             "auto",
             "webservices3.autotask.net/ATServicesRest/",
             "http://webservices3.autotask.net/ATServicesRest/",
             "ftp://webservices3.autotask.net/ATServicesRest/",
             "https:///ATServicesRest/",
             "https://:443/ATServicesRest/",
             "https://webservices3.autotask.net",
             "https://webservices3.autotask.net/",
             "https://user@webservices3.autotask.net/ATServicesRest/",
             "https://webservices3.autotask.net@evil.com/ATServicesRest/",
             "https://user:secret@webservices3.autotask.net/ATServicesRest/",
             "https://webservices3.autotask.net/ATServicesRest/?x=1",
             "https://webservices3.autotask.net/ATServicesRest/#x",
             "https://webservices3.autotask.net/ATServices Rest/",
             " https://webservices3.autotask.net/ATServicesRest/",
             "https://evil.com%00.autotask.net/ATServicesRest/",
             "https://evil.com%2F.autotask.net/ATServicesRest/",
             "https://evil.com%3A443%2F.autotask.net/ATServicesRest/",
             "https://evil.com%20.autotask.net/ATServicesRest/",
             "https://evil.com%0d%0aX:y.autotask.net/ATServicesRest/",
             "https://webservices3.autotask.net:0/ATServicesRest/",
             "https://webservices3.autotask.net:65536/ATServicesRest/",
             "https://webservices3.autotask.net:99999999999999999999/ATServicesRest/",
             "https://webservices3.autotask.net:x/ATServicesRest/",
             "https://[::1/ATServicesRest/",
             "https:{",
             "x:\xAF",
         }) {
        INFO(text);
        CHECK_FALSE(parse_base_url(text));
    }
}

TEST_CASE("the text of a base URL can be read again") {
    for (const auto* text :
         {"https://webservices3.autotask.net/ATServicesRest", "https://localhost:8443/ATServicesRest",
          "https://[2001:db8::1]:8443/ATServicesRest", "https://[2001:db8::1]/ATServicesRest"}) {
        INFO(text);
        const auto url = parse_base_url(text);
        REQUIRE(url);
        CHECK(url->text() == text);
        CHECK(parse_base_url(url->text()) == url);
    }
}

TEST_CASE("percent encoding leaves only unreserved characters") {
    CHECK(autotask::percent_encoded("api-user_1.~Z@example.com") == "api-user_1.~Z%40example.com");
    CHECK(autotask::percent_encoded("a+b c&d=e/f?g#h%i") == "a%2Bb%20c%26d%3De%2Ff%3Fg%23h%25i");
    CHECK(autotask::percent_encoded("\xC3\xBC") == "%C3%BC");
    CHECK(autotask::percent_encoded("").empty());
}
