#pragma once

#include "autotask/error.hpp"
#include "autotask/wanted_rows.hpp"
#include "core/entities.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace autotask {

/// A row that could not be read: what is wrong with it, and which company it belongs to where that could be told.
struct bad_row {
    std::string what; ///< "contact 4711 has a number where emailAddress should be a text".
    std::optional<core::company_id> company;
};

/// All rows of a query, and those that could not be read.
template <class Row>
struct rows {
    std::vector<Row> good;
    std::vector<bad_row> bad;
};

/// The rows of one page. The API promises camelCase names, null for absent values and ids as numbers; ids that come as
/// texts or as whole floating-point numbers are read as well, and an absent value is the same as null.
template <class Row>
struct page {
    std::vector<Row> rows;
    std::vector<bad_row> bad;
    std::size_t received = 0;            ///< Rows on the page, good and bad.
    std::optional<std::int64_t> last_id; ///< The highest id on the page.
    bool server_has_more = false;        ///< The page names a next page.
    std::vector<bool>
        seen_login_fields; ///< Which of the user-defined fields that were asked for a row has, be it empty.
};

/// Reads a page of a query's reply. The error is a phrase: the body is no reply to a query, or its rows do not come by
/// ascending id above `after`, so that paging by id would lose some.
std::expected<page<core::company>, std::string> read_companies(std::string_view body,
                                                               std::optional<std::int64_t> after);
std::expected<page<core::device>, std::string> read_devices(std::string_view body, std::optional<std::int64_t> after);

/// Takes the fields that `wanted` names, each to its place.
std::expected<page<core::contact>, std::string> read_contacts(std::string_view body, std::optional<std::int64_t> after,
                                                              const wanted_rows& wanted);

/// A row of which only the name is wanted.
struct named_row {
    std::int64_t id = 0;
    std::string name;
};

/// Reads the rows of ConfigurationItemCategories.
std::expected<page<named_row>, std::string> read_categories(std::string_view body, std::optional<std::int64_t> after);

/// The number of a reply to /query/count.
std::optional<std::int64_t> read_count(std::string_view body);

/// The id of a reply to a write: {"itemId": 123}, as number or text.
std::optional<std::int64_t> read_item_id(std::string_view body);

} // namespace autotask
