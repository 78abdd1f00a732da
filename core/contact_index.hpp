#pragma once

#include "core/entities.hpp"

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace core {

/// Some of contact::addresses, by their position.
using address_columns = std::bitset<3>;

inline constexpr address_columns every_address_column{0b111};

/// Finds the contacts of one company by their e-mail addresses. Inactive contacts and those without a readable address
/// are not in it. Refers to the contacts it was made from: it lives no longer than they do.
class contact_index {
public:
    explicit contact_index(std::span<const contact> contacts, address_columns of = every_address_column);

    /// The distinct contacts with this whole address, by ascending id. `folded` went through fold().
    std::vector<const contact*> with_address(std::string_view folded) const;

    /// The distinct contacts whose local part is this name, by ascending id.
    std::vector<const contact*> with_local_part(std::string_view folded) const;

    /// True when the local part of a contact that is none of these begins with the name and goes on after it.
    bool has_longer_local_part(std::string_view folded, std::span<const contact* const> except) const;

    /// True when every address with this local part is one and the same.
    bool local_part_has_one_address(std::string_view folded) const;

    /// How many active contacts have something in these fields, but no address that can be read.
    std::int64_t unreadable() const { return unreadable_; }

private:
    struct entry {
        std::string whole;           ///< The folded address.
        std::size_t local_part_size; ///< It begins with the local part.
        const contact* who;

        std::string_view local_part() const { return std::string_view(whole).substr(0, local_part_size); }
    };

    std::span<const entry> having_local_part(std::string_view folded) const;

    std::vector<entry> entries_; ///< By local part, then by whole address, then by contact id.
    std::int64_t unreadable_ = 0;
};

} // namespace core
