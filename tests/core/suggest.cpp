#include "core/suggest.hpp"

#include "tests/core/support.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

using namespace core_tests;

namespace {

using organizations = std::vector<core::organization_entry>;
using companies = std::vector<core::company_entry>;

/// Companies without ids: they get one after another.
companies numbered(companies list) {
    std::int64_t next = 1;
    for (auto& one : list)
        one.id = core::company_id{next++};
    return list;
}

/// What was found of an organization, in one line.
std::string describe(const companies& right, const core::suggestions& found, std::size_t organization) {
    for (const auto& one : found.sure)
        if (one.organization == organization)
            return "sure: " + right[one.company].name + " (" + std::string(core::to_string(one.why)) + ")";
    for (const auto& one : found.ambiguous)
        if (one.organization == organization) {
            std::string text = one.why_not;
            for (const auto& [company, why] : one.candidates)
                text += "; " + right[company].name + " (" + std::string(core::to_string(why)) + ")";
            return text;
        }
    return "unmatched";
}

/// What becomes of the first organization, in one line.
std::string first(const organizations& left, companies right) {
    right = numbered(std::move(right));
    return describe(right, core::suggest(left, right), 0);
}

core::company_entry company(std::string name, std::string web = "") {
    return {{}, std::move(name), std::move(web)};
}

struct row {
    organizations left;
    companies right;
    std::string expected;
};

void check(std::initializer_list<row> rows) {
    for (const auto& [left, right, expected] : rows) {
        CAPTURE(left.front().name, left.front().domain, right.front().name, right.front().web_address);
        CHECK(first(left, right) == expected);
    }
}

} // namespace

TEST_CASE("An exact name that nobody else has is sure") {
    check({
        {{{"Nordlicht Druckerei GmbH", ""}},
         {company("Nordlicht Druckerei GmbH")},
         "sure: Nordlicht Druckerei GmbH (exact name)"},
        {{{" Nordlicht ", ""}}, {company("Nordlicht")}, "sure: Nordlicht (exact name)"},
        {{{"Nordlicht GmbH", "nordlicht.de"}},
         {company("Nordlicht GmbH", "www.nordlicht.com")},
         "sure: Nordlicht GmbH (exact name)"},
        {{{"Nordlicht GmbH", "gmail.com"}},
         {company("Nordlicht GmbH", "nordlicht.de")},
         "sure: Nordlicht GmbH (exact name)"},
        {{{"AG", ""}}, {company("AG")}, "sure: AG (exact name)"},
    });
}

TEST_CASE("Another spelling of a name is sure when the legal forms do not contradict") {
    check({
        {{{"NORDLICHT DRUCKEREI", ""}},
         {company("Nordlicht-Druckerei GmbH")},
         "sure: Nordlicht-Druckerei GmbH (same name)"},
        {{{"Mueller & Soehne GmbH", ""}},
         {company("Müller und Söhne G.m.b.H.")},
         "sure: Müller und Söhne G.m.b.H. (same name)"},
        {{{"Adler Bau GmbH", ""}},
         {company("Adler Bau AG")},
         "the legal forms differ: GmbH, AG; Adler Bau AG (same name)"},
        {{{"Adler Bau GmbH", ""}},
         {company("ADLER BAU GMBH"), company("Adler Bau AG")},
         "sure: ADLER BAU GMBH (same name)"},
        // "Adler Bau" may be the GmbH as well as the AG, and with it there are two that may be the GmbH.
        {{{"Adler Bau", ""}},
         {company("Adler Bau GmbH"), company("Adler Bau AG")},
         "two companies have this name; Adler Bau AG (same name); Adler Bau GmbH (same name)"},
        {{{"Adler Bau GmbH", ""}},
         {company("Adler Bau"), company("Adler Bau AG")},
         "two companies have this name; Adler Bau (same name); Adler Bau AG (same name)"},
        {{{"Adler Bau", ""}, {"Adler Bau AG", ""}},
         {company("Adler Bau GmbH")},
         "two organizations have this name; Adler Bau GmbH (same name)"},
    });
}

