#include "core/web_domain.hpp"

#include "core/fold.hpp"
#include "core/public_hosts.hpp"
#include "tests/core/support.hpp"

#include <catch2/catch.hpp>

using namespace core_tests;

namespace {

struct pair {
    std::string_view text;
    std::string_view expected;
};

} // namespace

TEST_CASE("The host is read out of what people type") {
    for (const auto& [text, expected] : std::initializer_list<pair>{
             {"acme.com", "acme.com"},
             {"https://www.Acme.com/en?x", "acme.com"},
             {"WWW.ACME.COM/", "acme.com"},
             {" http://acme.com ", "acme.com"},
             {"//acme.com", "acme.com"},
             {"acme.com:8080", "acme.com"},
             {"https://user:secret@acme.com/x", "acme.com"},
             {"info@acme.com", "acme.com"},
             {"mailto:info@acme.com?subject=x", "acme.com"},
             {"Jane <jane@acme.com>", "acme.com"},
             {"@acme.com", "acme.com"},
             {"acme.com.", "acme.com"},
             {"acme.com?x=a@b.org", "acme.com"},
             {"acme.com#top", "acme.com"},
             {"\"acme.com\"", "acme.com"},
             {"acme\xE2\x80\x8B.com", "acme.com"},
             {"acme.com, acme.de", "acme.com"},
             {"see www.acme.com", "acme.com"},
             {"acme.com (old)", "acme.com"},
             {"shop.acme.co.uk", "shop.acme.co.uk"},
             {"www.de", "www.de"}, // a name of its own
             {"MÜLLER.de", "müller.de"},
             {"xn--mller-kva.de", "xn--mller-kva.de"},
             {"acme.xn--p1ai", "acme.xn--p1ai"},
         }) {
        CAPTURE(text);
        const auto host = core::read_host(text);
        REQUIRE(host);
        CHECK(*host == expected);
    }
}

TEST_CASE("Where there is no host, none is made up") {
    for (const auto text : {"",
                            " ",
                            "n/a",
                            "-",
                            "none",
                            "acme",
                            "localhost",
                            "http://",
                            "https://www./",
                            "k.A.",
                            "n.a.",
                            "10.0.0.1",
                            "http://192.168.1.1/",
                            "acme..com",
                            ".com",
                            "www.",
                            "acme.c",
                            "a/b.com",
                            "?",
                            "keine Webseite",
                            "[::1]"}) {
        CAPTURE(text);
        CHECK_FALSE(core::read_host(text));
    }
    CHECK_FALSE(core::read_host(std::string(64, 'a') + ".com"));
    CHECK_FALSE(core::read_host(repeated("a.", 200) + "com"));
}

TEST_CASE("A host that many share says nothing of its owner") {
    for (const auto host : {"gmail.com", "outlook.com", "facebook.com", "de-de.facebook.com", "linkedin.com",
                            "sites.google.com", "t-online.de", "gmx.de", "web.de", "acme.wixsite.com",
                            "acme.onmicrosoft.com", "acme.github.io", "acme.local", "server.fritz.box"}) {
        CAPTURE(host);
        CHECK(core::is_public_host(host));
    }
    for (const auto host : {"acme.com", "web.de.acme.com", "notgmail.com", "gmail.acme.com", "acme.example", "x.org"}) {
        CAPTURE(host);
        CHECK_FALSE(core::is_public_host(host));
    }
}

TEST_CASE("Every public host is one that can be read") {
    for (const auto host : core::public_hosts())
        if (host.contains('.')) {
            CAPTURE(host);
            CHECK(core::read_host(host) == std::string(host));
        }
}

TEST_CASE("What was registered, and the owner's part of it") {
    struct row {
        std::string_view host;
        std::string_view registered;
        std::string_view label;
    };
    for (const auto& [host, registered, label] : std::initializer_list<row>{
             {"acme.com", "acme.com", "acme"},
             {"shop.acme.com", "acme.com", "acme"},
             {"a.b.acme.de", "acme.de", "acme"},
             {"acme.co.uk", "acme.co.uk", "acme"},
             {"shop.acme.co.uk", "acme.co.uk", "acme"},
             {"acme.com.au", "acme.com.au", "acme"},
             {"acme.gv.at", "acme.gv.at", "acme"},
             {"co.uk", "co.uk", "co"},
             {"co.acme.com", "acme.com", "acme"},
             {"acme", "acme", "acme"},
         }) {
        CAPTURE(host);
        CHECK(core::registered_domain(host) == registered);
        CHECK(core::domain_label(host) == label);
    }
}

TEST_CASE("Any bytes can be read as a web address, and a host reads as itself") {
    dice random(12);
    constexpr std::string_view parts[]{"www.", "http://", "acme", ".", ".com", "@", "/", "?", ":", " ", ",", "ü", "-"};
    for (int i = 0; i < 50'000; ++i) {
        std::string text = random.one_in(3) ? random_text(random, 6) : std::string();
        for (auto n = random.roll(8); n > 0; --n)
            text += random.pick(parts);
        const auto host = core::read_host(text);
        CAPTURE(text);
        if (!host)
            continue;
        core::is_public_host(*host);
        REQUIRE(host->ends_with(core::registered_domain(*host)));
        REQUIRE(core::registered_domain(*host).starts_with(core::domain_label(*host)));
        // Of "www.www.acme.com" only the first goes, and beside bytes that are not UTF-8 only ASCII is folded.
        if (!host->starts_with("www.") && core::fold(*host) == *host)
            REQUIRE(core::read_host(*host) == host);
    }
}
