#include "autotask/zone.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace {

const std::vector<std::string> nobody;

std::string reply_with(const std::string& url) {
    return R"({"zoneName":"America East","url":")" + url + R"(","webUrl":"https://ww3.autotask.net/","ci":20264})";
}

} // namespace

TEST_CASE("credentials go to hosts under autotask.net and to the hosts the configuration names, and nowhere else") {
    const std::vector<std::string> named{"localhost", "::1"};
    for (const auto* host : {"webservices3.autotask.net", "a.b.autotask.net", "localhost", "::1"}) {
        INFO(host);
        CHECK(autotask::is_trusted_host(host, named));
    }
    for (const auto* host : {"evil-autotask.net", "autotask.net.evil.com", "evilautotask.net", "autotask.net",
                             "webservices3.autotask.net.", "xlocalhost", "localhost.evil.com", "::", ""}) {
        INFO(host);
        CHECK_FALSE(autotask::is_trusted_host(host, named));
    }
}

TEST_CASE("the zone is read from the reply") {
    const auto found = autotask::read_zone(reply_with("https://webservices3.autotask.net/atservicesrest/"), nobody);
    REQUIRE(found);
    CHECK(found->url.text() == "https://webservices3.autotask.net/ATServicesRest");
    CHECK(found->name == "America East");
    const auto nameless =
        autotask::read_zone(R"({"url":"https://WebServices18.Autotask.NET/ATServicesRest/"})", nobody);
    REQUIRE(nameless);
    CHECK(nameless->url.host == "webservices18.autotask.net");
    CHECK(nameless->name.empty());
}

TEST_CASE("a zone at a host that is not trusted is refused") {
    for (const auto* url : {
             "https://evil-autotask.net/ATServicesRest/",
             "https://autotask.net.evil.com/ATServicesRest/",
             "https://webservices3.autotask.net@evil.com/ATServicesRest/",
             "https://evil.com%00.autotask.net/ATServicesRest/",
             "https://evil.com%2f.autotask.net/ATServicesRest/",
             "http://webservices3.autotask.net/ATServicesRest/",
             "https://[::1]/ATServicesRest/",
             "https://127.0.0.1/ATServicesRest/",
             "//webservices3.autotask.net/ATServicesRest/",
             "https://webservices3.autotask.net",
             "",
         }) {
        INFO(url);
        const auto found = autotask::read_zone(reply_with(url), nobody);
        REQUIRE_FALSE(found);
        CHECK(found.error().kind == autotask::error_kind::protocol);
    }
}

TEST_CASE("a host that the configuration names is trusted, whatever its port") {
    const std::vector<std::string> named{"localhost"};
    const auto found = autotask::read_zone(reply_with("https://LOCALHOST:8443/ATServicesRest/"), named);
    REQUIRE(found);
    CHECK(found->url.text() == "https://localhost:8443/ATServicesRest");
    CHECK_FALSE(autotask::read_zone(reply_with("https://localhost.evil.com:8443/ATServicesRest/"), named));
}

TEST_CASE("what is no reply to zoneInformation is said") {
    struct {
        const char* body;
        const char* said;
    } const rows[] = {
        {"", "the answer is no JSON object"},
        {"<html>", "the answer is no JSON object"},
        {"[]", "the answer is no JSON object"},
        {"null", "the answer is no JSON object"},
        {"{}", "the answer has no \"url\""},
        {R"({"url":null})", "the answer has no \"url\""},
        {R"({"url":3})", "the answer has no \"url\""},
        {R"({"url":"here"})", "\"here\" is no https URL of an API"},
        {R"({"url":"https://evil.com/ATServicesRest/"})",
         "the answer points to evil.com, which is neither under autotask.net nor named in the configuration"},
    };
    for (const auto& one : rows) {
        INFO(one.body);
        const auto found = autotask::read_zone(one.body, nobody);
        REQUIRE_FALSE(found);
        CHECK(found.error().said == one.said);
    }
}