TEST_CASE("Whoever shares a name is told apart by nothing but a legal form") {
    check({
        {{{"Müller GmbH", ""}},
         {company("Müller GmbH"), company("MÜLLER GMBH")},
         "two companies have this name; Müller GmbH (exact name); MÜLLER GMBH (same name)"},
        {{{"Müller GmbH", ""}},
         {company("Müller GmbH"), company("Muller GmbH")},
         "two companies have this name; Müller GmbH (exact name); Muller GmbH (same name)"},
        {{{"Müller GmbH", ""}, {"Müller GmbH", ""}},
         {company("Müller GmbH")},
         "two organizations have this name; Müller GmbH (exact name)"},
        {{{"Müller GmbH", "mueller-bonn.de"}},
         {company("Müller GmbH", "mueller-koeln.de"), company("Müller GmbH", "https://mueller-bonn.de/")},
         "two companies have this name; Müller GmbH (exact name); Müller GmbH (exact name)"},
        // The domain only decides which one is named first: it may be that of both, or of a group.
        {{{"Müller GmbH", "mueller-bonn.de"}},
         {company("Müller GmbH", "mueller-koeln.de"), company("Müller GmbH")},
         "two companies have this name; Müller GmbH (exact name); Müller GmbH (exact name)"},
    });
}

TEST_CASE("Web addresses that contradict make every name doubtful") {
    check({
        {{{"Nordlicht GmbH", "nordlicht.de"}},
         {company("Nordlicht GmbH", "nordlicht-druck.de")},
         "the web addresses differ: nordlicht.de, nordlicht-druck.de; Nordlicht GmbH (exact name)"},
        {{{"Müller Bau GmbH", "muellerbau.de"}},
         {company("Müller-Bau GmbH", "www.müller-bau.com")},
         "sure: Müller-Bau GmbH (same name)"},
        {{{"Nordlicht GmbH", "nordlicht.de"}},
         {company("Nordlicht GmbH", "facebook.com/nordlicht")},
         "sure: Nordlicht GmbH (exact name)"},
    });
}

TEST_CASE("A dot that is missing above a letter needs the web address") {
    check({
        {{{"Schutz Bau GmbH", ""}},
         {company("Schütz Bau GmbH")},
         "an umlaut may be missing in one of the names; Schütz Bau GmbH (same name)"},
        {{{"Schutz Bau GmbH", "schuetz.de"}},
         {company("Schütz Bau GmbH", "schuetz.de")},
         "sure: Schütz Bau GmbH (web address)"},
        {{{"Lefevre SARL", ""}}, {company("Lefèvre SARL")}, "sure: Lefèvre SARL (same name)"},
    });
}

TEST_CASE("A name that may be short for another is not sure") {
    check({
        {{{"Adler Bau", ""}},
         {company("Adler Bau"), company("Adler Bau Service GmbH")},
         "it may be short for Adler Bau Service GmbH; Adler Bau (exact name); Adler Bau Service GmbH (similar name)"},
        // What both sides have is explained by itself.
        {{{"Adler Bau", ""}, {"Adler Bau Service GmbH", ""}},
         {company("Adler Bau"), company("Adler Bau Service GmbH")},
         "sure: Adler Bau (exact name)"},
        // A whole name with a legal form is short for nothing.
        {{{"Adler Bau GmbH", ""}},
         {company("Adler Bau GmbH"), company("Adler Bau Service GmbH")},
         "sure: Adler Bau GmbH (exact name)"},
        {{{"Adler", ""}},
         {company("Adler GmbH")},
         "a short name, and only one of the two has a legal form; Adler GmbH (same name)"},
        {{{"S&S UG", ""}},
         {company("S & S")},
         "a short name, and only one of the two has a legal form; S & S (same name)"},
        {{{"S&S UG", ""}}, {company("S & S UG")}, "sure: S & S UG (same name)"},
        {{{"Adler", "adler.de"}}, {company("Adler GmbH", "adler.de")}, "sure: Adler GmbH (web address)"},
        {{{"Adler", "adler.de"}},
         {company("Adler GmbH", "adler.de"), company("Adler Bau AG", "adler.de")},
         "it may be short for Adler Bau AG; Adler GmbH (same name); Adler Bau AG (web address)"},
        {{{"Adler Bau", ""}},
         {company("Adler Bau Köln GmbH")},
         "the names are only similar; Adler Bau Köln GmbH (similar name)"},
    });
}

