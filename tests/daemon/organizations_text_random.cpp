#include "daemon/organizations/organizations_text.hpp"

#include "tests/support/organization_promises.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <random>
#include <set>

// Random edits of files that people might write, and of some that nobody should.

namespace {

using contactd::organization_edit;

const std::array<std::string, 9> files{
    "",
    "# only a comment",
    "\xEF\xBB\xBF# Ünsere Kunden\r\n\r\n[[organization]]\r\nname = 'A'   # ä\r\ncompany_id = 1\t# tab\r\n\r\n"
    "[[organization]]   # zwei\r\nname = \"b\"\r\ntags = [\r\n  'x', # ]\r\n\r\n  \"[y\",\r\n]   # tags\r\n",
    "[[organization]]\nname='A'\n[[organization]]\nname='b'\n[[organization]]\nname='Ç'",
    "version = 1\n\n  [[ organization ]]\n\t name       = \"A\"      # the first\n\t company_id = 0x10     # hex\n"
    "\t # between\n\t tags       = []\n\t [organization.match]\n\t device_types = [ '*' ] # all\n\n"
    "[[organization.note]]\ntags = 1\n# of b\n[[organization]]\nname = \"b\"\nmatch.rules = [\n\"email\"\n] # r\n"
    "\"company_id\" = 7\n# end",
    "[[organization]]\ntags = '''\n[[organization]]\nname = 'b'\n'''   # no heading\nname = \"\"\"A\"\"\" # three\n"
    "company_id = 1979-05-27 07:32:00   # a date\nx = { tags = 1, y = [ { a = 1 } ] }     # inline\n[other]\nname = "
    "'A'\n"
    "tags = 1\n[[organization]]\n# nothing here\n[organization.policy]\nwrite = 'x'\n",
    "[[organization]]\nname = \"A\"\ncompany_id=1#c\ntags=\"# \\\" ' [\"#d\n\n\n\n[organization.match]\n"
    "[[organization]]\nname = \"b\"\nname2 = 1\n[organization.match.tags]\n",
    "a.organization = 1\n'organization' = []\n",
    "[[organization]]\nname = 'A'\n[[x]]\n[[x.organization]]\nname = 'b'\n[[organization]]\nmatch = 1\nname = "
    "'b'\r\n\n\n",
};

const std::array<std::string, 5> names{"A", "b", " B ", "ç", "new"};
const std::array<std::string, 7> keys{"name", "company_id", "tags", "match", "x", "ü", "name2"};
const std::array<std::string, 12> values{"1",
                                         "'A'",
                                         "\"New\"",
                                         "\"#\"",
                                         "[\n  1, # one\n]",
                                         "{ a = 1 }",
                                         "'''\n[x]\n'''",
                                         "nan",
                                         "1979-05-27",
                                         "[ '*' ]",
                                         "true",
                                         "\"a very long text with a ü in it\""};

} // namespace

TEST_CASE("random edits change what was asked, and no other line") {
    std::mt19937 chance(4711);
    const auto one_of = [&chance](const auto& list) -> const auto& {
        return list[chance() % list.size()];
    };
    int accepted = 0;
    std::set<std::string> refusals;
    for (int round = 0; round < 6000; ++round) {
        const std::string& file = one_of(files);
        std::vector<organization_edit> edits(1 + chance() % 3);
        for (organization_edit& edit : edits) {
            edit.name = one_of(names);
            for (auto count = chance() % 4; count > 0; --count) {
                const std::string& key = one_of(keys);
                std::optional<std::string> value;
                if (chance() % 3 > 0)
                    value = one_of(values);
                edit.keys.push_back({key, std::move(value)});
            }
        }
        const auto edited = contactd::edit_organizations(file, edits);
        if (edited) {
            ++accepted;
            const std::string broken = support::broken_promise(file, edits, *edited);
            INFO(file << "\n------\n" << *edited);
            REQUIRE(broken == "");
        } else {
            INFO(file);
            REQUIRE(!edited.error().contains("The edited file would"));
            refusals.insert(edited.error());
        }
    }
    CHECK(accepted > 1500);
    CHECK(refusals.size() > 10);
}
