#include "core/contact_index.hpp"

#include "tests/core/support.hpp"

#include <catch2/catch.hpp>

using namespace core_tests;

namespace {

std::vector<std::int64_t> ids(const std::vector<const core::contact*>& found) {
    std::vector<std::int64_t> list;
    for (const auto* who : found)
        list.push_back(who->id.value);
    return list;
}

using list = std::vector<std::int64_t>;

} // namespace

TEST_CASE("Contacts are found by whole address and by local part, in the order of their ids") {
    const std::vector contacts{
        contact_with(30, {"jsmith@acme.example"}),
        contact_with(10, {"JSmith@other.example"}),
        contact_with(20, {"Jane <jsmith@acme.example>"}),
        contact_with(40, {"jsmithers@acme.example"}),
    };
    const core::contact_index index(contacts);
    CHECK(ids(index.with_address("jsmith@acme.example")) == list{20, 30});
    CHECK(ids(index.with_local_part("jsmith")) == list{10, 20, 30});
    CHECK(ids(index.with_local_part("jsmithers")) == list{40});
    CHECK(index.with_local_part("jsmit").empty());
    CHECK(index.with_local_part("").empty());
    CHECK(index.with_local_part("zzz").empty());
    CHECK(index.with_address("jsmith").empty());
    CHECK(index.with_address("jsmith@acme.example2").empty());
    CHECK(index.unreadable() == 0);
}

TEST_CASE("A contact that matches through two addresses is found once") {
    const std::vector contacts{contact_with(1, {"a@one.example", "A@two.example", "a@one.example"})};
    const core::contact_index index(contacts);
    CHECK(ids(index.with_local_part("a")) == list{1});
    CHECK(ids(index.with_address("a@one.example")) == list{1});
}

TEST_CASE("Inactive contacts and those without an address are no candidates; only the latter are counted") {
    const std::vector contacts{
        contact_with(1, {"a@acme.example"}, false),
        contact_with(2, {}),
        contact_with(3, {"", "none"}),
        contact_with(4, {"a@b, c@d"}),
        contact_with(5, {"junk"}, false),
        contact_with(6, {"junk", "a@acme.example"}),
    };
    const core::contact_index index(contacts);
    CHECK(ids(index.with_local_part("a")) == list{6});
    CHECK(index.unreadable() == 3);
}

TEST_CASE("Dots and tags make distinct local parts, and letters with a diacritic stay apart") {
    const std::vector contacts{
        contact_with(1, {"jsmith@a.example"}),    contact_with(2, {"j.smith@a.example"}),
        contact_with(3, {"jsmith+it@a.example"}), contact_with(4, {"m\xC3\xBCller@a.example"}),
        contact_with(5, {"muller@a.example"}),    contact_with(6, {"none@none.com"}),
    };
    const core::contact_index index(contacts);
    CHECK(ids(index.with_local_part("jsmith")) == list{1});
    CHECK(ids(index.with_local_part("j.smith")) == list{2});
    CHECK(ids(index.with_local_part("jsmith+it")) == list{3});
    CHECK(ids(index.with_local_part("m\xC3\xBCller")) == list{4});
    CHECK(ids(index.with_local_part("muller")) == list{5});
    CHECK(ids(index.with_local_part("none")) == list{6});
}

TEST_CASE("Addresses with one local part are compared whole") {
    const std::vector contacts{
        contact_with(1, {"a@one.example"}), contact_with(2, {"A@ONE.example"}), contact_with(3, {"b@one.example"}),
        contact_with(4, {"b@two.example"}), contact_with(5, {"a-b@x.example"}), contact_with(6, {"a.b@x.example"}),
        contact_with(7, {"ab@x.example"}),  contact_with(8, {"z@x.example"}),
    };
    const core::contact_index index(contacts);
    CHECK(index.local_part_has_one_address("a"));
    CHECK_FALSE(index.local_part_has_one_address("b"));
    CHECK(index.local_part_has_one_address("z"));
    CHECK_FALSE(index.local_part_has_one_address("zz"));
    CHECK_FALSE(index.local_part_has_one_address("c"));
}

TEST_CASE("An index of nobody finds nobody") {
    const core::contact_index index({});
    CHECK(index.with_address("a@b").empty());
    CHECK(index.with_local_part("a").empty());
    CHECK_FALSE(index.local_part_has_one_address("a"));
    CHECK(index.unreadable() == 0);
}
