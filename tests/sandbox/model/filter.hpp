#pragma once

#include <cstdint>
#include <expected>
#include <limits>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include <boost/json/array.hpp>

#include "tests/sandbox/model/switches.hpp"
#include "tests/sandbox/model/table.hpp"

namespace sandbox {

/// The operators of the vendor's page on basic query calls.
enum class filter_operator : std::uint8_t {
    eq,
    noteq,
    gt,
    gte,
    lt,
    lte,
    begins_with,
    ends_with,
    contains,
    exist,
    not_exist,
    in,
    not_in
};

/// One node of a compiled filter: a comparison, or a group of nodes.
struct filter_node {
    enum class kind : std::uint8_t { comparison, all_of, any_of };
    kind what = kind::comparison;
    std::vector<filter_node> items; ///< of a group

    field_index field = 0;
    field_type type = field_type::text;
    filter_operator op = filter_operator::eq;
    value operand;                            ///< folded, when it is a text
    std::unordered_set<std::int64_t> numbers; ///< of `in` and `notIn`
    std::unordered_set<std::string> texts;    ///< the same for texts, folded
    bool empty_exists = true;                 ///< see exist_matches_empty_string
    bool null_differs = false;                ///< see noteq_matches_null

    [[nodiscard]] bool matches(const row& candidate) const;
};

/// A filter, compiled once a request.
struct filter {
    filter_node root; ///< all_of the nodes at the top
    /// When the nodes at the top allow only these companies: their ids, each once.
    std::optional<std::vector<std::int64_t>> companies;
    /// When they allow only these rows.
    std::optional<std::vector<std::int64_t>> ids;
    /// No row with an id up to this one matches.
    std::int64_t above = std::numeric_limits<std::int64_t>::min();
};

/// The error is the text the API answers with, under status 500.
[[nodiscard]] std::expected<filter, std::string> compile_filter(const boost::json::array& nodes, const table& rows,
                                                                const switches& options);

/// `Unable to find X in the Y Entity`
[[nodiscard]] std::string unknown_field_text(std::string_view name, const schema& shape);

} // namespace sandbox
