// How long `contactd audit` takes for what somebody asks of a large log, beside grep looking for the same lines: both
// as processes, one after the other in one run, the medians of several rounds.
//
//     bench_audit [MiB [FOLDER]]      a log of 1024 MiB in the folder for temporary files

#include "tests/bench/audit/made_up_log.hpp"
#include "tests/support/process.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <string>
#include <vector>

namespace {

using clock_type = std::chrono::steady_clock;

constexpr int rounds = 5;

struct question {
    const char* name;
    std::vector<std::string> options;
    std::string pattern; ///< That grep finds the same lines by.
};

struct measured {
    double seconds = 0;
    std::int64_t lines = 0;
    long peak_kib = 0;
};

measured run(const std::vector<std::string>& arguments, const std::string& place) {
    const auto begun = clock_type::now();
    const auto ended = support::process(arguments, {{"LC_ALL", "C"}}, place).wait(std::chrono::seconds{300});
    const std::chrono::duration<double> taken = clock_type::now() - begun;
    return {taken.count(), std::ranges::count(ended.out, '\n'), ended.peak_kib};
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

} // namespace

int main(int argc, char** argv) {
    const auto mib = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1024;
    const support::temporary_directory place(argc > 2 ? argv[2] : std::filesystem::temp_directory_path().string());
    const auto log = place.path() + "/audit.jsonl";
    const auto made = bench::write_made_up_log(log, mib << 20);
    std::printf("a log of %.2f GiB: %lld lines of %lld sweeps of 300 companies and %lld devices\n",
                static_cast<double>(made.bytes) / (1 << 30), static_cast<long long>(made.lines),
                static_cast<long long>(made.sweeps), static_cast<long long>(made.devices));
    const question questions[] = {
        {"a device by its id",
         {"--device", std::to_string(made.a_device)},
         fmt::format("\"device_id\":{},", made.a_device)},
        {"a device by its name", {"--device", "falke-pc03210"}, "\"device\":\"FALKE-PC03210\""},
        {"a company by its name", {"--company", made.a_company}, "\"company\":\"Falke 77 "},
        {"an event", {"--event", "reassigned"}, "\"event\":\"reassigned\""},
        {"the last three days", {"--since", made.late}, ""},
    };
    bool same = true;
    for (const auto& [name, options, pattern] : questions) {
        std::vector<std::string> asked{CONTACTD, "audit", "--file", log, "--json"};
        asked.insert(asked.end(), options.begin(), options.end());
        std::vector<double> ours;
        std::vector<double> greps;
        measured us;
        measured grep;
        for (int round = 0; round < rounds; ++round) {
            us = run(asked, place.path());
            ours.push_back(us.seconds);
            if (pattern.empty())
                continue;
            grep = run({"/usr/bin/grep", "-F", pattern, log}, place.path());
            greps.push_back(grep.seconds);
        }
        std::printf("%-22s %8lld lines: audit %.3f s", name, static_cast<long long>(us.lines), median(ours));
        if (!pattern.empty()) {
            std::printf(", grep -F %.3f s, ratio %.2f", median(greps), median(ours) / median(greps));
            same = same && us.lines == grep.lines;
        }
        // Later ones begin as a copy of this program, which has read what was printed.
        if (&options == &questions[0].options)
            std::printf("; %.1f MiB of memory", static_cast<double>(us.peak_kib) / 1024);
        std::printf("\n");
    }
    std::printf("both found the same number of lines: %s\n", same ? "yes" : "NO");
    return same ? EXIT_SUCCESS : EXIT_FAILURE;
}
