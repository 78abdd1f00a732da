#include "core/address.hpp"

#include "core/fold.hpp"
#include "tests/core/support.hpp"

#include <catch2/catch.hpp>

using namespace core_tests;
using namespace std::string_view_literals;

TEST_CASE("An address is read out of what people type into the field") {
    struct row {
        std::string_view field;
        std::string_view whole;
        std::string_view local_part;
    };
    for (const auto& [field, whole, local_part] : std::initializer_list<row>{
             {"jsmith@acme.example", "jsmith@acme.example", "jsmith"},
             {"JSmith@ACME.example", "jsmith@acme.example", "jsmith"},
             {"  jsmith@acme.example\t", "jsmith@acme.example", "jsmith"},
             {"\xC2\xA0jsmith@acme.example\xC2\xA0", "jsmith@acme.example", "jsmith"},
             {"js\xE2\x80\x8Bmith@acme.example\xEF\xBB\xBF", "jsmith@acme.example", "jsmith"},
             {"Jane Smith <jsmith@acme.example>", "jsmith@acme.example", "jsmith"},
             {"\"Jane Smith\" <jsmith@acme.example>", "jsmith@acme.example", "jsmith"},
             {"\"Smith, Jane\" <jsmith@acme.example>", "jsmith@acme.example", "jsmith"},
             {"\"jsmith@acme.example\" <jsmith@acme.example>", "jsmith@acme.example", "jsmith"},
             {"\"a \\\" < @ b\" <jsmith@acme.example>", "jsmith@acme.example", "jsmith"},
             {"<jsmith@acme.example>", "jsmith@acme.example", "jsmith"},
             {"< jsmith@acme.example >", "jsmith@acme.example", "jsmith"},
             {"Jane<jsmith@acme.example>", "jsmith@acme.example", "jsmith"},
             {"mailto:jsmith@acme.example", "jsmith@acme.example", "jsmith"},
             {"MailTo: jsmith@acme.example", "jsmith@acme.example", "jsmith"},
             {"mailto:jsmith@acme.example?subject=x", "jsmith@acme.example", "jsmith"},
             {"<mailto:jsmith@acme.example>", "jsmith@acme.example", "jsmith"},
             {"mailto:<jsmith@acme.example>", "jsmith@acme.example", "jsmith"},
             {"\"jsmith@acme.example\"", "jsmith@acme.example", "jsmith"},
             {"'jsmith@acme.example'", "jsmith@acme.example", "jsmith"},
             {"<'jsmith@acme.example'>", "jsmith@acme.example", "jsmith"},
             {"o'brien@acme.example", "o'brien@acme.example", "o'brien"},
             {"jsmith+it@acme.example", "jsmith+it@acme.example", "jsmith+it"},
             {"j.smith@acme.example", "j.smith@acme.example", "j.smith"},
             {"\"a@b\"@acme.example", "\"a@b\"@acme.example", "\"a@b\""},
             {"\"a b\"@acme.example", "\"a b\"@acme.example", "\"a b\""},
             {"Jane <\"a@b\"@acme.example>", "\"a@b\"@acme.example", "\"a@b\""},
             {"Jane <\"a b\"@acme.example>", "\"a b\"@acme.example", "\"a b\""},
             {"mailto:\"a@b\"@acme.example", "\"a@b\"@acme.example", "\"a@b\""},
             {"M\xC3\x9CLLER@acme.example", "m\xC3\xBCller@acme.example", "m\xC3\xBCller"},
             {"mu\xCC\x88ller@acme.example", "m\xC3\xBCller@acme.example", "m\xC3\xBCller"},
             {"jsmith@M\xC3\x9CLLER.example", "jsmith@m\xC3\xBCller.example", "jsmith"},
             {"none@none.com", "none@none.com", "none"},
             {"jsmith@localhost", "jsmith@localhost", "jsmith"},
         }) {
        CAPTURE(field);
        const auto read = core::read_address(field);
        REQUIRE(read);
        CHECK(read->whole == whole);
        CHECK(read->local_part == local_part);
    }
}

TEST_CASE("A field that holds no address, or more than one, is none") {
    for (const auto field : {""sv,
                             "   "sv,
                             "\""sv,
                             "\"\""sv,
                             "jsmith"sv,
                             "n/a"sv,
                             "@"sv,
                             "@acme.example"sv,
                             "jsmith@"sv,
                             "a@b@c"sv,
                             "a@b.example, c@d.example"sv,
                             "a@b.example;c@d.example"sv,
                             "a@b.example c@d.example"sv,
                             "a@b.example\nc@d.example"sv,
                             "<a@b.example> <c@d.example>"sv,
                             "<a@b.example>, <c@d.example>"sv,
                             "A <a@b.example>; C <c@d.example>"sv,
                             "a@b.example <c@d.example>"sv,
                             "a@b.example>"sv,
                             "<a@b.example"sv,
                             "<>"sv,
                             "Jane <>"sv,
                             "Jane <jsmith>"sv,
                             "mailto:"sv,
                             "mailto:jsmith"sv,
                             "mailto:@b"sv,
                             "mailto:?a@b"sv,
                             "Jane Smith jsmith@acme.example"sv,
                             "j smith@acme.example"sv,
                             "jsmith@acme.example (work)"sv,
                             "\"jsmith@acme.example"sv,
                             "\"a@b\""
                             "@"sv}) {
        CAPTURE(field);
        CHECK_FALSE(core::read_address(field));
    }
}

TEST_CASE("Whatever is read is folded, has both parts and reads the same again") {
    dice random(9);
    int readable = 0;
    for (int i = 0; i < 100'000; ++i) {
        std::string field;
        switch (random.roll(3)) {
        case 0:
            field = random_bytes(random, 30);
            break;
        case 1:
            field = random_text(random, 8);
            break;
        default:
            field = random_text(random, 3) + "@";
            field += random_text(random, 3);
        }
        const auto read = core::read_address(field);
        if (!read)
            continue;
        ++readable;
        CAPTURE(field, read->whole);
        REQUIRE_FALSE(read->local_part.empty());
        REQUIRE(read->whole.starts_with(read->local_part + "@"));
        REQUIRE(read->whole.size() > read->local_part.size() + 1);
        REQUIRE(core::fold(read->whole) == read->whole);
        // Invalid bytes in the domain restrict the folding of the whole to its ASCII letters.
        if (core::fold(field + "\xC3\x84").ends_with("\xC3\xA4"))
            REQUIRE(core::fold(read->local_part) == read->local_part);
    }
    CHECK(readable > 1'000);
}

TEST_CASE("A megabyte in an e-mail field is read in linear time") {
    for (const auto* part : {"a", "\"", "'", "<", ">", "@", " ", "\\", "mailto:", "\xE2\x80\x8B", "\xC3\xA4", "\" "}) {
        const auto filler = repeated(part, 1'000'000 / std::string_view(part).size());
        core::read_address(filler);
        core::read_address(filler + "a@b.example");
        core::read_address("Jane <" + filler + ">");
        core::read_address("a@" + filler);
    }
    SUCCEED();
}
