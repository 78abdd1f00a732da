#include "daemon/config/checks.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

namespace {

std::string what(const std::optional<contactd::fault>& fault) {
    return fault ? fault->what : "fine";
}

} // namespace

TEST_CASE("the name of an instance can stand in a path, a label and a command line") {
    for (const std::string name : {"main", "a", "1", "Emea-2", "north_west.example"})
        CHECK_FALSE(contactd::check_instance_name(name));
    for (const std::string name : {"", ".", "..", "-x", "_x", "a b", "a/b", "ä", "a\n"}) {
        INFO(name);
        CHECK(contactd::check_instance_name(name));
    }
}

TEST_CASE("the name of an instance has at most 64 characters") {
    CHECK_FALSE(contactd::check_instance_name(std::string(64, 'x')));
    CHECK(contactd::check_instance_name(std::string(65, 'x')));
}

TEST_CASE("a value for an HTTP header is printable ASCII, and a message never repeats it") {
    CHECK_FALSE(contactd::check_header_value("api-user@example.com"));
    CHECK_FALSE(contactd::check_header_value("two words"));
    struct row {
        std::string value;
        std::string expected;
    };
    const row rows[] = {
        {"", "This is empty."},
        {" x", "There is a blank at the beginning or end."},
        {"x ", "There is a blank at the beginning or end."},
        {"x\t", "There is a blank at the beginning or end."},
        {"ab\ncd", "Byte 3 is not a printable ASCII character, so it cannot be sent in an HTTP header."},
        {"ab\r\nX: y", "Byte 3 is not a printable ASCII character, so it cannot be sent in an HTTP header."},
        {std::string("a\0b", 3), "Byte 2 is not a printable ASCII character, so it cannot be sent in an HTTP header."},
        {"abc\xe2\x80\x8b", "Byte 4 is not a printable ASCII character, so it cannot be sent in an HTTP header."},
        {"\x7f", "Byte 1 is not a printable ASCII character, so it cannot be sent in an HTTP header."},
    };
    for (const row& each : rows)
        CHECK(what(contactd::check_header_value(each.value)) == each.expected);
}

TEST_CASE("a base URL is https with a host and a path, and nothing more") {
    struct row {
        std::string url;
        std::string expected;
    };
    const row rows[] = {
        {"https://webservices3.autotask.net/ATServicesRest/", "fine"},
        {"https://webservices3.autotask.net/atservicesrest", "fine"},
        {"HTTPS://localhost:8443/ATServicesRest/", "fine"},
        {"https://[::1]:8443/ATServicesRest/", "fine"},
        {"", "This is not a URL."},
        {"auto", "This is not a URL."},
        {"webservices3.autotask.net/ATServicesRest/", "This is not a URL."},
        {"https://web services/ATServicesRest/", "This is not a URL."},
        {"https://host/x\n", "This is not a URL."},
        {"http://webservices3.autotask.net/ATServicesRest/",
         "This URL is not an https one, and credentials are sent over TLS only."},
        {"ftp://host/x", "This URL is not an https one, and credentials are sent over TLS only."},
        {"https:///ATServicesRest/", "This URL names no host."},
        {"https:/ATServicesRest/", "This URL names no host."},
        {"https://user@host/x/", "This URL holds a user name or password."},
        {"https://user:word@host/x/", "This URL holds a user name or password."},
        {"https://host/x/?a=1", "This URL goes on behind its path."},
        {"https://host/x/#a", "This URL goes on behind its path."},
        {"https://host:0/x/", "The port of this URL is not between 1 and 65535."},
        {"https://host:65536/x/", "The port of this URL is not between 1 and 65535."},
        {"https://host:/x/", "The port of this URL is not between 1 and 65535."},
        {"https://host", "This URL has no path."},
        {"https://host/", "This URL has no path."},
        {"https://host//", "This URL has no path."},
        {"https://a%20b.example/x/", "This URL does not name its host and port in a plain way."},
        {"https://[v1.x]/x/", "This URL does not name its host and port in a plain way."},
        {"https://host:80x/x/", "This URL does not name its host and port in a plain way."},
        {"https:{", "This is not a URL."},
        {"https://host/ATServicesRest/V1.0/", "This URL ends with the version of the API."},
        {"https://host/ATServicesRest/v1.0", "This URL ends with the version of the API."},
    };
    for (const row& each : rows) {
        INFO(each.url);
        CHECK(what(contactd::check_base_url(each.url)) == each.expected);
    }
    CHECK_FALSE(contactd::check_zone("auto"));
    CHECK(contactd::check_zone("automatic"));
    CHECK(contactd::check_zone(""));
}

TEST_CASE("a path is absolute") {
    CHECK_FALSE(contactd::check_absolute_path("/var/lib/contactd"));
    CHECK_FALSE(contactd::check_optional_path(""));
    CHECK(what(contactd::check_absolute_path("")) == "This is empty.");
    CHECK(what(contactd::check_absolute_path("var")) == "\"var\" is not an absolute path.");
    CHECK(what(contactd::check_optional_path("~/ca.pem")) == "\"~/ca.pem\" is not an absolute path.");
    CHECK(what(contactd::check_absolute_path("/a\nb")) == "This path holds a control character.");
}

TEST_CASE("an address to listen on is a host and a port, or nothing") {
    for (const std::string text : {"", "127.0.0.1:9646", "localhost:1", "0.0.0.0:65535", "[::1]:9646", "127.0.0.1:0"}) {
        INFO(text);
        CHECK_FALSE(contactd::check_listen_address(text));
    }
    for (const std::string text :
         {"9646", ":9646", "localhost", "localhost:", "localhost:x", "localhost:-1", "localhost:65536", "::1:9646",
          "[]:1", "[::1]", "[::1]9646", "a b:1", "http://localhost:1", "localhost:1 "}) {
        INFO(text);
        CHECK(what(contactd::check_listen_address(text)) == "\"" + text + "\" is not an address to listen on.");
    }
}

TEST_CASE("a name in a list is not empty and has nothing odd in it") {
    CHECK_FALSE(contactd::check_plain_name("LAPTOP-*"));
    CHECK_FALSE(contactd::check_plain_name("Müller & Söhne"));
    CHECK(what(contactd::check_plain_name("")) == "One of the values is empty.");
    CHECK(what(contactd::check_plain_name(" x")) == "\" x\" has a blank at its beginning or end.");
    CHECK(what(contactd::check_plain_name("a\tb")) == "\"a?b\" holds a control character.");
}
