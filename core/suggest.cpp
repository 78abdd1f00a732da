#include "core/suggest.hpp"

#include "core/client_lists.hpp"
#include "core/near_spelling.hpp"
#include "core/similar_names.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace core {
namespace {

constexpr std::array<std::string_view, evidence_count> evidence_words{
    "exact name",
    "same name",
    "web address",
    "similar name",
};
static_assert(static_cast<int>(evidence::similar_name) + 1 == evidence_count);

/// More that share a name or a domain than these are not looked at one by one: nothing about them can be sure.
constexpr std::size_t most_sharing = 64;

bool are_too_many(const sharers& all) {
    return all.organizations.size() > most_sharing || all.companies.size() > most_sharing;
}

std::string count_words(std::size_t count, std::string_view what) {
    constexpr std::array<std::string_view, 10> small{"no",   "one", "two",   "three", "four",
                                                     "five", "six", "seven", "eight", "nine"};
    return (count < small.size() ? std::string(small[count]) : std::to_string(count)) + " " + std::string(what);
}

/// What is different about two entries that are otherwise alike; empty where nothing is.
std::string contradiction(const known_company& one, const known_company& other) {
    if (legal_forms_differ(one.name, other.name))
        return "the legal forms differ: " + one.name.legal_form + ", " + other.name.legal_form;
    if (have_different_web(one, other))
        return "the web addresses differ: " + one.host + ", " + other.host;
    return {};
}

/// Whether a third entry of this name may be the one that is meant. Only another legal form speaks against it, and only
/// where both names have one. Another domain does not: a company may have two, and two companies of one group one.
bool competes(const known_company& third, const known_company& one, const known_company& other) {
    return !have_equal_forms(one, other) || !legal_forms_differ(third.name, one.name);
}

evidence evidence_of_name(const known_company& one, const known_company& other) {
    return one.text == other.text ? evidence::exact_name : evidence::same_name;
}

/// One word, and whatever initials beside it: "Adler" and "S&S" are what people call many a longer name.
bool says_little(const company_name& name) {
    return std::ranges::count_if(name.words, [](const name_word& one) { return one.plain.size() > 2; }) < 2;
}

/// "Schreiber &": whose name went on has been lost.
bool ends_in_the_middle(const company_name& name) {
    return !name.words.empty() && name.words.back().plain == "&";
}

/// Why two that have the same name, but not both a legal form, are two companies perhaps: what looks like the form of
/// one may be a word or a place. A web address settles nothing, because a branch has that of its firm. Empty where that
/// is not so.
std::string doubt_of_word(const company_name& one, const company_name& other) {
    for (const auto* name : {&one, &other})
        if (name->form_may_be_word)
            return "only one of the two has a legal form, and it may be a word or a place: " + name->legal_form;
    return {};
}

/// What was found out about an organization and a company.
struct verdict {
    std::string doubt; ///< Empty when they are the same for sure.
    evidence why = evidence::same_name;
};

/// Judges a pair: the rules of what is sure.
class judge {
public:
    explicit judge(const client_lists& lists) : lists_(lists) {}

    /// Of an organization and a company of the same name.
    verdict of_namesakes(std::size_t organization, std::size_t company) const {
        const auto& one = lists_.organizations()[organization];
        const auto& other = lists_.companies()[company];
        if (auto doubt = doubt_of_others(organization, company); !doubt.empty())
            return {std::move(doubt)};
        if (ends_in_the_middle(one.name) || ends_in_the_middle(other.name))
            return {"a name ends in the middle"};
        bool needs_web = false;
        if (one.name.spelled_key != other.name.spelled_key) {
            if (!have_same_web(one, other))
                return {"an umlaut may be missing in one of the names"};
            needs_web = true;
        }
        if (!have_equal_forms(one, other)) {
            if (const auto* longer = lists_.longer_than(one.name))
                return {"it may be short for " + *longer};
        }
        if (one.name.legal_form != other.name.legal_form) { // Only one of them has one.
            if (auto doubt = doubt_of_word(one.name, other.name); !doubt.empty())
                return {std::move(doubt)};
            if (says_little(one.name)) {
                if (!have_same_web(one, other) || !lists_.domain_of_organization(organization)->one_each())
                    return {"a short name, and only one of the two has a legal form"};
                needs_web = true;
            }
        }
        return {{}, needs_web ? evidence::web_address : evidence_of_name(one, other)};
    }

