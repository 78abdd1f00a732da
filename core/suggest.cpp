#include "core/suggest.hpp"

#include "core/company_name.hpp"
#include "core/known_company.hpp"
#include "core/name_groups.hpp"
#include "core/near_spelling.hpp"
#include "core/similar_names.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>
#include <unordered_map>
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
/// A name with more words is no shorter form of anything.
constexpr std::size_t most_words_of_a_part = 12;

std::string count_words(std::size_t count, std::string_view what) {
    constexpr std::array<std::string_view, 10> small{"no",   "one", "two",   "three", "four",
                                                     "five", "six", "seven", "eight", "nine"};
    return (count < small.size() ? std::string(small[count]) : std::to_string(count)) + " " + std::string(what);
}

/// Entries of both sides that share a name or a domain, by index, in an order that does not depend on that of the
/// lists.
struct sharers {
    std::vector<std::size_t> organizations;
    std::vector<std::size_t> companies;

    bool on_both_sides() const { return !organizations.empty() && !companies.empty(); }
    bool one_each() const { return organizations.size() == 1 && companies.size() == 1; }
    bool too_many() const { return organizations.size() > most_sharing || companies.size() > most_sharing; }
};

/// What was found out about an organization and a company of the same name.
struct verdict {
    std::string doubt; ///< Empty when they are the same for sure.
    evidence why = evidence::same_name;
};

struct ranked {
    candidate what;
    int likeness = 0; ///< Among those with the same evidence.
};

class suggester {
public:
    suggester(std::span<const organization_entry> organizations, std::span<const company_entry> companies)
        : company_entries_(companies), organization_(organizations.size()), company_(companies.size()) {
        organizations_.reserve(organizations.size());
        for (const auto& one : organizations)
            organizations_.push_back(know_company(one.name, one.domain));
        companies_.reserve(companies.size());
        for (const auto& one : companies)
            companies_.push_back(know_company(one.name, one.web_address));
        group_names();
        group_domains();
        collect_parts();
    }

    suggestions all() {
        std::vector<std::optional<sure_match>> sure(organizations_.size());
        for (std::size_t i = 0; i < organizations_.size(); ++i)
            if ((sure[i] = by_name(i)))
                company_[sure[i]->company].taken = true;
        for (std::size_t i = 0; i < organizations_.size(); ++i)
            if (!sure[i] && (sure[i] = by_web(i)))
                company_[sure[i]->company].taken = true;
        return sorted_out(sure);
    }

private:
    struct organization_state {
        std::size_t group = 0;
    };
    struct company_state {
        std::size_t group = 0;
        bool taken = false;
        bool named = false; ///< As a candidate.
    };

    bool comes_before(std::size_t one, std::size_t other) const {
        const auto content = [this](std::size_t index) {
            const auto& entry = company_entries_[index];
            return std::tie(entry.name, entry.web_address, entry.id);
        };
        return content(one) < content(other);
    }

    void put_in_order(sharers& all) const {
        std::ranges::sort(all.companies, [this](std::size_t a, std::size_t b) { return comes_before(a, b); });
    }

    void group_names() {
        std::vector<const company_name*> names;
        for (const auto* list : {&organizations_, &companies_})
            for (const auto& one : *list)
                names.push_back(&one.name);
        const auto numbers = group_by_name(names);
        groups_.resize(numbers.empty() ? 0 : *std::ranges::max_element(numbers) + 1);
        for (std::size_t i = 0; i < organizations_.size(); ++i) {
            organization_[i].group = numbers[i];
            groups_[numbers[i]].organizations.push_back(i);
        }
        for (std::size_t i = 0; i < companies_.size(); ++i) {
            company_[i].group = numbers[organizations_.size() + i];
            groups_[company_[i].group].companies.push_back(i);
        }
        for (auto& group : groups_)
            put_in_order(group);
    }

    void group_domains() {
        for (std::size_t i = 0; i < organizations_.size(); ++i)
            if (!organizations_[i].domain.empty())
                domains_[organizations_[i].domain].organizations.push_back(i);
        for (std::size_t i = 0; i < companies_.size(); ++i)
            if (!companies_[i].domain.empty())
                domains_[companies_[i].domain].companies.push_back(i);
        for (auto& [domain, all] : domains_)
            put_in_order(all);
    }

    /// Of every name that only one side has, each run of its words: whoever is called "Adler" on the other side may be
    /// this "Adler Bau GmbH". What both sides have is explained by itself.
    void collect_parts() {
        for (const auto& group : groups_) {
            if (group.on_both_sides())
                continue;
            for (const auto index : group.organizations)
                add_parts(organizations_[index]);
            for (const auto index : group.companies)
                add_parts(companies_[index]);
        }
    }

