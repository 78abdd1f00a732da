#include "daemon/organizations/proposal.hpp"

#include "daemon/organizations/organization_name.hpp"
#include "daemon/printable.hpp"

#include <fmt/format.h>

#include <map>
#include <optional>
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
        take_ids();
        const auto found = core::suggest(entries_of_clients(), entries_of_companies());
        std::vector<bool> is_candidate(companies_.size());
        for (const auto& one : found.sure)
            take_sure(one, is_candidate);
        for (const auto& one : found.ambiguous)
            take_ambiguous(one, is_candidate);
        for (const auto one : found.unmatched_organizations)
            if (is_open(one))
                made_.without_company.push_back(clients_[one].name);
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

    /// The list itself says which company it is.
    void take_ids() {
        for (std::size_t i = 0; i < clients_.size(); ++i) {
            const auto& one = clients_[i];
            if (one.is_mapped() || one.listed == nullptr || !one.listed->company_id)
                continue;
            const auto place = place_of(one.listed->instance, *one.listed->company_id);
            if (!place || !owners_[*place].empty())
                continue; // Left to its name, or to a person.
            map(i, *place, "id in the list");
        }
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
        std::string why_not;
        if (!owners_[one.company].empty())
            why_not = "it is organization " + printable(owners_[one.company]) + " already";
        else if (!wanted.instance.empty() && wanted.instance != of.instance)
            why_not = "it is in instance " + of.instance + ", and the organization in " + wanted.instance;
        if (why_not.empty())
            return map(one.organization, one.company, why);
        is_candidate[one.company] = true;
        made_.ambiguous.push_back({wanted.name, why_not, {{of, why}}});
    }

    void take_ambiguous(const core::open_match& one, std::vector<bool>& is_candidate) {
        if (!is_open(one.organization))
            return;
        proposal::open question{clients_[one.organization].name, one.why_not, {}};
        for (const auto& each : one.candidates) {
            is_candidate[each.company] = true;
            auto why = std::string(core::to_string(each.why));
            if (!owners_[each.company].empty())
                why += ", but it is organization " + printable(owners_[each.company]) + " already";
            question.candidates.push_back({companies_[each.company], std::move(why)});
        }
        made_.ambiguous.push_back(std::move(question));
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

} // namespace contactd
