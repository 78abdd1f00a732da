#include "daemon/audit/reading/first_line.hpp"

#include "daemon/audit/reading/byte_source.hpp"
#include "daemon/timestamp.hpp"
#include "tests/support/process.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fcntl.h>
#include <fstream>
#include <functional>

namespace {

using namespace contactd;
using namespace std::chrono_literals;

const core::wall_time begin = std::chrono::sys_days{std::chrono::year{2026} / 11 / 1};

/// The n-th line of a log that gets a line a minute.
std::string line(std::int64_t n, core::wall_time when) {
    return R"({"ts":")" + timestamp(when) + R"(","event":"skipped","sweep":"S","instance":"main","device_id":)" +
           std::to_string(n) + "}\n";
}

} // namespace

TEST_CASE("a large file is entered near the time that is asked for, unless its clock cannot be trusted") {
    const support::temporary_directory folder;
    const auto path = folder.path() + "/audit.jsonl";
    struct {
        const char* why;
        std::function<core::wall_time(std::int64_t)> clock;
        bool searched;
    } const rows[] = {
        {"a line a minute", [](std::int64_t n) { return begin + std::chrono::minutes{n}; }, true},
        {"set back by half an hour now and then",
         [](std::int64_t n) { return begin + std::chrono::minutes{n - (n / 1000) % 2 * 30}; }, true},
        {"1970 in the middle",
         [](std::int64_t n) { return n > 14000 && n < 26000 ? core::wall_time{} : begin + std::chrono::minutes{n}; },
         false},
    };
    constexpr std::int64_t count = 40000;
    for (const auto& one : rows) {
        INFO(one.why);
        std::string text;
        std::vector<std::uint64_t> offsets;
        for (std::int64_t n = 0; n < count; ++n) {
            offsets.push_back(text.size());
            text += line(n, one.clock(n));
        }
        std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
        const owned_descriptor file(::open(path.c_str(), O_RDONLY));
        for (const std::int64_t wanted : {0, 1, 5000, 20001, 33333, 39999, 50000}) {
            const auto since = begin + std::chrono::minutes{wanted};
            const auto at = first_line_since(file.get(), since);
            CAPTURE(wanted, at);
            CHECK((at == 0 || text[at - 1] == '\n'));
            for (std::int64_t n = 0; n < count; ++n)
                if (one.clock(n) >= since) {
                    CHECK(offsets[static_cast<std::size_t>(n)] >= at);
                    break;
                }
            if (one.searched && wanted >= 20000)
                CHECK(at + (2 << 20) > offsets[static_cast<std::size_t>(std::min(wanted, count - 1))]);
            if (!one.searched)
                CHECK(at == 0);
        }
    }
}
