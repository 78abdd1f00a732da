#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "tests/sandbox/model/database.hpp"
#include "tests/sandbox/model/http.hpp"
#include "tests/sandbox/model/switches.hpp"

namespace sandbox {

enum class write_kind : std::uint8_t {
    patch, ///< changes the fields in the body
    put,   ///< and clears every other writable field that is not required
    create
};

struct write_context {
    database& tenant;
    const switches& options;
    const api_user& user;
    entity which = entity::configuration_items;
    time_point now;
    std::optional<std::int64_t> parent{}; ///< the company of a child route
    bool discard = false;                 ///< validate and answer, but store nothing
};

struct write_outcome {
    http_response reply;
    std::vector<old_value> before{}; ///< empty when nothing was stored
};

[[nodiscard]] write_outcome write_row(const write_context& context, write_kind kind, std::string_view body);
[[nodiscard]] http_response delete_row(const write_context& context, std::int64_t id);

} // namespace sandbox