    /// Of an organization and a company that share a domain, but not a name.
    verdict of_neighbours(std::size_t organization, std::size_t company) const {
        const auto& one = lists_.organizations()[organization];
        const auto& other = lists_.companies()[company];
        const auto& all = *lists_.domain_of_organization(organization);
        if (all.companies.size() > 1)
            return {count_words(all.companies.size(), "companies have this web address")};
        if (all.organizations.size() > 1)
            return {count_words(all.organizations.size(), "organizations have this web address")};
        if (auto doubt = contradiction(one, other); !doubt.empty())
            return {std::move(doubt)};
        if (!have_same_web(one, other) || !are_near(one, other))
            return {"the web address is the same, but not the name"};
        // Companies of one group share a domain and often a name: then only the legal form tells them apart.
        if (!have_equal_forms(one, other))
            return {"the names differ, and not both have a legal form"};
        if (lists_.namesakes_of_organization(organization).on_both_sides() ||
            lists_.namesakes_of_company(company).on_both_sides())
            return {"another entry has the same name"};
        return {{}, evidence::web_address};
    }

private:
    /// A doubt about namesakes that needs no look at how the name is written.
    std::string doubt_of_others(std::size_t organization, std::size_t company) const {
        const auto& one = lists_.organizations()[organization];
        const auto& other = lists_.companies()[company];
        const auto& all = lists_.namesakes_of_organization(organization);
        const bool too_many = are_too_many(all);
        if (!too_many)
            if (auto doubt = contradiction(one, other); !doubt.empty())
                return doubt;
        const auto is_rival = [&](std::size_t third) {
            return third != company && competes(lists_.companies()[third], one, other);
        };
        const auto is_rival_of_other = [&](std::size_t third) {
            return third != organization && competes(lists_.organizations()[third], one, other);
        };
        if (too_many ? all.companies.size() > 1 : std::ranges::any_of(all.companies, is_rival))
            return count_words(all.companies.size(), "companies have this name");
        if (too_many || std::ranges::any_of(all.organizations, is_rival_of_other))
            return count_words(all.organizations.size(), "organizations have this name");
        return {};
    }

    static bool are_near(const known_company& one, const known_company& other) {
        return has_same_words(one.name, other.name) || is_misspelling(one.name, other.name, one.label.plain_key) ||
               is_misspelling(one.name, other.name, one.label.spelled_key);
    }

    const client_lists& lists_;
};

class suggester {
public:
    suggester(std::span<const organization_entry> organizations, std::span<const company_entry> companies)
        : lists_(organizations, companies), judge_(lists_), taken_(companies.size()) {}

    suggestions all() {
        std::vector<std::optional<sure_match>> sure(lists_.organizations().size());
        const auto try_each = [&](auto rule) {
            for (std::size_t i = 0; i < sure.size(); ++i)
                if (!sure[i] && (sure[i] = (this->*rule)(i)))
                    taken_[sure[i]->company] = true;
        };
        try_each(&suggester::by_name);
        try_each(&suggester::by_web);
        return sorted_out(sure);
    }

private:
    struct ranked {
        candidate what;
        int likeness = 0; ///< Among those with the same evidence.
    };

    std::optional<sure_match> by_name(std::size_t organization) const {
        const auto& all = lists_.namesakes_of_organization(organization);
        if (are_too_many(all))
            return std::nullopt;
        for (const auto company : all.companies)
            if (const auto found = judge_.of_namesakes(organization, company); found.doubt.empty())
                return sure_match{organization, company, found.why};
        return std::nullopt;
    }

    std::optional<sure_match> by_web(std::size_t organization) const {
        const auto* all = lists_.domain_of_organization(organization);
        if (all == nullptr || !all->one_each())
            return std::nullopt;
        const auto company = all->companies.front();
        if (taken_[company] || lists_.are_namesakes(organization, company))
            return std::nullopt;
        if (const auto found = judge_.of_neighbours(organization, company); found.doubt.empty())
            return sure_match{organization, company, found.why};
        return std::nullopt;
    }

