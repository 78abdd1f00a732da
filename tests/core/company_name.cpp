#include "core/company_name.hpp"

#include "tests/core/support.hpp"

#include <catch2/catch.hpp>

using namespace core_tests;

namespace {

/// The plain words with a blank between them, and the legal form behind a bar.
std::string words(std::string_view text) {
    const auto name = core::read_company_name(text);
    std::string all;
    for (const auto& one : name.words)
        all += (all.empty() ? "" : " ") + one.plain;
    return all + "|" + name.legal_form;
}

bool is_same(std::string_view one, std::string_view other) {
    return core::is_same_name(core::read_company_name(one), core::read_company_name(other));
}

struct pair {
    std::string_view one;
    std::string_view other;
};

} // namespace

TEST_CASE("A name is its words and its legal form") {
    struct row {
        std::string_view text;
        std::string_view expected;
    };
    for (const auto& [text, expected] : std::initializer_list<row>{
             {"Nordlicht Druckerei GmbH", "nordlicht druckerei|GmbH"},
             {"  NORDLICHT   DRUCKEREI, gmbh. ", "nordlicht druckerei|GmbH"},
             {"Nordlicht-Druckerei G.m.b.H.", "nordlicht druckerei|GmbH"},
             {"Nordlicht Gesellschaft mit beschränkter Haftung", "nordlicht|GmbH"},
             {"Nordlicht Gesellschaft mbH", "nordlicht|GmbH"},
             {"Müller GmbH & Co. KG", "muller|GmbH & Co. KG"},
             {"Müller GmbH&Co.KG", "muller|GmbH & Co. KG"},
             {"Müller GmbH und Co KG", "muller|GmbH & Co. KG"},
             {"Müller GmbH u. Co. KG", "muller|GmbH & Co. KG"},
             {"Müller GmbH + Co. KG", "muller|GmbH & Co. KG"},
             {"Müller GmbH Co KG", "muller|GmbH & Co. KG"},
             {"Müller & Co. KG", "muller & co|KG"},
             {"Müller & Co. GmbH & Co. KG", "muller & co|GmbH & Co. KG"},
             {"Adler UG (haftungsbeschränkt)", "adler|UG"},
             {"Adler UG haftungsbeschraenkt", "adler|UG"},
             {"Adler AG", "adler|AG"},
             {"Adler Aktiengesellschaft", "adler|AG"},
             {"Adler SE & Co. KGaA", "adler|SE & Co. KGaA"},
             {"Adler e. K.", "adler|e.K."},
             {"Adler e.Kfr.", "adler|e.K."},
             {"Schachfreunde e.V.", "schachfreunde|e.V."},
             {"Acme Limited", "acme|Ltd"},
             {"Acme Ltd.", "acme|Ltd"},
             {"Acme Co., Ltd.", "acme|Co Ltd"},
             {"Acme Pty. Ltd.", "acme|Pty Ltd"},
             {"Acme L.L.C.", "acme|LLC"},
             {"Acme, Inc.", "acme|Inc"},
             {"Acme Incorporated", "acme|Inc"},
             {"Acme Corporation", "acme|Corp"},
             {"Acme Company", "acme|Co"},
             {"Smith & Company", "smith & co|"},
             {"Smith & Co Ltd", "smith & co|Ltd"},
             {"Smith and Company Limited", "smith & co|Ltd"},
             {"Dupont S.à r.l.", "dupont|SARL"},
             {"Dupont SARL", "dupont|SARL"},
             {"Dupont S.A.S.", "dupont|SAS"},
             {"Jansen B.V.", "jansen|BV"},
             {"Rossi S.p.A.", "rossi|SpA"},
             {"Rossi S.r.l.", "rossi|SRL"},
             {"Sørensen A/S", "sorensen|AS"},
             {"Nowak Sp. z o.o.", "nowak|Sp. z o.o."},
             {"Novák s.r.o.", "novak|s.r.o."},
             {"Nordlicht GmbH, Köln", "nordlicht gmbh koln|"}, // only at the end
             {"Nordlicht GmbH (Altkunde)", "nordlicht gmbh altkunde|"},
             {"Betriebsgesellschaft mbH", "betriebsgesellschaft|GmbH"},
             {"Computer PC", "computer pc|"}, // too often no form at all
             {"1&1 AG", "1 & 1|AG"},
             {"Office+", "office &|"},
             {"Sand und Mehr", "sand & mehr|"},
             {"Und GmbH", "und|GmbH"},
             {"O'Brien’s Café", "obriens cafe|"},
             {"C# Experts", "c# experts|"},
             {"Łukasz Åström Æther", "lukasz astrom aether|"},
             {"Soft\xC2\xADware", "software|"}, // a soft hyphen
         }) {
        CAPTURE(text);
        CHECK(words(text) == expected);
    }
}

