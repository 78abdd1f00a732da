#include "core/name_forms.hpp"

#include "core/plain_letters.hpp"

#include <catch2/catch.hpp>

using forms = std::vector<std::string>;

TEST_CASE("A name is typed without its marks, or with two letters in place of one") {
    CHECK(core::plain_spellings("smith") == forms{"smith"});
    CHECK(core::plain_spellings("m\xC3\xBCller") == forms{"muller", "mueller"});
    CHECK(core::plain_spellings("h\xC3\xA9l\xC3\xA8ne") == forms{"helene"});
    CHECK(core::plain_spellings("s\xC3\xB8rensen") == forms{"sorensen", "soerensen"});
    CHECK(core::plain_spellings("\xC3\xA5kerstr\xC3\xB6m") == forms{"akerstrom", "aakerstroem"});
    CHECK(core::plain_spellings("wa\xC5\x82\xC4\x99sa") == forms{"walesa"});
    CHECK(core::plain_spellings("\xD0\xB8\xD0\xB2\xD0\xB0\xD0\xBD") == forms{"\xD0\xB8\xD0\xB2\xD0\xB0\xD0\xBD"});
    CHECK(core::plain_spellings("") == forms{""});
    CHECK(core::plain_spellings("\xFF\xFE") == forms{"\xFF\xFE"});
}

TEST_CASE("A login name is made of a person's names in four ways") {
    using enum core::rule;
    CHECK(core::name_forms(first_dot_last, "Mary", "Smith") == forms{"mary.smith"});
    CHECK(core::name_forms(firstlast, "Mary", "Smith") == forms{"marysmith"});
    CHECK(core::name_forms(flast, "Mary", "Smith") == forms{"msmith"});
    CHECK(core::name_forms(firstl, "Mary", "Smith") == forms{"marys"});
    CHECK(core::name_forms(flast, "Anna-Lena", "van der Berg") == forms{"avanderberg"});
    CHECK(core::name_forms(first_dot_last, "Anna-Lena", "O'Brien") == forms{"annalena.obrien"});
    CHECK(core::name_forms(flast, "J\xC3\xBCrgen", "M\xC3\xBCller") == forms{"jmuller", "jmueller"});
    CHECK(core::name_forms(flast, "\xC3\x96mer", "Y\xC4\xB1lmaz") == forms{"oyilmaz"});
}

TEST_CASE("Without both names, or with too few letters, there is no login name to be made") {
    using enum core::rule;
    CHECK(core::name_forms(flast, "", "Smith").empty());
    CHECK(core::name_forms(flast, "Mary", " - ").empty());
    CHECK(core::name_forms(flast, "J", "S").empty());
    CHECK(core::name_forms(first_dot_last, "J", "S") == forms{"j.s"});
    CHECK(core::name_forms(local_part, "Mary", "Smith").empty());
}
