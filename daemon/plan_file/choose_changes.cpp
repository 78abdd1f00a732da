#include "daemon/plan_file/choose_changes.hpp"

#include "autotask/url.hpp"
#include "core/fold.hpp"
#include "daemon/config/find_instance.hpp"
#include "daemon/sweep/client_list.hpp"
#include "daemon/sweep/may_write.hpp"
#include "daemon/sweep/swept_companies.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace contactd {
namespace {

std::optional<std::string> why_another_database(const planned_database& of, const instance_settings* now,
                                                const std::string& config_file) {
    const auto about = "instance " + of.instance + ": ";
    if (now == nullptr)
        return about + config_file + " has no instance of this name, and the plan has changes of one";
    const auto conclusion = ": it may be another Autotask database, so nothing is applied; make a new plan";
    if (core::fold(now->username.value) != core::fold(of.username))
        return about + "the plan was made as " + of.username + ", and " + config_file + " has " + now->username.value +
               conclusion;
    const auto zone = autotask::parse_base_url(now->zone.value); // Nothing where it has to be found first.
    if (zone && core::fold(zone->text()) != core::fold(of.zone))
        return about + "the plan was made at " + of.zone + ", and " + config_file + " has " + zone->text() + conclusion;
    return std::nullopt;
}

class chooser {
public:
    chooser(const selection& chosen, const config& settings) : chosen_(chosen), settings_(settings) {}

    bool takes(const device_outcome& one) {
        const bool instance =
            chosen_.instances.empty() || std::ranges::find(chosen_.instances, one.instance) != chosen_.instances.end();
        if (!instance || !takes_company(one) || (chosen_.device && chosen_.device != one.device_id))
            return false;
        device_met_ = true;
        return true;
    }

    std::vector<std::string> unmet() const {
        std::vector<std::string> sentences;
        for (const auto& name : chosen_.companies)
            if (!companies_met_.contains(name))
                sentences.push_back("--company " + name + ": the plan changes nothing of a company of this id or name");
        if (chosen_.device && !device_met_)
            sentences.push_back("--device " + std::to_string(chosen_.device->value) +
                                ": the plan does not change this configuration item");
        return sentences;
    }

private:
    bool takes_company(const device_outcome& one) {
        if (chosen_.companies.empty())
            return true;
        core::company company;
        company.id = one.company_id;
        company.name = one.company;
        bool meant = false;
        for (const auto& [given, name] : names_in(one.instance))
            if (is_named(company, {name})) {
                companies_met_.insert(given);
                meant = true;
            }
        return meant;
    }

    /// A name may be that of an organization.
    const std::vector<std::pair<std::string, std::string>>& names_in(const std::string& instance) {
        const auto found = names_.find(instance);
        if (found != names_.end())
            return found->second;
        return names_[instance] = names_of_companies(chosen_.companies, client_list(settings_, instance));
    }

    const selection& chosen_;
    const config& settings_;
    std::map<std::string, std::vector<std::pair<std::string, std::string>>> names_;
    std::set<std::string> companies_met_;
    bool device_met_ = false;
};

} // namespace

plan_choice choose_changes(const saved_plan& plan, const selection& chosen, const config& settings, bool dry_run) {
    plan_choice choice;
    chooser which(chosen, settings);
    for (const auto& database : plan.databases) {
        chosen_changes ours{database, {}};
        for (const auto& one : plan.report.changes)
            if (one.instance == database.instance && which.takes(one))
                ours.changes.push_back(one);
        if (ours.changes.empty())
            continue;
        const auto* const now = find_instance(settings.instances, database.instance);
        if (auto why = why_another_database(database, now, settings.file))
            choice.refusals.push_back(std::move(*why));
        else if (!dry_run && !may_write(*now, client_list(settings, database.instance)))
            choice.refusals.push_back("instance " + database.instance +
                                      ": policy.dry_run = true, so nothing is applied: set it to false in " +
                                      settings.file + ", or look what would be done with --dry-run");
        choice.instances.push_back(std::move(ours));
    }
    choice.unmet = which.unmet();
    return choice;
}

} // namespace contactd
