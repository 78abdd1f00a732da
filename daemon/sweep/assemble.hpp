#pragma once

#include "autotask/reader.hpp"
#include "core/entities.hpp"

#include <string>
#include <vector>

namespace contactd {

/// A company that cannot be decided because a row of it could not be read.
struct unreadable_company {
    core::company company;
    std::string what; ///< What is wrong with the row.
};

/// The rows of a chunk, by company.
struct assembled {
    std::vector<core::snapshot> complete; ///< In the order in which the companies were asked for.
    std::vector<unreadable_company> unreadable;
    std::vector<std::string> unread_devices; ///< What is wrong with devices that cannot be read.
    std::vector<std::string> ignored;        ///< What was in the replies and belongs to none of the companies.
};

/// Sorts the rows that a chunk of companies and their parents returned by company. A contact that cannot be read makes
/// its whole company unreadable, or the companies whose parent it is: without it, two matches could look like one. So
/// does a bad row that names no company, for every company of the chunk. A device that cannot be read only leaves
/// itself out, but is told like the others.
assembled assemble(const std::vector<core::company>& asked, autotask::rows<core::device> devices,
                   autotask::rows<core::contact> contacts);

} // namespace contactd
