#pragma once

#include "autotask/filter.hpp"
#include "core/wall_time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace autotask {

/// Alternatives, of which one must hold.
using any_of = std::vector<condition>;

/// A query of one entity: which fields of which rows. All of `where` must hold.
struct query {
    std::vector<std::string> fields; ///< Empty for all there are, user-defined ones as well.
    std::vector<std::variant<condition, any_of>> where;
    bool expendable = false; ///< Whoever asks has another way: given up after a few attempts.
};

/// The most rows the API puts on a page, and the page size we ask for.
/// Source: developer help, "Basic query calls".
inline constexpr std::size_t page_size = 500;

/// The most values or alternatives a query may have. Source: developer help, "REST thresholds and limits". Shorter
/// lists than this are asked for: long ones have failed in the database behind the API.
inline constexpr std::size_t longest_list = 200;

/// The body of a POST to /query: a page of rows with an id above `after`. Rows come by ascending id, so that the last
/// id of a page is where the next one begins; no token of the server is needed, and rows that come or go meanwhile
/// shift nothing.
std::string page_body(const query& what, std::optional<std::int64_t> after, std::size_t rows = page_size);

/// The body of a POST to /query/count.
std::string count_body(const query& what);

/// Shorthands for conditions on a field.
condition equals(std::string_view field, filter_value value);
condition exists(std::string_view field);
condition exists_not(std::string_view field);
condition is_one_of(std::string_view field, std::vector<filter_value> values);
condition contains(std::string_view field, std::string text);
condition begins_with(std::string_view field, std::string text);
condition is_not_before(std::string_view field, core::wall_time when);

} // namespace autotask