TEST_CASE("A legal form that is also a word or a place leaves a doubt when only one of the two has it") {
    const auto open = [](std::string_view form, const std::string& name) {
        return "only one of the two has a legal form, and it may be a word or a place: " + std::string(form) + "; " +
               name + " (same name)";
    };
    check({
        {{{"Garden Wellness", ""}}, {company("Garden Wellness Spa")}, open("SpA", "Garden Wellness Spa")},
        {{{"Garden Wellness Spa", ""}}, {company("Garden Wellness")}, open("SpA", "Garden Wellness")},
        {{{"Smith Plumbing", ""}}, {company("Smith Plumbing SE")}, open("SE", "Smith Plumbing SE")},
        {{{"Smith Plumbing", ""}}, {company("Smith Plumbing S.E.")}, open("SE", "Smith Plumbing S.E.")},
        {{{"Smith Plumbing", ""}}, {company("Smith Plumbing (SA)")}, open("SA", "Smith Plumbing (SA)")},
        {{{"Smith Plumbing", ""}}, {company("Smith Plumbing CO")}, open("Co", "Smith Plumbing CO")},
        {{{"Smith Plumbing", ""}}, {company("Smith Plumbing - AB")}, open("AB", "Smith Plumbing - AB")},
        {{{"Smith Plumbing", ""}}, {company("Smith Plumbing, NV")}, open("NV", "Smith Plumbing, NV")},
        {{{"Smith Plumbing", ""}}, {company("Smith Plumbing S PA")}, open("SpA", "Smith Plumbing S PA")},
        {{{"Smith Motors EV", ""}}, {company("Smith Motors")}, open("e.V.", "Smith Motors")},
        {{{"Harbour Logistics", ""}}, {company("Harbour Logistics EU")}, open("e.U.", "Harbour Logistics EU")},
        // Both have it, in whatever spelling.
        {{{"Garden Wellness Spa", ""}}, {company("GARDEN WELLNESS SPA")}, "sure: GARDEN WELLNESS SPA (same name)"},
        {{{"Rossi Impianti Spa", ""}}, {company("Rossi Impianti S.p.A.")}, "sure: Rossi Impianti S.p.A. (same name)"},
        // Letter by letter, or in full, it is no word.
        {{{"Rossi Impianti", ""}}, {company("Rossi Impianti S.p.A.")}, "sure: Rossi Impianti S.p.A. (same name)"},
        {{{"Sørensen Byg", ""}}, {company("Sørensen Byg A/S")}, "sure: Sørensen Byg A/S (same name)"},
        {{{"Peeters Bouw", ""}}, {company("Peeters Bouw N.V.")}, "sure: Peeters Bouw N.V. (same name)"},
        {{{"Smith Plumbing", ""}}, {company("Smith Plumbing Company")}, "sure: Smith Plumbing Company (same name)"},
        {{{"Adler Freunde", ""}}, {company("Adler Freunde e.V.")}, "sure: Adler Freunde e.V. (same name)"},
        {{{"Adler Bau", ""}}, {company("Adler Bau SE & Co. KG")}, "sure: Adler Bau SE & Co. KG (same name)"},
        {{{"Adler Bau", ""}}, {company("Adler Bau AG")}, "sure: Adler Bau AG (same name)"},
        // No web address settles that: a branch has that of its firm.
        {{{"Garden Wellness", "garden.com"}},
         {company("Garden Wellness Spa", "www.garden.com")},
         open("SpA", "Garden Wellness Spa")},
        {{{"Garden Wellness", "garden.com"}},
         {company("Garden Wellness Spa", "www.garden.com"), company("Harbour Logistics", "garden.com")},
         open("SpA", "Garden Wellness Spa") + "; Harbour Logistics (web address)"},
        {{{"Garden Wellness", "garden.com"}, {"Harbour Logistics", "garden.com"}},
         {company("Garden Wellness Spa", "www.garden.com")},
         open("SpA", "Garden Wellness Spa")},
        {{{"Garden Wellness", "garden.com"}}, {company("Garden Wellness Spa")}, open("SpA", "Garden Wellness Spa")},
        {{{"Garden Wellness", "gmail.com"}},
         {company("Garden Wellness Spa", "gmail.com")},
         open("SpA", "Garden Wellness Spa")},
    });
}

