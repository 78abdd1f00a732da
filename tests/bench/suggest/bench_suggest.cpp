#include "core/suggest.hpp"
#include "tests/bench/suggest/made_up_clients.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// How often `suggest` is right, and how long it takes, on made-up clients of which the truth is known. Exits with 1
/// when a single sure match is wrong.
namespace {

struct options {
    std::uint64_t seeds = 20;
    std::uint64_t from = 1;
    std::uint64_t size = 5'000;
    std::uint64_t blind = 0;   ///< Keep pairs that no information tells apart.
    std::uint64_t verbose = 0; ///< How many examples of each kind to print.
};

/// What became of the organizations that have a partner.
struct outcome {
    std::uint64_t all = 0;
    std::uint64_t sure = 0;
    std::uint64_t among_candidates = 0;
    std::uint64_t other_candidates = 0;
    std::uint64_t unmatched = 0;

    void add(const outcome& other) {
        all += other.all;
        sure += other.sure;
        among_candidates += other.among_candidates;
        other_candidates += other.other_candidates;
        unmatched += other.unmatched;
    }
};

struct sums {
    std::array<std::uint64_t, core::evidence_count> sure{};
    std::array<std::uint64_t, core::evidence_count> wrong{};
    outcome partnered;
    std::map<std::string_view, outcome> by_kind;
    std::map<std::string, std::uint64_t> reasons; ///< Of open matches whose best candidate is the partner.
    std::uint64_t candidates_without_partner = 0; ///< Organizations without a partner that have candidates.
    std::uint64_t without_partner = 0;
    double worst_seconds = 0;
};

double processor_seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

double percent(std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? 100.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

unsigned long long printable(std::uint64_t number) {
    return number;
}

/// A phrase without the names in it, so that it can be counted.
std::string shape(const std::string& why) {
    for (const std::string_view mark : {":", " short for"})
        if (const auto at = why.find(mark); at != std::string::npos)
            return why.substr(0, at + (mark == ":" ? 0 : mark.size()));
    return why;
}

void print_pair(const char* what, const bench::clients& made, std::size_t organization, std::size_t company,
                const std::string& why) {
    const auto& one = made.organizations[organization].entry;
    const auto& other = made.companies[company].entry;
    std::printf("    %s: \"%s\" %s | \"%s\" %s (%s)\n", what, one.name.c_str(), one.domain.c_str(), other.name.c_str(),
                other.web_address.c_str(), why.c_str());
}

class scorer {
public:
    scorer(const options& wanted, sums& all) : wanted_(wanted), all_(all) {}

    void run(std::uint64_t seed) {
        const auto made = bench::make_clients(seed, wanted_.size, wanted_.blind != 0);
        std::vector<core::organization_entry> organizations;
        for (const auto& one : made.organizations)
            organizations.push_back(one.entry);
        std::vector<core::company_entry> companies;
        for (const auto& one : made.companies)
            companies.push_back(one.entry);
        const auto start = processor_seconds();
        const auto found = core::suggest(organizations, companies);
        const auto seconds = processor_seconds() - start;
        all_.worst_seconds = std::max(all_.worst_seconds, seconds);

        std::uint64_t sure = 0;
        std::uint64_t wrong = 0;
        std::map<std::string_view, outcome> kinds;
        for (std::size_t i = 0; i < made.organizations.size(); ++i)
            if (made.partner(i))
                ++kinds[made.organizations[i].kind].all;
        for (const auto& one : found.sure) {
            ++sure;
            ++all_.sure[static_cast<std::size_t>(one.why)];
            if (made.partner(one.organization) == one.company) {
                ++kinds[made.organizations[one.organization].kind].sure;
                continue;
            }
            ++wrong;
            ++all_.wrong[static_cast<std::size_t>(one.why)];
            if (printed_wrong_++ < 20)
                print_pair("WRONG", made, one.organization, one.company, std::string(core::to_string(one.why)));
        }
        for (const auto& one : found.ambiguous)
            count_open(made, one, kinds);
        for (const auto organization : found.unmatched_organizations) {
            if (const auto partner = made.partner(organization)) {
                ++kinds[made.organizations[organization].kind].unmatched;
                if (printed_unmatched_++ < wanted_.verbose)
                    print_pair("missed", made, organization, *partner, "unmatched");
            } else {
                ++all_.without_partner;
            }
        }
        outcome total;
        for (const auto& [kind, numbers] : kinds) {
            total.add(numbers);
            all_.by_kind[kind].add(numbers);
        }
        all_.partnered.add(total);
        std::printf("%6llu %6zu %6zu %8llu %6llu %6llu %8.3f %7.2f %9.2f %9llu %7.3f\n", printable(seed),
                    made.organizations.size(), made.companies.size(), printable(total.all), printable(sure),
                    printable(wrong), percent(sure - wrong, sure), percent(total.sure, total.all),
                    percent(total.among_candidates, total.all - total.sure), printable(made.rewritten), seconds);
    }

private:
    void count_open(const bench::clients& made, const core::open_match& one,
                    std::map<std::string_view, outcome>& kinds) {
        const auto partner = made.partner(one.organization);
        if (!partner) {
            ++all_.without_partner;
            ++all_.candidates_without_partner;
            return;
        }
        auto& numbers = kinds[made.organizations[one.organization].kind];
        const bool named =
            std::ranges::find(one.candidates, *partner, &core::candidate::company) != one.candidates.end();
        ++(named ? numbers.among_candidates : numbers.other_candidates);
        if (one.candidates.front().company == *partner && all_.reasons[shape(one.why_not)]++ < wanted_.verbose)
            print_pair("open", made, one.organization, *partner, one.why_not);
        if (!named && printed_other_++ < wanted_.verbose)
            print_pair("not named", made, one.organization, *partner, one.why_not);
    }

    const options& wanted_;
    sums& all_;
    std::uint64_t printed_wrong_ = 0;
    std::uint64_t printed_unmatched_ = 0;
    std::uint64_t printed_other_ = 0;
};

void print(const sums& all) {
    std::printf("\nsure by evidence       number  wrong  precision\n");
    for (std::size_t i = 0; i < all.sure.size(); ++i) {
        const auto name = core::to_string(static_cast<core::evidence>(i));
        std::printf("  %-18.*s %8llu %6llu %9.3f%%\n", static_cast<int>(name.size()), name.data(),
                    printable(all.sure[i]), printable(all.wrong[i]), percent(all.sure[i] - all.wrong[i], all.sure[i]));
    }
    std::printf("\norganizations with a partner      number   sure  among candidates  other candidates  unmatched\n");
    const auto row = [](std::string_view name, const outcome& one) {
        std::printf("  %-28.*s %10llu %5.1f%% %16.1f%% %16.1f%% %9.1f%%\n", static_cast<int>(name.size()), name.data(),
                    printable(one.all), percent(one.sure, one.all), percent(one.among_candidates, one.all),
                    percent(one.other_candidates, one.all), percent(one.unmatched, one.all));
    };
    for (const auto& [kind, numbers] : all.by_kind)
        row(kind, numbers);
    row("all", all.partnered);
    std::printf("\nnot sure, and the partner is the best candidate, because\n");
    for (const auto& [why, count] : all.reasons)
        std::printf("  %8llu  %s\n", printable(count), why.c_str());
    std::printf("\n%llu of %llu organizations without a partner have candidates; the longest took %.3f s\n",
                printable(all.candidates_without_partner), printable(all.without_partner), all.worst_seconds);
}

std::optional<options> read_arguments(int count, char** arguments) {
    options wanted;
    const std::map<std::string_view, std::uint64_t*> known{{"--seeds", &wanted.seeds},
                                                           {"--from", &wanted.from},
                                                           {"--size", &wanted.size},
                                                           {"--blind", &wanted.blind},
                                                           {"--verbose", &wanted.verbose}};
    for (int i = 1; i < count; i += 2) {
        const auto found = known.find(arguments[i]);
        char* end = nullptr;
        if (found == known.end() || i + 1 >= count)
            return std::nullopt;
        *found->second = std::strtoull(arguments[i + 1], &end, 10);
        if (end == arguments[i + 1] || *end != '\0')
            return std::nullopt;
    }
    return wanted;
}

} // namespace

int main(int argc, char** argv) {
    const auto wanted = read_arguments(argc, argv);
    if (!wanted) {
        std::fputs("usage: bench_suggest [--seeds N] [--from SEED] [--size N] [--blind 0|1] [--verbose N]\n", stderr);
        return 64;
    }
    std::printf("  seed   orgs  comps partners   sure  wrong   prec.%%  rec.%%   named%% rewritten       s\n");
    sums all;
    scorer each(*wanted, all);
    for (std::uint64_t i = 0; i < wanted->seeds; ++i)
        each.run(wanted->from + i);
    print(all);
    return std::ranges::any_of(all.wrong, [](std::uint64_t wrong) { return wrong > 0; }) ? 1 : 0;
}
