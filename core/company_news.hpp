#pragma once

#include "core/entities.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace core {

/// How a company stands towards the filter of its instance. The names are those of the journal.
enum class standing {
    passes,   ///< It is active and passes.
    inactive, ///< It was deactivated ...
    filtered, ///< ... or no longer meets the conditions ...
    gone,     ///< ... or does not exist any more.
};
inline constexpr int standing_count = 4;

std::string_view to_string(standing one);

/// A company as the last sweep knew it.
struct seen_company {
    company_id id;
    std::string name;
    standing how = standing::passes;
};

/// What became of a company since then.
struct company_change {
    company_id id;
    std::string name;
    std::string old_name; ///< Where it had another one; else empty.
    bool is_new = false;  ///< It was not known before.
    standing how = standing::passes;
    bool is_back = false; ///< It was known, but did not pass.
};

/// What differs between the companies that were known and those that pass the filter now: new ones, renamed ones and
/// those that pass again. Those that pass no longer are only listed: why that is has to be asked.
struct company_news {
    std::vector<company_change> changes;
    std::vector<seen_company> missing;
};

/// Both in any order; the outcome is by ascending id.
company_news compare_companies(std::span<const seen_company> known, std::span<const company> passing);

/// What became of a company that passes no longer; `now` is what it is like, or null.
company_change look_after(const seen_company& missing, const company* now);

} // namespace core
