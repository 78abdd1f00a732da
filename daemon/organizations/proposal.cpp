#include "daemon/organizations/proposal.hpp"

#include "daemon/organizations/organization_name.hpp"
#include "daemon/printable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace contactd {

namespace {

/// An organization of the file, of the further list or of both.
struct client {
    std::string name;
    std::string domain;
    std::string instance; ///< Where it has to be; empty is anywhere.
    const organization_settings* known = nullptr;
    const imported_organization* listed = nullptr;

    bool is_mapped() const { return known != nullptr && known->company_id.value.has_value(); }
};

std::vector<client> all_clients(const config& settings, std::span<const imported_organization> further) {
    std::vector<client> all;
    std::unordered_map<std::string, std::size_t> places;
    for (const auto& one : settings.organizations) {
        places.emplace(name_key(one.name.value), all.size());
        // Of the only instance there is nothing has been said.
        const bool is_said = one.instance.origin != "default";
        all.push_back({one.name.value, one.domain.value, is_said ? one.instance.value : std::string(), &one, nullptr});
    }
    for (const auto& one : further) {
        const auto [place, is_new] = places.try_emplace(name_key(one.name), all.size());
        if (is_new)
            all.push_back({one.name, {}, one.instance, nullptr, nullptr});
        auto& entry = all[place->second];
        entry.listed = &one;
        if (entry.domain.empty())
            entry.domain = one.domain.value_or("");
        if (entry.instance.empty())
            entry.instance = one.instance;
    }
    return all;
}

/// Makes the proposal. Lives for one call.
class proposer {
public:
    proposer(const config& settings, std::span<const imported_organization> further,
             std::span<const offered_companies> offered)
        : clients_(all_clients(settings, further)) {
        for (const auto& list : offered)
            for (const auto& one : list.companies) {
                places_.emplace(one.id, companies_.size());
                companies_.push_back({list.instance, &one});
            }
        owners_.resize(companies_.size());
        for (const auto& one : clients_)
            if (one.is_mapped())
                if (const auto place = place_of(one.known->instance.value, *one.known->company_id.value))
                    owners_[*place] = one.name;
    }

    proposal run() {
        const auto found = core::suggest(entries_of_clients(), entries_of_companies());
        std::vector<bool> is_candidate(companies_.size());
        for (const auto& one : found.sure)
            take_sure(one, is_candidate);
        for (const auto& one : found.ambiguous)
            take_ambiguous(one, is_candidate);
        for (const auto one : found.unmatched_organizations)
            take_unmatched(one, is_candidate);
        for (std::size_t i = 0; i < companies_.size(); ++i)
            if (owners_[i].empty() && !is_candidate[i])
                made_.without_organization.push_back(companies_[i]);
        for (auto& [client, one] : mapped_)
            made_.mapped.push_back(std::move(one));
        return std::move(made_);
    }

private:
    /// Where no instance is named, the id has to mean one company only.
    std::optional<std::size_t> place_of(const std::string& instance, core::company_id id) const {
        std::optional<std::size_t> found;
        const auto [first, last] = places_.equal_range(id);
        for (auto at = first; at != last; ++at) {
            if (!instance.empty() && companies_[at->second].instance != instance)
                continue;
            if (found)
                return std::nullopt;
            found = at->second;
        }
        return found;
    }

    /// The company that the list itself names: where several instances are offered, it has to say in which.
    std::optional<std::size_t> listed_company(std::size_t client) const {
        const auto& one = clients_[client];
        if (one.listed == nullptr || !one.listed->company_id)
            return std::nullopt;
        return place_of(one.instance, *one.listed->company_id);
    }

    /// What the list says of the company, where it says something that cannot be used.
    std::string useless_id(std::size_t client) const {
        const auto& one = clients_[client];
        if (one.listed == nullptr || !one.listed->company_id || listed_company(client))
            return {};
        const auto id = one.listed->company_id->value;
        const bool is_anywhere = places_.contains(*one.listed->company_id);
        return is_anywhere && one.instance.empty()
                   ? fmt::format("the list says company {}, and not of which instance", id)
                   : fmt::format("the list says company {}, which is not among the companies", id);
    }

    bool is_open(std::size_t client) const { return !clients_[client].is_mapped() && !mapped_.contains(client); }

    void map(std::size_t client, std::size_t company, std::string why) {
        const auto& one = clients_[client];
        const auto& of = companies_[company];
        wanted_organization wanted;
        wanted.name = one.name;
        wanted.company = wanted_company{of.instance, of.company->id, of.company->name};
        if (one.listed != nullptr) {
            wanted.domain = one.listed->domain;
            wanted.tags = one.listed->tags;
            wanted.enabled = one.listed->enabled;
        }
        owners_[company] = one.name;
        mapped_.emplace(client, proposal::sure{std::move(wanted), std::move(why)});
    }

    void take_sure(const core::sure_match& one, std::vector<bool>& is_candidate) {
        if (!is_open(one.organization))
            return;
        const auto& wanted = clients_[one.organization];
        const auto& of = companies_[one.company];
        const auto why = std::string(core::to_string(one.why));
        const auto listed = listed_company(one.organization);
        std::string why_not;
        if (!owners_[one.company].empty())
            why_not = "it is organization " + printable(owners_[one.company]) + " already";
        else if (!wanted.instance.empty() && wanted.instance != of.instance)
            why_not = "it is in instance " + of.instance + ", and the organization in " + wanted.instance;
        else if (listed && *listed != one.company)
            why_not = "the list says another company";
        if (why_not.empty())
            return map(one.organization, one.company, why);
        is_candidate[one.company] = true;
        proposal::open question{wanted.name, why_not, {{of, why}}};
        add_listed(question, one.organization, is_candidate);
        made_.ambiguous.push_back(std::move(question));
    }

