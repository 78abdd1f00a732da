#pragma once

#include <cstdint>
#include <string_view>

#include "tests/sandbox/model/schema.hpp"

namespace sandbox {

enum class route_kind : std::uint8_t {
    unknown,             ///< the web server's 404 page
    wrong_method,        ///< the framework's 405
    zone_information,    ///< the only call without credentials, besides version_information
    version_information, ///< `/versioninformation`: which versions of the API there are
    version,             ///< `/V1.0/Version`
    threshold_information,
    query,
    query_next,
    query_previous,
    count,
    get_item,
    delete_item,
    write_collection, ///< POST, PUT or PATCH
    child_list,       ///< `Companies/{parent}/Contacts`
    child_get,
    child_write,
    child_delete,
    entity_information,
    fields,
    user_defined_fields
};

/// What a request line asks for.
struct route {
    route_kind kind = route_kind::unknown;
    entity which = entity::companies; ///< the rows concerned; for a child route those of the child
    std::int64_t id = 0;
    std::int64_t parent = 0; ///< of a child route
};

[[nodiscard]] route parse_route(std::string_view method, std::string_view target, bool strict_casing);
[[nodiscard]] bool is_child(route_kind kind);
[[nodiscard]] bool is_write(route_kind kind);
/// The first path segment in its canonical spelling: the name under which calls are counted and share threads.
[[nodiscard]] std::string_view endpoint_name(const route& where, bool child_on_its_own);

} // namespace sandbox
