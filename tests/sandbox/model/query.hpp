#pragma once

#include <string>
#include <string_view>

#include "tests/sandbox/model/http.hpp"
#include "tests/sandbox/model/scan.hpp"
#include "tests/sandbox/model/switches.hpp"

namespace sandbox {

/// Where a page is asked for. `POST` bodies and `?search=` carry the same document.
struct query_context {
    const table& rows;
    const switches& options;
    const visible_companies* visible = nullptr; ///< null: all rows
    bool protected_visible = true;
    std::string entity_url; ///< absolute, `https://host/ATServicesRest/V1.0/Companies`
};

enum class page_direction { first, next, previous };

struct query_call {
    std::string_view document; ///< the query itself
    bool by_get = false;       ///< then the next URL carries the document as `search`
    page_direction direction = page_direction::first;
    std::string paging{}; ///< the decoded token of the next or previous URL
};

/// The reply and how many rows it holds.
struct query_outcome {
    http_response reply;
    std::size_t rows = 0;
};

[[nodiscard]] query_outcome run_query(const query_context& context, const query_call& call);
[[nodiscard]] http_response run_count(const query_context& context, std::string_view document);

} // namespace sandbox