TEST_CASE("A legal form that may be another word is told by its spelling") {
    const auto may_be_word = [](std::string_view text) { return core::read_company_name(text).form_may_be_word; };
    for (const std::string_view text :
         {"Garden Spa", "GARDEN SPA", "Garden (SpA)", "Garden S PA", "Smith AS", "Smith SA", "Smith AB", "Smith SL",
          "Smith NV", "Smith LP", "Smith SE", "Smith S.E.", "Smith EU", "Smith E.U.", "Smith Co", "Smith Co.",
          "Smith EV", "Smith eG"}) {
        CAPTURE(text);
        CHECK(may_be_word(text));
    }
    for (const std::string_view text :
         {"Garden S.p.A.", "Garden S. p. A.", "Smith A/S", "Smith S.A.", "Smith N.V.", "Smith L.P.", "Smith e.V.",
          "Smith d.o.o.", "Smith Limited Partnership", "Smith Company", "Smith Co Ltd", "Smith SE & Co. KG"}) {
        CAPTURE(text);
        CHECK_FALSE(may_be_word(text));
    }
    for (const std::string_view text : {"Smith GmbH", "Smith Ltd", "Smith Inc", "Smith LLC", "Smith AG", "Smith KG",
                                        "Smith e.K.", "Smith BV", "Spa", "SE", "Smith & Co", "Smith"}) {
        CAPTURE(text);
        CHECK_FALSE(may_be_word(text));
    }
}

TEST_CASE("A company that is called like a legal form keeps its name") {
    for (const auto& [text, expected] : std::initializer_list<pair>{
             {"AG", "ag|"},
             {"Co", "co|"},
             {"GmbH & Co. KG", "gmbh & co|KG"},
             {"SE SE", "se|SE"},
             {"& Co. KG", "& co|KG"},
             {"***", "***|"},
             {" !? ", "!?|"},
             {"", "|"},
             {" \t\xC2\xA0", "|"},
         }) {
        CAPTURE(text);
        CHECK(words(text) == expected);
    }
}

TEST_CASE("Spellings of one name are the same") {
    for (const auto& [one, other] : std::initializer_list<pair>{
             {"Nordlicht Druckerei GmbH", "NORDLICHT DRUCKEREI"},
             {"Nordlicht Druckerei", "Nordlicht-Druckerei"},
             {"DataTec", "Data Tec"},
             {"ABC Dental", "A.B.C. Dental"},
             {"Müller Bau", "Mueller Bau"},
             {"Müller Bau", "Muller Bau"},
             {"Müller Bau", "Mu\xCC\x88ller Bau"},
             {"MÜLLER", "müller"},
             {"Groß & Söhne", "GROSS UND SOEHNE"},
             {"Weiß", "Weiss"},
             {"Lefèvre", "Lefevre"},
             {"Núñez", "Nunez"},
             {"Sørensen", "Soerensen"},
             {"Åström", "Aastroem"},
             {"Smith and Jones", "Smith & Jones"},
             {"García y Peña", "Garcia & Pena"},
             {"Dupont et Fils", "Dupont + Fils"},
             {"Jansen en Zonen", "Jansen & Zonen"},
             {"H&M", "H & M"},
             {"O'Brien", "O’Brien"},
             {"O'Brien", "OBrien"},
             {"Studio 54", "Studio54"},
         }) {
        CAPTURE(one, other);
        CHECK(is_same(one, other));
        CHECK(is_same(other, one));
    }
}

TEST_CASE("Names that are different stay different") {
    for (const auto& [one, other] : std::initializer_list<pair>{
             {"Bauer", "Baur"}, // "ue" is not always an umlaut
             {"Mueller", "Muller"},
             {"Praxis 1", "Praxis 2"},
             {"Praxis 1 2", "Praxis 12"},
             {"Praxis I", "Praxis II"},
             {"Müller & Söhne", "Müller Söhne"},
             {"Office+", "Office"},
             {"C# Experts", "C Experts"},
             {"Adler Bau", "Adler"},
             {"Nordlicht GmbH, Köln", "Nordlicht GmbH"},
             {"й", "и"}, // the mark of another script makes another letter
             {"***", "!!!"},
             {"Meier", "Maier"},
         }) {
        CAPTURE(one, other);
        CHECK_FALSE(is_same(one, other));
    }
}

TEST_CASE("Legal forms differ only when both names have one") {
    const auto differ = [](std::string_view one, std::string_view other) {
        return core::legal_forms_differ(core::read_company_name(one), core::read_company_name(other));
    };
    CHECK(differ("Adler GmbH", "Adler AG"));
    CHECK(differ("Adler GmbH", "Adler GmbH & Co. KG"));
    CHECK(differ("Adler Ltd", "Adler Pty Ltd"));
    CHECK_FALSE(differ("Adler GmbH", "Adler G.m.b.H."));
    CHECK_FALSE(differ("Adler GmbH", "Adler"));
    CHECK_FALSE(differ("Adler", "Adler"));
}

TEST_CASE("Any bytes can be read as a name, case never counts, and what can be seen leaves words") {
    dice random(11);
    for (int i = 0; i < 30'000; ++i) {
        const auto text = random.one_in(3) ? random_bytes(random, 20) : random_text(random, 8);
        const auto name = core::read_company_name(text);
        CAPTURE(text);
        REQUIRE(name.words.empty() == name.plain_key.empty());
        for (const auto& one : name.words) {
            REQUIRE_FALSE(one.plain.empty());
            REQUIRE_FALSE(one.spelled.empty());
        }
        auto capital = text;
        for (auto& c : capital)
            if (c >= 'a' && c <= 'z')
                c = static_cast<char>(c - 'a' + 'A');
        REQUIRE(core::read_company_name(capital).plain_key == name.plain_key);
        REQUIRE(core::read_company_name(" " + text + "\t").plain_key == name.plain_key);
    }
    CHECK(core::read_company_name(repeated("ü ", 20'000)).words.size() == 20'000);
}
