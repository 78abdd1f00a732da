#pragma once

#include "core/suggest.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Clients of a made-up provider as two lists that people keep: what is in them, how it is spelled, and the truth.
namespace bench {

struct organization_record {
    core::organization_entry entry;
    std::size_t firm = 0;  ///< Who it really is.
    std::string_view kind; ///< "plain", or the trap that it is part of.
};

struct company_record {
    core::company_entry entry;
    std::size_t firm = 0;
};

struct clients {
    std::vector<organization_record> organizations;
    std::vector<company_record> companies;
    std::vector<std::optional<std::size_t>> company_of_firm;
    std::size_t rewritten = 0; ///< Organizations that nobody could have told from another firm's company.

    std::optional<std::size_t> partner(std::size_t organization) const {
        return company_of_firm[organizations[organization].firm];
    }
};

/// About `size` organizations and as many companies; a tenth of either has no partner. Where an organization and a
/// company of different firms have no other entry of their name beside them, and neither legal form nor domain is
/// different, nobody could know that they are two. So it is with a firm and its branch "SE" that share a domain, where
/// "SE" may be a legal form. With `blind` such pairs stay, otherwise the organization is written in full, and left out
/// where this does not help.
clients make_clients(std::uint64_t seed, std::size_t size, bool blind);

} // namespace bench