TEST_CASE("A name that ends in the middle is nobody's for sure") {
    check({
        {{{"schreiber & gmbh", ""}},
         {company("Schreiber und GmbH")},
         "a name ends in the middle; Schreiber und GmbH (same name)"},
        {{{"Adler Bau GmbH & Co. KG", ""}},
         {company("Adler Bau GmbH & Co. KG")},
         "sure: Adler Bau GmbH & Co. KG (exact name)"},
    });
}

TEST_CASE("A web address alone is a candidate") {
    check({
        {{{"Adler Bau GmbH", "adler.de"}},
         {company("Adler Immobilien GmbH", "adler.de")},
         "the web address is the same, but not the name; Adler Immobilien GmbH (web address)"},
        {{{"Adler Hamburg GmbH", "adler.de"}},
         {company("Adler Homburg GmbH", "adler.de")},
         "the web address is the same, but not the name; Adler Homburg GmbH (web address)"},
        {{{"Praxis Adler 1", "adler.de"}},
         {company("Praxis Adler 2", "adler.de")},
         "the web address is the same, but not the name; Praxis Adler 2 (web address)"},
        {{{"Kanzlei Adler II", "adler.de"}},
         {company("Kanzlei Adler III", "adler.de")},
         "the web address is the same, but not the name; Kanzlei Adler III (web address)"},
        {{{"Adler Bau GmbH", "web.de"}}, {company("Fischer Optik GmbH", "web.de")}, "unmatched"},
    });
}

TEST_CASE("A slip of a finger is forgiven when the domain spells the word") {
    check({
        {{{"Nordlciht Druckerei GmbH", "nordlicht.de"}},
         {company("Nordlicht Druckerei GmbH", "nordlicht.de")},
         "sure: Nordlicht Druckerei GmbH (web address)"},
        {{{"Mülller Bau GmbH", "mueller-bau.de"}},
         {company("Müller Bau GmbH", "mueller-bau.de")},
         "sure: Müller Bau GmbH (web address)"},
        {{{"Nordlicht Durckerei GmbH", "nordlicht.de"}},
         {company("Nordlicht Druckerei GmbH", "nordlicht.de")},
         "the web address is the same, but not the name; Nordlicht Druckerei GmbH (web address)"},
        {{{"Nordlciht Druckerei GmbH", ""}},
         {company("Nordlicht Druckerei GmbH", "nordlicht.de")},
         "the names are only similar; Nordlicht Druckerei GmbH (similar name)"},
        {{{"Nordlciht Druckerei", "nordlicht.de"}},
         {company("Nordlicht Druckerei GmbH", "nordlicht.de")},
         "the names differ, and not both have a legal form; Nordlicht Druckerei GmbH (web address)"},
        {{{"Nordlciht Druckerei GmbH", "nordlicht.de"}, {"Nordlicht Service", "nordlicht.de"}},
         {company("Nordlicht Druckerei GmbH", "nordlicht.de")},
         "two organizations have this web address; Nordlicht Druckerei GmbH (web address)"},
    });
}

