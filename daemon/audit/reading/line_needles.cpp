#include "daemon/audit/reading/line_needles.hpp"

#include "core/ascii.hpp"
#include "core/fold.hpp"

#include <algorithm>

namespace contactd {

namespace {

/// Shorter ones are in nearly every line.
constexpr std::size_t shortest_needle = 2;

/// The longest part of a folded name that stands in every line with this name as it is.
std::string_view sure_part(std::string_view name) {
    std::string_view longest;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= name.size(); ++i) {
        if (i < name.size() && is_sure_byte(name[i]))
            continue;
        if (i - begin > longest.size())
            longest = name.substr(begin, i - begin);
        begin = i + 1;
    }
    return longest;
}

/// Nothing where one of the names leaves no trace that could be looked for.
void add_group(std::vector<needle_group>& to, const std::vector<std::string>& names) {
    needle_group group;
    for (const auto& one : names) {
        const auto folded = core::fold(one); // Of an id it is the id, which has no escapes and is no name either.
        const auto part = sure_part(folded);
        if (part.size() < shortest_needle)
            return;
        group.emplace_back(part, std::ranges::any_of(part, core::is_ascii_letter));
    }
    if (!group.empty())
        to.push_back(std::move(group));
}

} // namespace

bool is_sure_byte(char c) {
    // Left out: letters of which another character is folded (U+212A is a Kelvin sign and a "k", U+FB01 is "fi"), and
    // those that accents join to other ones only as far as they can do so the other way round.
    constexpr std::string_view sure = "0123456789bcdegmopqruvxz -_.,:()[]&+#@!*";
    return sure.contains(core::ascii_lower(c));
}

std::vector<needle_group> needles_of(const audit_filter& wanted) {
    std::vector<needle_group> groups;
    add_group(groups, wanted.devices); // One device is in fewer lines than one company.
    add_group(groups, wanted.companies);
    return groups;
}

} // namespace contactd
