#include "daemon/audit/reading/log_names.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace contactd;
using names = std::vector<std::string>;

names readable(const std::vector<neighbour_file>& folder) {
    names all;
    for (const auto& one : find_rotated("audit.jsonl", folder).readable)
        all.push_back(one.name);
    return all;
}

std::vector<neighbour_file> of_one_age(const names& all) {
    std::vector<neighbour_file> folder;
    for (const auto& one : all)
        folder.push_back({one, 1});
    return folder;
}

} // namespace

TEST_CASE("the rotated files of a log come by their age, the oldest first") {
    struct {
        const char* why;
        names folder;
        names expected;
    } const rows[] = {
        {"none", {"audit.jsonl"}, {}},
        {"by number",
         {"audit.jsonl.1", "audit.jsonl.10.gz", "audit.jsonl", "audit.jsonl.2.gz"},
         {"audit.jsonl.10.gz", "audit.jsonl.2.gz", "audit.jsonl.1"}},
        {"by date",
         {"audit.jsonl-20261124", "audit.jsonl-20251231.gz", "audit.jsonl-20261101.gz"},
         {"audit.jsonl-20251231.gz", "audit.jsonl-20261101.gz", "audit.jsonl-20261124"}},
        {"by date and time",
         {"audit.jsonl-20261124-1764000009", "audit.jsonl-20261124-1764000001.gz"},
         {"audit.jsonl-20261124-1764000001.gz", "audit.jsonl-20261124-1764000009"}},
        {"being compressed",
         {"audit.jsonl.2", "audit.jsonl.2.gz", "audit.jsonl.1"},
         {"audit.jsonl.2", "audit.jsonl.1"}},
        {"of others",
         {"audit.jsonl.bak", "audit.jsonl.1.tmp", "audit.jsonl~", "audit.jsonl.", "audit.jsonl-", "audit.jsonl.1-2",
          "audit.jsonl-2026-", "audit.jsonl.-1", "audit.jsonlx1", "audit.json.1", "other.jsonl.1", "audit.jsonl.gz"},
         {}},
    };
    for (const auto& one : rows) {
        INFO(one.why);
        CHECK(readable(of_one_age(one.folder)) == one.expected);
    }
}

TEST_CASE("where numbers and dates are mixed, the kind that was given up is the older one") {
    CHECK(readable({{"audit.jsonl.1", 20}, {"audit.jsonl.2", 10}, {"audit.jsonl-20261124", 30}}) ==
          names{"audit.jsonl.2", "audit.jsonl.1", "audit.jsonl-20261124"});
    CHECK(readable({{"audit.jsonl.1", 40}, {"audit.jsonl.2", 10}, {"audit.jsonl-20261124", 30}}) ==
          names{"audit.jsonl-20261124", "audit.jsonl.2", "audit.jsonl.1"});
}

TEST_CASE("files that another program compressed are named") {
    const auto found = find_rotated("audit.jsonl", of_one_age({"audit.jsonl.3.xz", "audit.jsonl.1", "audit.jsonl.2.zst",
                                                               "audit.jsonl.1.bz2", "audit.jsonl.x.xz"}));
    CHECK(found.unreadable == names{"audit.jsonl.2.zst", "audit.jsonl.3.xz"});
}
