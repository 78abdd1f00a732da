#pragma once

#include "core/entities.hpp"

#include <span>
#include <string>
#include <vector>

namespace contactd {

/// The rows of one company in a few dozen bytes each, for keeping many of them in memory; never written anywhere. The
/// company is not in it, because it is the same for all, nor is the date of modification, nor that a row is active.
std::string pack(std::span<const core::device> rows);
std::string pack(std::span<const core::contact> rows);

/// `packed` is from pack().
void unpack(const std::string& packed, core::company_id of, std::vector<core::device>& into);
void unpack(const std::string& packed, core::company_id of, std::vector<core::contact>& into);

} // namespace contactd
