#pragma once

#include "core/ids.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace core {

/// What the operator knows of one of its clients.
struct organization_entry {
    std::string name;
    std::string domain; ///< Of the web or of e-mail, as it was typed; may be empty.
};

/// What Autotask knows of a company.
struct company_entry {
    company_id id;
    std::string name;
    std::string web_address; ///< May be empty.
};

/// What speaks for an organization and a company being the same, the strongest first.
enum class evidence {
    exact_name,   ///< The names are the same to the letter.
    same_name,    ///< The names say the same, see company_name.
    web_address,  ///< The web address is the same; and for a sure match the name as well, but not the name alone.
    similar_name, ///< The names have much in common.
};
inline constexpr int evidence_count = 4;

/// In words for people: "same name".
std::string_view to_string(evidence why);

/// A company that an organization may be, by index.
struct candidate {
    std::size_t company = 0;
    evidence why = evidence::similar_name;
};

/// How many candidates are named for an organization.
inline constexpr std::size_t most_candidates = 5;

/// An organization that is this company; both by index.
struct sure_match {
    std::size_t organization = 0;
    std::size_t company = 0;
    evidence why = evidence::exact_name;
};

/// An organization for which a person has to decide.
struct open_match {
    std::size_t organization = 0;
    std::vector<candidate> candidates; ///< The best first, at most `most_candidates`, at least one.
    std::string why_not;               ///< Why the best is not sure, a phrase: "two companies have this name".
};

/// Every organization is in exactly one of the first three lists, each in the order of the organizations.
struct suggestions {
    std::vector<sure_match> sure; ///< No company twice.
    std::vector<open_match> ambiguous;
    std::vector<std::size_t> unmatched_organizations;
    std::vector<std::size_t> unmatched_companies; ///< Neither sure nor a candidate of anybody, in their order.
};

/// Which company each organization is. What is called sure may be used without looking at it: a wrong company would be
/// another client's. So nothing is sure that only looks alike, nor what another entry of either list makes doubtful.
/// The order of the entries makes no difference.
suggestions suggest(std::span<const organization_entry> organizations, std::span<const company_entry> companies);

} // namespace core