TEST_CASE("The same words in another order are sure with the web address") {
    check({
        {{{"Müller Bau GmbH", "mueller.de"}},
         {company("Bau Müller GmbH", "mueller.de")},
         "sure: Bau Müller GmbH (web address)"},
        {{{"Müller Bau GmbH", ""}},
         {company("Bau Müller GmbH")},
         "the names are only similar; Bau Müller GmbH (similar name)"},
        {{{"Müller Bau GmbH", "mueller.de"}},
         {company("Bau Müller AG", "mueller.de")},
         "the legal forms differ: GmbH, AG; Bau Müller AG (web address)"},
    });
}

TEST_CASE("A company that is sure to be another organization is a candidate by its name only") {
    const organizations left{{"Adler Bau GmbH", ""}, {"Adler Bau", ""}, {"Adlr Bau KG", ""}};
    const auto right = numbered({company("Adler Bau GmbH"), company("Fischer Optik")});
    const auto found = core::suggest(left, right);
    // The second may be the first under another name: then the company is that of both, and nothing is sure.
    CHECK(describe(right, found, 0) == "two organizations have this name; Adler Bau GmbH (exact name)");
    const organizations without{{"Adler Bau GmbH", ""}, {"Adler Bau AG", ""}, {"Adlr Bau KG", ""}};
    const auto again = core::suggest(without, right);
    CHECK(describe(right, again, 0) == "sure: Adler Bau GmbH (exact name)");
    CHECK(describe(right, again, 1) == "the legal forms differ: AG, GmbH; Adler Bau GmbH (same name)");
    CHECK(describe(right, again, 2) == "unmatched");
    CHECK(again.unmatched_companies == std::vector<std::size_t>{1});
}

TEST_CASE("Nothing comes of nothing") {
    CHECK(core::suggest({}, {}).sure.empty());
    const organizations left{{"", ""}, {" ", ""}};
    const auto right = numbered({company(""), company("  ")});
    const auto found = core::suggest(left, right);
    CHECK(found.unmatched_organizations.size() == 2);
    CHECK(found.unmatched_companies.size() == 2);
}

TEST_CASE("At most so many candidates are named, the best first") {
    companies many;
    for (int i = 0; i < 20; ++i)
        many.push_back(company("Adler Bau GmbH"));
    many.push_back(company("Adler Bau GmbH", "adler.de"));
    const auto right = numbered(std::move(many));
    const auto found = core::suggest(organizations{{"Adler Bau GmbH", "adler.de"}}, right);
    REQUIRE(found.ambiguous.size() == 1);
    CHECK(found.ambiguous.front().why_not == "21 companies have this name");
    CHECK(found.ambiguous.front().candidates.size() == core::most_candidates);
    CHECK(right[found.ambiguous.front().candidates.front().company].web_address == "adler.de");
}

