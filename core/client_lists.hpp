#pragma once

#include "core/known_company.hpp"
#include "core/suggest.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace core {

/// Entries of both lists that have something in common, by index. The companies come in an order that does not depend
/// on that of their list.
struct sharers {
    std::vector<std::size_t> organizations;
    std::vector<std::size_t> companies;

    bool on_both_sides() const { return !organizations.empty() && !companies.empty(); }
    bool one_each() const { return organizations.size() == 1 && companies.size() == 1; }
};

/// Two lists of companies, read once, and who in them has a name or a domain in common with whom.
class client_lists {
public:
    /// Refers to the entries of the companies: it lives no longer than they do.
    client_lists(std::span<const organization_entry> organizations, std::span<const company_entry> companies);
    client_lists(const client_lists&) = delete;
    client_lists& operator=(const client_lists&) = delete;

    const std::vector<known_company>& organizations() const { return organizations_; }
    const std::vector<known_company>& companies() const { return companies_; }

    /// All that are called like this one, whatever their legal form; itself among them.
    const sharers& namesakes_of_organization(std::size_t index) const { return groups_[organization_groups_[index]]; }
    const sharers& namesakes_of_company(std::size_t index) const { return groups_[company_groups_[index]]; }
    bool are_namesakes(std::size_t organization, std::size_t company) const;

    /// All that have this one's domain; null when it has none.
    const sharers* domain_of_organization(std::size_t index) const;

    /// The name of a longer name that begins, ends or goes on with this one and that only one of the lists has: who is
    /// called "Adler" in the other may be this "Adler Bau GmbH". Null where there is none. What both lists have is
    /// explained by itself.
    const std::string* longer_than(const company_name& name) const;

    /// An order of the companies by what is in them.
    bool comes_before(std::size_t one, std::size_t other) const;

private:
    void group_by_names();
    void group_by_domains();
    void collect_parts();
    void add_parts_of(const known_company& whole);
    void put_in_order(sharers& all) const;

    std::span<const company_entry> entries_;
    std::vector<known_company> organizations_;
    std::vector<known_company> companies_;
    std::vector<std::size_t> organization_groups_;
    std::vector<std::size_t> company_groups_;
    std::vector<sharers> groups_;
    std::unordered_map<std::string_view, sharers> domains_;
    std::unordered_map<std::string, const std::string*> wholes_; ///< By a part of the name.
};

} // namespace core
