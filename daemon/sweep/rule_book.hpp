#pragma once

#include "autotask/wanted_rows.hpp"
#include "core/match_rules.hpp"
#include "core/policy.hpp"
#include "daemon/config/config.hpp"
#include "daemon/sweep/client_list.hpp"
#include "daemon/sweep/translation.hpp"

#include <chrono>
#include <expected>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace contactd {

/// What holds for a company in a sweep.
struct company_rules {
    core::match_rules match;
    core::policy policy;
    bool dry_run = false;
    std::int64_t most_changes = 0; ///< Of an organization that limits its own; 0 is no limit.
    std::string alias_file;        ///< Empty unless a rule looks there.
};

/// The rules of every company of one instance in one sweep: those of the instance, and those of the organizations that
/// have rules of their own. The settings and the clients outlive it.
class rule_book {
public:
    rule_book(const instance_settings& settings, const client_list& clients, const translation& meanings);

    /// The rules of a company, or why they cannot be applied, as a sentence without a full stop.
    std::expected<const company_rules*, std::string> of(core::company_id company) const;

    /// How far back anybody looks for people who use a device.
    std::chrono::seconds longest_shared_window() const;

    /// What its operator says of accounts of a company, where its rules ask.
    std::vector<core::alias> aliases(core::company_id company) const;

    /// Which rows have to be asked for so that all these companies can be decided. A company that has a parent is one
    /// whose rules look there: the parent's contacts are asked for as its own are.
    autotask::wanted_rows wanted(std::span<const core::company> companies) const;

    /// The companies by what kinds of devices are looked at in them.
    struct kind_group {
        core::device_types types;
        core::device_categories categories;
        std::vector<core::company_id> companies;
    };
    std::vector<kind_group> by_kind(std::span<const core::company> companies) const;

private:
    using compiled = std::expected<company_rules, std::string>;

    const compiled& find(core::company_id company) const;
    compiled compile(const match_settings& match, const policy_settings& policy, const translation& meanings) const;
    std::size_t login_column(const std::string& field) const;

    const client_list& clients_;
    std::vector<std::string> login_fields_; ///< As the instance calls them; the columns of contact::logins.
    std::vector<std::string> address_fields_;
    compiled of_instance_;
    std::unordered_map<core::company_id, std::shared_ptr<const compiled>> of_organizations_;
};

} // namespace contactd
