#pragma once

#include "daemon/config/config.hpp"
#include "daemon/organizations/organizations_text.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace contactd {

/// The company that an organization is to be.
struct wanted_company {
    std::string instance;
    core::company_id id;
    std::string name; ///< What Autotask calls it; may be empty.
};

/// What an organization is to be like. What is not said stays as it is.
struct wanted_organization {
    std::string name; ///< One of the file, or a new one.
    std::optional<wanted_company> company;
    bool unmap = false; ///< It is to be no company; not together with `company`.
    std::optional<std::string> domain;
    std::optional<names> tags;
    std::optional<bool> enabled;
};

/// The way from what the file says to what is wanted.
struct mapping_change {
    std::vector<organization_edit> edits;
    std::vector<std::string> words; ///< One line for each edit, in its order: "+ Acme -> company 5 Acme GmbH (main)".
};

/// Only what differs becomes an edit, so that there is none when everything is as it is wanted. No organization is
/// wanted twice.
mapping_change change_mapping(const config& now, std::span<const wanted_organization> wanted);

} // namespace contactd