    void add_parts(const known_company& whole) {
        const auto& words = whole.name.words;
        const auto count = std::min(words.size(), most_words_of_a_part);
        for (std::size_t from = 0; from < count; ++from) {
            std::string part;
            for (std::size_t i = from; i < count; ++i) {
                part += words[i].plain;
                if (from > 0 || i + 1 < words.size()) {
                    auto& example = wholes_.try_emplace(part, &whole.text).first->second;
                    if (whole.text < *example)
                        example = &whole.text;
                }
                part += ' ';
            }
        }
    }

    /// A longer name that only one side has; null where there is none.
    const std::string* whole_of(const company_name& name) const {
        std::string part;
        for (const auto& one : name.words)
            part += (part.empty() ? "" : " ") + one.plain;
        const auto found = wholes_.find(part);
        return found == wholes_.end() ? nullptr : found->second;
    }

    /// Whether the domain of both is the domain of nobody else.
    bool own_domain(const known_company& one, const known_company& other) const {
        return have_same_web(one, other) && domains_.find(one.domain)->second.one_each();
    }

    static std::string contradiction(const known_company& one, const known_company& other) {
        if (legal_forms_differ(one.name, other.name))
            return "the legal forms differ: " + one.name.legal_form + ", " + other.name.legal_form;
        if (have_different_web(one, other))
            return "the web addresses differ: " + one.host + ", " + other.host;
        return {};
    }

    /// Whether a third entry of this name cannot be the one that is looked for.
    enum class ruled_out { no, by_form, by_web };
    static ruled_out rule_out(const known_company& third, const known_company& one, const known_company& other) {
        if (have_equal_forms(one, other) && legal_forms_differ(third.name, one.name))
            return ruled_out::by_form;
        // A company may have two domains, and companies of one group one: the rest must leave no doubt.
        if (one.name.legal_form == other.name.legal_form && have_same_web(one, other) && have_different_web(third, one))
            return ruled_out::by_web;
        return ruled_out::no;
    }

    verdict judge_same_name(std::size_t organization, std::size_t company) const {
        const auto& one = organizations_[organization];
        const auto& other = companies_[company];
        const auto& group = groups_[organization_[organization].group];
        verdict found;
        found.why = one.text == other.text ? evidence::exact_name : evidence::same_name;
        const auto companies_words = [&group] {
            return count_words(group.companies.size(), "companies have this name");
        };
        const auto organizations_words = [&group] {
            return count_words(group.organizations.size(), "organizations have this name");
        };
        const auto doubt = [&found](std::string why) {
            found.doubt = std::move(why);
            return found;
        };
        if (group.too_many())
            return doubt(group.companies.size() > 1 ? companies_words() : organizations_words());
        if (auto why = contradiction(one, other); !why.empty())
            return doubt(std::move(why));
        bool by_web = false;
        for (const auto third : group.companies) {
            const auto how = third == company ? ruled_out::by_form : rule_out(companies_[third], one, other);
            if (how == ruled_out::no)
                return doubt(companies_words());
            by_web |= how == ruled_out::by_web;
        }
        for (const auto third : group.organizations) {
            const auto how = third == organization ? ruled_out::by_form : rule_out(organizations_[third], one, other);
            if (how == ruled_out::no)
                return doubt(organizations_words());
            by_web |= how == ruled_out::by_web;
        }
        if (one.name.spelled_key != other.name.spelled_key) {
            if (!have_same_web(one, other))
                return doubt("an umlaut may be missing in one of the names");
            by_web = true;
        }
        if (!have_equal_forms(one, other)) {
            if (const auto* whole = whole_of(one.name))
                return doubt("it may be short for " + *whole);
            if (one.name.words.size() == 1 && one.name.legal_form != other.name.legal_form) {
                if (!own_domain(one, other))
                    return doubt("one word, and only one of the names has a legal form");
                by_web = true;
            }
        }
        if (by_web)
            found.why = evidence::web_address;
        return found;
    }

    std::optional<sure_match> by_name(std::size_t organization) const {
        const auto& group = groups_[organization_[organization].group];
        if (group.too_many())
            return std::nullopt;
        for (const auto company : group.companies)
            if (const auto found = judge_same_name(organization, company); found.doubt.empty())
                return sure_match{organization, company, found.why};
        return std::nullopt;
    }