TEST_CASE("Thousands of entries with one name or one domain cost no more than others") {
    organizations left;
    companies right;
    for (int i = 0; i < 3'000; ++i) {
        left.push_back({"Adler Bau GmbH", "adler.de"});
        right.push_back(company("Adler Bau GmbH", "adler.de"));
        left.push_back({"Praxis Adler " + std::to_string(i), "praxis.de"});
        right.push_back(company("Praxis Adler " + std::to_string(i + 3'000), "praxis.de"));
    }
    right = numbered(std::move(right));
    CHECK(core::suggest(left, right).sure.empty());
}

/// Names out of few parts, so that everything meets everything.
namespace {

std::string made_up_name(dice& random) {
    constexpr std::string_view heads[]{"Adler", "Müller", "Mueller", "Muller", "Praxis", "Adlr", "ADLER", "Nord"};
    constexpr std::string_view middles[]{"", " Bau", " & Bau", " und Bau", "-Bau", " 1", " 2", " Bau Köln", " Hamburg"};
    constexpr std::string_view ends[]{"", " GmbH", " gmbh", " AG", ", G.m.b.H.", " "};
    return std::string(random.pick(heads)) + std::string(random.pick(middles)) + std::string(random.pick(ends));
}

std::string made_up_domain(dice& random) {
    constexpr std::string_view domains[]{
        "",          "",           "adler.de",  "https://www.adler.com/", "mueller.de", "info@müller.de",
        "gmail.com", "nord.co.uk", "x.adler.de"};
    return std::string(random.pick(domains));
}

/// What was found, with every index replaced by the number that the entry had before it was moved.
std::map<std::size_t, std::string> by_origin(const core::suggestions& found, const std::vector<std::size_t>& left,
                                             const std::vector<std::size_t>& right) {
    std::map<std::size_t, std::string> all;
    for (const auto& one : found.sure)
        all[left[one.organization]] =
            "sure " + std::to_string(right[one.company]) + " " + std::string(core::to_string(one.why));
    for (const auto& one : found.ambiguous) {
        auto& text = all[left[one.organization]] = one.why_not;
        for (const auto& [company, why] : one.candidates)
            text += " " + std::to_string(right[company]) + " " + std::string(core::to_string(why));
    }
    for (const auto one : found.unmatched_organizations)
        all[left[one]] = "unmatched";
    return all;
}

std::vector<std::size_t> numbers_below(std::size_t count) {
    std::vector<std::size_t> numbers(count);
    std::iota(numbers.begin(), numbers.end(), std::size_t{0});
    return numbers;
}

} // namespace

TEST_CASE("Every organization is in one list, no company is sure twice, and the order makes no difference") {
    dice random(13);
    std::size_t sure = 0;
    for (int round = 0; round < 1'500; ++round) {
        organizations left;
        companies right;
        for (auto n = random.roll(12); n > 0; --n)
            left.push_back({made_up_name(random), made_up_domain(random)});
        for (auto n = random.roll(12); n > 0; --n)
            right.push_back(company(made_up_name(random), made_up_domain(random)));
        right = numbered(std::move(right));
        const auto found = core::suggest(left, right);

        const auto all = by_origin(found, numbers_below(left.size()), numbers_below(right.size()));
        REQUIRE(found.sure.size() + found.ambiguous.size() + found.unmatched_organizations.size() == left.size());
        REQUIRE(all.size() == left.size());
        std::set<std::size_t> taken;
        std::set<std::size_t> named;
        for (const auto& one : found.sure) {
            REQUIRE(taken.insert(one.company).second);
            REQUIRE(one.why != core::evidence::similar_name);
        }
        for (const auto& one : found.ambiguous) {
            REQUIRE_FALSE(one.candidates.empty());
            REQUIRE(one.candidates.size() <= core::most_candidates);
            REQUIRE_FALSE(one.why_not.empty());
            REQUIRE(std::ranges::is_sorted(one.candidates, {}, &core::candidate::why));
            for (const auto& [index, why] : one.candidates)
                named.insert(index);
        }
        for (const auto one : found.unmatched_companies)
            REQUIRE_FALSE((taken.contains(one) || named.contains(one)));
        named.insert(taken.begin(), taken.end());
        REQUIRE(named.size() + found.unmatched_companies.size() == right.size());
        sure += found.sure.size();

        auto moved_left = numbers_below(left.size());
        auto moved_right = numbers_below(right.size());
        random.shuffle(moved_left);
        random.shuffle(moved_right);
        organizations other_left;
        companies other_right;
        for (const auto index : moved_left)
            other_left.push_back(left[index]);
        for (const auto index : moved_right)
            other_right.push_back(right[index]);
        REQUIRE(by_origin(core::suggest(other_left, other_right), moved_left, moved_right) == all);
    }
    CHECK(sure > 400);
}

TEST_CASE("One more company of the same name and form leaves nothing sure of that name") {
    dice random(14);
    for (int round = 0; round < 300; ++round) {
        organizations left;
        companies right;
        for (auto n = 1 + random.roll(8); n > 0; --n)
            left.push_back({made_up_name(random), ""});
        for (auto n = 1 + random.roll(8); n > 0; --n)
            right.push_back(company(made_up_name(random)));
        right = numbered(std::move(right));
        for (const auto& one : core::suggest(left, right).sure) {
            auto doubled = right;
            doubled.push_back({core::company_id{99}, right[one.company].name, ""});
            for (const auto& again : core::suggest(left, doubled).sure)
                REQUIRE(again.organization != one.organization);
        }
    }
}
