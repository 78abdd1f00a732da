#pragma once

#include <cstdint>
#include <string>

#include "tests/sandbox/model/database.hpp"

namespace sandbox {

/// The operator's own list of clients as an RMM or an automation platform would export it: CSV (RFC 4180) with the
/// columns `name,domain,tags,datto_company_id`, sorted by name. People keep such a list by hand beside the PSA, and it
/// shows: legal forms are dropped, names are typed another way, a client is missing, another one has left long ago.
/// The rows are made of the tenant's companies and their contacts, whether generated or not.
[[nodiscard]] std::string organizations_csv(const database& tenant, std::uint64_t seed);

} // namespace sandbox