    /// Why an organization and a company that share a domain, but not a name, are not sure to be the same.
    std::string doubt_of_web(std::size_t organization, std::size_t company) const {
        const auto& one = organizations_[organization];
        const auto& other = companies_[company];
        const auto& all = domains_.find(one.domain)->second;
        if (all.companies.size() > 1)
            return count_words(all.companies.size(), "companies have this web address");
        if (all.organizations.size() > 1)
            return count_words(all.organizations.size(), "organizations have this web address");
        if (auto why = contradiction(one, other); !why.empty())
            return why;
        // Companies of one group share a domain and often a name: then only the legal form tells them apart.
        if (one.name.legal_form != other.name.legal_form)
            return "the names differ, and only one of them has a legal form";
        const bool near = has_same_words(one.name, other.name) ||
                          (have_same_web(one, other) && (is_misspelling(one.name, other.name, one.label.plain_key) ||
                                                         is_misspelling(one.name, other.name, one.label.spelled_key)));
        if (!near)
            return "the web address is the same, but not the name";
        if (groups_[organization_[organization].group].on_both_sides() ||
            groups_[company_[company].group].on_both_sides())
            return "another entry has the same name";
        if (!have_equal_forms(one, other))
            for (const auto* name : {&one.name, &other.name})
                if (const auto* whole = whole_of(*name))
                    return "it may be short for " + *whole;
        return {};
    }

    std::optional<sure_match> by_web(std::size_t organization) const {
        const auto& domain = organizations_[organization].domain;
        if (domain.empty())
            return std::nullopt;
        const auto& all = domains_.find(domain)->second;
        if (!all.one_each())
            return std::nullopt;
        const auto company = all.companies.front();
        if (company_[company].group == organization_[organization].group || company_[company].taken ||
            !doubt_of_web(organization, company).empty())
            return std::nullopt;
        return sure_match{organization, company, evidence::web_address};
    }

    /// Among companies of the same name.
    static int fit(const known_company& one, const known_company& other) {
        return 4 * have_same_web(one, other) - 4 * have_different_web(one, other) + 2 * have_equal_forms(one, other) -
               2 * legal_forms_differ(one.name, other.name);
    }

    std::vector<candidate> candidates_of(std::size_t organization, const similar_names& index) const {
        const auto& one = organizations_[organization];
        std::vector<ranked> all;
        const auto& group = groups_[organization_[organization].group];
        const auto count = std::min(group.companies.size(), most_sharing);
        for (const auto company : std::span(group.companies).first(count)) {
            const auto& other = companies_[company];
            const auto why = one.text == other.text ? evidence::exact_name : evidence::same_name;
            all.push_back({{company, why}, fit(one, other)});
        }
        const auto is_new = [&](std::size_t company) {
            return !company_[company].taken && company_[company].group != organization_[organization].group;
        };
        if (!one.domain.empty())
            if (const auto& sharing = domains_.find(one.domain)->second; !sharing.too_many())
                for (const auto company : sharing.companies)
                    if (is_new(company))
                        all.push_back(
                            {{company, evidence::web_address}, index.likeness(one.name, companies_[company].name)});
        for (const auto& like : index.like(one.name))
            if (is_new(like.index) &&
                std::ranges::none_of(all, [&like](const ranked& r) { return r.what.company == like.index; }))
                all.push_back({{like.index, evidence::similar_name}, like.likeness});
        std::ranges::sort(all, [this](const ranked& a, const ranked& b) {
            if (a.what.why != b.what.why)
                return a.what.why < b.what.why;
            if (a.likeness != b.likeness)
                return a.likeness > b.likeness;
            return comes_before(a.what.company, b.what.company);
        });
        all.resize(std::min(all.size(), most_candidates));
        std::vector<candidate> best;
        for (const auto& [what, likeness] : all)
            best.push_back(what);
        return best;
    }

    std::string doubt_of(std::size_t organization, const candidate& best) const {
        switch (best.why) {
        case evidence::exact_name:
        case evidence::same_name:
            return judge_same_name(organization, best.company).doubt;
        case evidence::web_address:
            return doubt_of_web(organization, best.company);
        case evidence::similar_name:
            break;
        }
        return "the names are only similar";
    }

    suggestions sorted_out(std::span<const std::optional<sure_match>> sure) {
        std::vector<const company_name*> names;
        for (const auto& one : companies_)
            names.push_back(&one.name);
        const similar_names index(names);
        suggestions result;
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
                company_[one.company].named = true;
            auto why_not = doubt_of(i, candidates.front());
            result.ambiguous.push_back({i, std::move(candidates), std::move(why_not)});
        }
        for (std::size_t i = 0; i < company_.size(); ++i)
            if (!company_[i].taken && !company_[i].named)
                result.unmatched_companies.push_back(i);
        return result;
    }

    std::span<const company_entry> company_entries_;
    std::vector<known_company> organizations_;
    std::vector<known_company> companies_;
    std::vector<organization_state> organization_;
    std::vector<company_state> company_;
    std::vector<sharers> groups_; ///< By name.
    std::unordered_map<std::string_view, sharers> domains_;
    std::unordered_map<std::string, const std::string*> wholes_; ///< A longer name, by a part of it.
};

} // namespace

std::string_view to_string(evidence why) {
    return evidence_words[static_cast<std::size_t>(why)];
}

suggestions suggest(std::span<const organization_entry> organizations, std::span<const company_entry> companies) {
    return suggester(organizations, companies).all();
}

} // namespace core
