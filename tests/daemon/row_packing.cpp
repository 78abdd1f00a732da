#include "daemon/memory/known_rows.hpp"

#include <catch2/catch.hpp>
#include <limits>

namespace {

constexpr core::company_id company{7};

core::device device(std::int64_t id) {
    core::device made;
    made.id.value = id;
    made.company = company;
    return made;
}

core::contact contact(std::int64_t id) {
    core::contact made;
    made.id.value = id;
    made.company = company;
    return made;
}

} // namespace

TEST_CASE("devices come out of the memory as they went in") {
    std::vector<core::device> rows{device(1), device(-3), device(std::numeric_limits<std::int64_t>::max())};
    rows[0].contact = core::contact_id{30'000'076};
    rows[0].type = -1;
    rows[1].hostname = std::string("a\0b", 3);
    rows[1].title = std::string(300, 'x');
    rows[2].last_user = "ACME\\jürgen";
    const auto packed = contactd::pack(rows);
    std::vector<core::device> again;
    contactd::unpack(packed, company, again);
    REQUIRE(again.size() == rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        CHECK(again[i].id == rows[i].id);
        CHECK(again[i].company == company);
        CHECK(again[i].contact == rows[i].contact);
        CHECK(again[i].type == rows[i].type);
        CHECK(again[i].hostname == rows[i].hostname);
        CHECK(again[i].title == rows[i].title);
        CHECK(again[i].last_user == rows[i].last_user);
        CHECK(again[i].active);
    }
}

TEST_CASE("contacts come out of the memory as they went in") {
    std::vector<core::contact> rows{contact(1), contact(2)};
    rows[0].first_name = "Hélène";
    rows[0].last_name = "Lefèvre";
    rows[1].addresses = {"a@b.example", "", std::string(254, 'y')};
    const auto packed = contactd::pack(rows);
    std::vector<core::contact> again;
    contactd::unpack(packed, company, again);
    REQUIRE(again.size() == rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        CHECK(again[i].id == rows[i].id);
        CHECK(again[i].company == company);
        CHECK(again[i].first_name == rows[i].first_name);
        CHECK(again[i].last_name == rows[i].last_name);
        CHECK(again[i].addresses == rows[i].addresses);
        CHECK(again[i].active);
    }
}

TEST_CASE("a company without rows is known all the same, and one that was forgotten is not") {
    contactd::known_rows<core::device> known;
    known.put(company, {});
    CHECK(known.knows(company));
    CHECK(known.of(company).empty());
    known.forget(company);
    CHECK_FALSE(known.knows(company));
    CHECK(known.bytes() == 0);
}

TEST_CASE("the memory never grows beyond its bound; of a company that finds no room nothing is kept") {
    contactd::known_rows<core::device> known(20'000);
    for (std::int64_t i = 0; i < 1'000; ++i) {
        const std::vector<core::device> rows(static_cast<std::size_t>(i % 40), device(i));
        known.put(core::company_id{i}, rows);
        REQUIRE(known.bytes() <= 20'000);
    }
    CHECK(known.rows() > 100);
    const auto kept = known.companies();
    CHECK(kept.size() > 10);
    CHECK(kept.size() < 1'000);
    known.put(kept.front(), std::vector<core::device>(10'000, device(1)));
    CHECK_FALSE(known.knows(kept.front())); // Rather nothing than what was before.
}