    /// Among companies of the same name.
    static int fit(const known_company& one, const known_company& other) {
        return 4 * have_same_web(one, other) - 4 * have_different_web(one, other) + 2 * have_equal_forms(one, other) -
               2 * legal_forms_differ(one.name, other.name);
    }

    void add_namesakes(std::size_t organization, std::vector<ranked>& found) const {
        const auto& one = lists_.organizations()[organization];
        const auto& companies = lists_.namesakes_of_organization(organization).companies;
        for (const auto company : std::span(companies).first(std::min(companies.size(), most_sharing))) {
            const auto& other = lists_.companies()[company];
            found.push_back({{company, evidence_of_name(one, other)}, fit(one, other)});
        }
    }

    /// What is sure to be another organization is no candidate by a domain or by likeness.
    bool is_free(std::size_t organization, std::size_t company) const {
        return !taken_[company] && !lists_.are_namesakes(organization, company);
    }

    void add_neighbours(std::size_t organization, const similar_names& index, std::vector<ranked>& found) const {
        const auto* all = lists_.domain_of_organization(organization);
        if (all == nullptr || are_too_many(*all))
            return;
        const auto& name = lists_.organizations()[organization].name;
        for (const auto company : all->companies)
            if (is_free(organization, company))
                found.push_back(
                    {{company, evidence::web_address}, index.likeness(name, lists_.companies()[company].name)});
    }

    void add_similar(std::size_t organization, const similar_names& index, std::vector<ranked>& found) const {
        for (const auto& like : index.like(lists_.organizations()[organization].name)) {
            const auto is_it = [&like](const ranked& one) { return one.what.company == like.index; };
            if (is_free(organization, like.index) && std::ranges::none_of(found, is_it))
                found.push_back({{like.index, evidence::similar_name}, like.likeness});
        }
    }

    std::vector<candidate> candidates_of(std::size_t organization, const similar_names& index) const {
        std::vector<ranked> found;
        add_namesakes(organization, found);
        add_neighbours(organization, index, found);
        add_similar(organization, index, found);
        std::ranges::sort(found, [this](const ranked& a, const ranked& b) {
            if (a.what.why != b.what.why)
                return a.what.why < b.what.why;
            if (a.likeness != b.likeness)
                return a.likeness > b.likeness;
            return lists_.comes_before(a.what.company, b.what.company);
        });
        found.resize(std::min(found.size(), most_candidates));
        std::vector<candidate> best;
        for (const auto& one : found)
            best.push_back(one.what);
        return best;
    }

    std::string doubt_of(std::size_t organization, const candidate& best) const {
        switch (best.why) {
        case evidence::exact_name:
        case evidence::same_name:
            return judge_.of_namesakes(organization, best.company).doubt;
        case evidence::web_address:
            return judge_.of_neighbours(organization, best.company).doubt;
        case evidence::similar_name:
            break;
        }
        return "the names are only similar";
    }

    suggestions sorted_out(std::span<const std::optional<sure_match>> sure) const {
        std::vector<const company_name*> names;
        for (const auto& one : lists_.companies())
            names.push_back(&one.name);
        const similar_names index(names);
        suggestions result;
        auto mentioned = taken_;
        for (std::size_t i = 0; i < sure.size(); ++i) {
            if (sure[i]) {
                result.sure.push_back(*sure[i]);
                continue;
            }
            auto candidates = candidates_of(i, index);
            if (candidates.empty()) {
                result.unmatched_organizations.push_back(i);
                continue;
            }
            for (const auto& one : candidates)
                mentioned[one.company] = true;
            auto why_not = doubt_of(i, candidates.front());
            result.ambiguous.push_back({i, std::move(candidates), std::move(why_not)});
        }
        for (std::size_t i = 0; i < mentioned.size(); ++i)
            if (!mentioned[i])
                result.unmatched_companies.push_back(i);
        return result;
    }

    client_lists lists_;
    judge judge_;
    std::vector<bool> taken_; ///< The companies that are sure.
};

} // namespace

std::string_view to_string(evidence why) {
    return evidence_words[static_cast<std::size_t>(why)];
}

suggestions suggest(std::span<const organization_entry> organizations, std::span<const company_entry> companies) {
    return suggester(organizations, companies).all();
}

} // namespace core
