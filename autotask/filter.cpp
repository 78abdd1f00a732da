#include "autotask/filter.hpp"

#include "core/ascii.hpp"

#include <algorithm>
#include <array>

namespace autotask {
namespace {

constexpr std::array<std::string_view, 13> names{
    "eq", "noteq", "gt", "gte", "lt", "lte", "beginsWith", "endsWith", "contains", "exist", "notExist", "in", "notIn",
};

} // namespace

std::string_view to_string(filter_op op) {
    return names[static_cast<std::size_t>(op)];
}

std::optional<filter_op> parse_filter_op(std::string_view name) {
    for (std::size_t i = 0; i < names.size(); ++i)
        if (std::ranges::equal(names[i], name, {}, core::ascii_lower, core::ascii_lower))
            return static_cast<filter_op>(i);
    return std::nullopt;
}

std::span<const std::string_view> filter_op_names() {
    return names;
}

} // namespace autotask
