#include "tests/sandbox/model/filter.hpp"

#include <algorithm>

#include "tests/sandbox/model/text.hpp"

namespace sandbox {
namespace {

int order(std::int64_t left, std::int64_t right) {
    return left < right ? -1 : (left > right ? 1 : 0);
}

/// Negative, zero or positive, as the cell is below, at or above the operand. Both are of the column's type.
int compare(const value& cell, const value& operand) {
    switch (operand.type()) {
    case value::kind::text:
        return fold(cell.as_text()).compare(operand.as_text());
    case value::kind::real:
        return cell.as_real() < operand.as_real() ? -1 : (cell.as_real() > operand.as_real() ? 1 : 0);
    case value::kind::boolean:
        return order(cell.as_boolean() ? 1 : 0, operand.as_boolean() ? 1 : 0);
    default:
        return order(cell.as_integer(), operand.as_integer());
    }
}

std::string text_of(const value& cell) {
    return cell.type() == value::kind::integer ? std::to_string(cell.as_integer()) : fold(cell.as_text());
}

bool is_listed(const filter_node& node, const value& cell) {
    if (cell.type() == value::kind::text)
        return node.texts.contains(fold(cell.as_text()));
    if (cell.type() == value::kind::real)
        return node.texts.contains(std::to_string(cell.as_real()));
    return node.numbers.contains(cell.type() == value::kind::boolean ? (cell.as_boolean() ? 1 : 0) : cell.as_integer());
}

bool compares(const filter_node& node, const value& cell) {
    if (node.op == filter_operator::exist || node.op == filter_operator::not_exist) {
        const bool empty = cell.type() == value::kind::text && cell.as_text().empty() && !node.empty_exists;
        return (!cell.is_null() && !empty) == (node.op == filter_operator::exist);
    }
    if (cell.is_null())
        return node.null_differs && (node.op == filter_operator::noteq || node.op == filter_operator::not_in);
    switch (node.op) {
    case filter_operator::eq:
        return compare(cell, node.operand) == 0;
    case filter_operator::noteq:
        return compare(cell, node.operand) != 0;
    case filter_operator::gt:
        return compare(cell, node.operand) > 0;
    case filter_operator::gte:
        return compare(cell, node.operand) >= 0;
    case filter_operator::lt:
        return compare(cell, node.operand) < 0;
    case filter_operator::lte:
        return compare(cell, node.operand) <= 0;
    case filter_operator::begins_with:
        return text_of(cell).starts_with(node.operand.as_text());
    case filter_operator::ends_with:
        return text_of(cell).ends_with(node.operand.as_text());
    case filter_operator::contains:
        return text_of(cell).find(node.operand.as_text()) != std::string::npos;
    case filter_operator::in:
        return is_listed(node, cell);
    case filter_operator::not_in:
        return !is_listed(node, cell);
    default:
        return false;
    }
}

} // namespace

bool filter_node::matches(const row& candidate) const {
    switch (what) {
    case kind::comparison:
        return compares(*this, candidate.get(field));
    case kind::all_of:
        return std::ranges::all_of(items, [&candidate](const filter_node& item) { return item.matches(candidate); });
    case kind::any_of:
        return std::ranges::any_of(items, [&candidate](const filter_node& item) { return item.matches(candidate); });
    }
    return false;
}

} // namespace sandbox
