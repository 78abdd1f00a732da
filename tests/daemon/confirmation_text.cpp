#include "daemon/memory/confirmation.hpp"

#include <catch2/catch.hpp>

namespace {

std::string text(const char* name, bool whole_address, std::vector<std::string> stored) {
    core::account who;
    who.name = name;
    who.whole_address = whole_address;
    return contactd::text_to_look_for(who, stored);
}

} // namespace

TEST_CASE("a name is looked for with its @, in the case that the contact's own address does not have") {
    CHECK(text("jdoe", false, {"jdoe@acme.example"}) == "JDOE@");
    CHECK(text("JDoe", false, {"jdoe@acme.example"}) == "JDOE@");
    CHECK(text("jdoe", false, {"JDoe@acme.example"}) == "jdOE@");
    CHECK(text("j.doe-2_x+y", false, {"Jane <j.doe-2_x+y@acme.example>"}) == "J.DOE-2_X+Y@");
    CHECK(text("4711", false, {"4711@acme.example"}) == "4711@"); // No letter, no case.
}

TEST_CASE("a whole address is looked for as a whole") {
    CHECK(text("jdoe@acme.example", true, {"other@acme.example", "jdoe@Acme.example"}) == "JDOE@aCME.EXAMPLE");
}

TEST_CASE("a name of twenty characters is looked for without its @, because longer ones may begin with it") {
    CHECK(text("äbcdefghijklmnopqrst", false, {"äbcdefghijklmnopqrst@acme.example"}) == "BCDEFGHIJKLMNOPQRST");
    CHECK(text("abcdefghijklmnopqrst", false, {"abcdefghijklmnopqrst@acme.example"}) == "ABCDEFGHIJKLMNOPQRST");
}

TEST_CASE("of a name that a server may compare in another way than we do, the longest plain piece is looked for") {
    CHECK(text("müller", false, {"müller@acme.example"}) == "LLER@");
    CHECK(text("hélène.lefèvre", false, {"Hélène.Lefèvre@acme.example"}) == "NE.lEF");
    CHECK(text("first last", false, {"first last@acme.example"}) == "FIRST");
    CHECK(text("o'brien", false, {"O'Brien@acme.example"}) == "bRIEN@");
    CHECK(text("100%", false, {"100%@acme.example"}) == "100");
    CHECK(text("j[d]oe", false, {"j[d]oe@acme.example"}) == "OE@");
}

TEST_CASE(
    "where too little of a name is plain, or the contact does not have it letter by letter, nothing is looked for") {
    CHECK(text("ü[ö]ä", false, {"ü[ö]ä@acme.example"}).empty());
    CHECK(text("x", false, {"x@acme.example"}).empty());
    CHECK(text("jdoe", false, {}).empty());
    CHECK(text("jdoe", false, {"\"jdoe\"@acme.example"}).empty());
}