    /// The id decides between companies that the name speaks for.
    void take_ambiguous(const core::open_match& one, std::vector<bool>& is_candidate) {
        if (!is_open(one.organization))
            return;
        const auto listed = listed_company(one.organization);
        const auto is_listed = [&listed](const core::candidate& each) { return listed == each.company; };
        if (std::ranges::any_of(one.candidates, is_listed) && owners_[*listed].empty())
            return map(one.organization, *listed, "id in the list");
        proposal::open question{clients_[one.organization].name, one.why_not, {}};
        for (const auto& each : one.candidates) {
            is_candidate[each.company] = true;
            question.candidates.push_back(
                {companies_[each.company], words_of(each.company, core::to_string(each.why))});
        }
        add_listed(question, one.organization, is_candidate);
        made_.ambiguous.push_back(std::move(question));
    }

    /// An id without a name that speaks for it may be mistyped, or another system's.
    void take_unmatched(std::size_t client, std::vector<bool>& is_candidate) {
        if (!is_open(client))
            return;
        proposal::open question{clients_[client].name, "the names have nothing in common", {}};
        if (auto useless = useless_id(client); !useless.empty())
            question.why_not = std::move(useless);
        add_listed(question, client, is_candidate);
        if (question.candidates.empty() && useless_id(client).empty())
            made_.without_company.push_back(std::move(question.organization));
        else
            made_.ambiguous.push_back(std::move(question));
    }

    void add_listed(proposal::open& to, std::size_t client, std::vector<bool>& is_candidate) const {
        const auto listed = listed_company(client);
        if (!listed)
            return;
        for (const auto& one : to.candidates)
            if (one.company.company == companies_[*listed].company)
                return;
        is_candidate[*listed] = true;
        to.candidates.push_back({companies_[*listed], words_of(*listed, "id in the list")});
    }

    std::string words_of(std::size_t company, std::string_view why) const {
        auto words = std::string(why);
        if (!owners_[company].empty())
            words += ", but it is organization " + printable(owners_[company]) + " already";
        return words;
    }

    std::vector<core::organization_entry> entries_of_clients() const {
        std::vector<core::organization_entry> entries;
        for (const auto& one : clients_)
            entries.push_back({one.name, one.domain});
        return entries;
    }

    std::vector<core::company_entry> entries_of_companies() const {
        std::vector<core::company_entry> entries;
        for (const auto& one : companies_)
            entries.push_back({one.company->id, one.company->name, one.company->web_address});
        return entries;
    }

    std::vector<client> clients_;
    std::vector<offered_company> companies_;
    std::unordered_multimap<core::company_id, std::size_t> places_; ///< In companies_, by id.
    std::vector<std::string> owners_;                               ///< Of each company, the name of its organization.
    std::map<std::size_t, proposal::sure> mapped_;                  ///< By client: in the order of the lists.
    proposal made_;
};

} // namespace

proposal propose(const config& settings, std::span<const imported_organization> further,
                 std::span<const offered_companies> offered) {
    proposer work(settings, further, offered);
    return work.run();
}

std::vector<doubtful_mapping> doubtful_mappings(const config& settings, std::span<const wanted_organization> wanted,
                                                std::span<const offered_companies> offered) {
    std::vector<offered_company> companies;
    std::vector<core::company_entry> entries;
    for (const auto& list : offered)
        for (const auto& one : list.companies) {
            companies.push_back({list.instance, &one});
            entries.push_back({one.id, one.name, one.web_address});
        }
    std::unordered_map<std::string, const wanted_organization*> new_ones;
    for (const auto& one : wanted)
        new_ones.emplace(name_key(one.name), &one);
    struct mapped {
        std::string name;
        wanted_company company;
    };
    std::vector<mapped> mapped_ones;
    std::vector<core::organization_entry> called;
    const auto add = [&](const std::string& name, const std::string& domain, wanted_company company) {
        mapped_ones.push_back({name, std::move(company)});
        called.push_back({name, domain});
    };
    for (const auto& one : settings.organizations) {
        const auto found = new_ones.find(name_key(one.name.value));
        if (found != new_ones.end() && found->second->company)
            continue;
        if (one.company_id.value)
            add(one.name.value, one.domain.value, {one.instance.value, *one.company_id.value, one.company.value});
    }
    for (const auto& one : wanted)
        if (one.company)
            add(one.name, one.domain.value_or(""), *one.company);
    std::vector<doubtful_mapping> doubts;
    for (const auto& one : core::suggest(called, entries).sure) {
        const auto& is = mapped_ones[one.organization];
        const auto& seems = companies[one.company];
        if (seems.company->id != is.company.id || seems.instance != is.company.instance)
            doubts.push_back({is.name, is.company, seems, std::string(core::to_string(one.why))});
    }
    return doubts;
}

std::string doubt_words(const doubtful_mapping& one) {
    return fmt::format("{} is company {}{}, but its name is that of company {} {} ({})", printable(one.organization),
                       one.is.id.value, one.is.name.empty() ? "" : " " + printable(one.is.name),
                       one.seems.company->id.value, printable(one.seems.company->name), one.why);
}

} // namespace contactd
