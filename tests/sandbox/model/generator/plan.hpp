#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "tests/sandbox/model/database.hpp"
#include "tests/sandbox/model/generator/generate.hpp"
#include "tests/sandbox/model/random.hpp"

namespace sandbox {

/// How a company makes addresses out of names.
enum class address_convention : std::uint8_t { first_dot_last, flast, first };

struct planned_contact {
    std::int64_t id = 0;
    std::string first;
    std::string last;
    std::string login; ///< the local part of the address; empty without an address
    bool is_active = true;
    bool is_plain = true; ///< an ordinary contact that its login finds, and nobody else
};

struct planned_company {
    std::int64_t id = 0;
    std::int64_t parent = -1; ///< -1: none
    std::string name;
    std::string domain;  ///< of the addresses; shared with the branches
    std::string netbios; ///< at most 15 characters
    address_convention convention = address_convention::first_dot_last;
    std::size_t devices = 0;
    std::vector<planned_contact> contacts;
    std::set<std::string> logins; ///< taken ones
};

/// The moment the generated world was looked at last; the generator reads no clock.
inline constexpr std::int64_t world_date = 1'768'464'000'000; // 2026-01-15T08:00:00Z
inline constexpr std::int64_t day_length = 86'400'000;

/// When a row of that date of creation was changed last: some rows never since, some yesterday.
[[nodiscard]] inline std::int64_t random_modification(std::int64_t created, random_source& random) {
    return random.between(created, world_date - 1);
}

class extras;

[[nodiscard]] std::vector<planned_company> make_companies(database& tenant, const generator_options& options,
                                                          random_source& random, const extras& more);
void make_contacts(database& tenant, planned_company& company, std::int64_t& next_id, random_source& random,
                   const extras& more);
void make_devices(database& tenant, const planned_company& company, std::int64_t& next_id, std::size_t& odd_forms,
                  random_source& random, const extras& more);

/// Sets a field by its name.
class row_builder {
public:
    row_builder(const table& rows, std::int64_t id) : rows_{rows}, row_{id} {}

    row_builder& text(std::string_view field, std::string_view content);
    row_builder& number(std::string_view field, std::int64_t content);
    row_builder& flag(std::string_view field, bool content);
    row_builder& user_defined(std::string_view field, std::string_view content);
    [[nodiscard]] row take() { return std::move(row_); }

private:
    const table& rows_;
    row row_;
};

} // namespace sandbox
