#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace autotask {

/// The operators of a query filter. The server drops an operator it does not know without a word and answers with
/// every row, so a query can only be built from this list.
/// Source: Autotask developer help, "Basic query calls".
enum class filter_op {
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
    not_in,
};

/// The name the API uses, such as "noteq".
std::string_view to_string(filter_op op);

/// The operator of that API name (case is ignored), or nothing.
std::optional<filter_op> parse_filter_op(std::string_view name);

/// Every operator's API name, for messages.
std::span<const std::string_view> filter_op_names();

/// One value of a condition.
using filter_value = std::variant<std::int64_t, double, bool, std::string>;

/// A condition on one field. `values` is empty for exist and not_exist, has any number for in and not_in, and exactly
/// one for every other operator.
struct condition {
    std::string field;
    filter_op op = filter_op::eq;
    std::vector<filter_value> values;
    bool user_defined = false;
};

} // namespace autotask
