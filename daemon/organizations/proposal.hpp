#pragma once

#include "core/entities.hpp"
#include "core/suggest.hpp"
#include "daemon/config/config.hpp"
#include "daemon/organizations/import_table.hpp"
#include "daemon/organizations/mapping_change.hpp"

#include <span>
#include <string>
#include <vector>

namespace contactd {

/// The companies of an instance that pass its filter.
struct offered_companies {
    std::string instance;
    std::span<const core::company> companies;
};

/// A company of one of the instances.
struct offered_company {
    std::string instance;
    const core::company* company = nullptr;
};

/// What is proposed for the organizations that are no company yet. Refers to the companies.
struct proposal {
    struct sure {
        wanted_organization organization; ///< With the company.
        std::string why;                  ///< "same name"
    };
    struct candidate {
        offered_company company;
        std::string why;
    };
    struct open {
        std::string organization;
        std::string why_not;
        std::vector<candidate> candidates; ///< May be empty: then nothing is like it.
    };
    std::vector<sure> mapped;
    std::vector<open> ambiguous;
    std::vector<std::string> without_company;
    std::vector<offered_company> without_organization;
};

/// Proposes companies for the organizations of the file that are not mapped, and for those of a further list, which may
/// name the company itself: that decides where the name speaks for several, but not against the name. Every
/// organization and every company is looked at, also those that are mapped: what looks alike is doubtful whoever has
/// it.
proposal propose(const config& settings, std::span<const imported_organization> further,
                 std::span<const offered_companies> offered);

/// An organization that is mapped to one company, while its name is surely that of another.
struct doubtful_mapping {
    std::string organization;
    wanted_company is;
    offered_company seems;
    std::string why; ///< "same name"
};

/// Those of the mapped organizations, and of those that are to be mapped.
std::vector<doubtful_mapping> doubtful_mappings(const config& settings, std::span<const wanted_organization> wanted,
                                                std::span<const offered_companies> offered);

/// As a sentence without a full stop.
std::string doubt_words(const doubtful_mapping& one);

} // namespace contactd
