#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tests/sandbox/model/generator/plan.hpp"

namespace sandbox {

/// The values that came to the generator after its first ones. Each row draws them from a stream of its own, made of
/// the seed and the row's id, so that nothing drawn before, and no decision made of it, became another for a seed.
class extras {
public:
    explicit extras(std::uint64_t seed) : seed_{seed} {}

    /// The company's name; some get words with diacritics or an `&`. Domain and logins are made of the plain name.
    [[nodiscard]] static std::string company_name(std::int64_t id, const std::string& plain);
    /// `webAddress` in one of the forms in which people type it, and the user-defined field `Service level`.
    void add_to_company(row_builder& row, const planned_company& company) const;
    /// The user-defined field `Login name`: of some contacts, and of most without an address.
    void add_to_contact(row_builder& row, const planned_company& company, const planned_contact& contact,
                        std::string_view login, bool has_address) const;
    /// `configurationItemCategoryID`, mostly the one that fits the type; null for some.
    void add_to_device(row_builder& row, std::int64_t id, std::int64_t type) const;
    /// The account on a device is spelled unlike the address of its person, whose `Login name` may tell of it.
    void note_account(database& tenant, const planned_company& company, std::int64_t contact,
                      const std::string& account) const;

private:
    enum class purpose : std::uint64_t { company = 1, contact, device, account };
    [[nodiscard]] random_source stream(purpose what, std::int64_t id) const;

    std::uint64_t seed_;
};

void make_categories(database& tenant);

/// Moves the people of every second branch to its parent company, where some providers enter all people of a group.
/// The devices of the branch stay, and so do their contacts, which belong to the parent company then.
void move_people_to_parents(database& tenant, const std::vector<planned_company>& companies);

} // namespace sandbox
