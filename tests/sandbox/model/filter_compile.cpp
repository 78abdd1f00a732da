#include "tests/sandbox/model/filter.hpp"

#include <algorithm>
#include <array>

#include <boost/json/object.hpp>
#include <fmt/format.h>

#include "tests/sandbox/model/convert.hpp"
#include "tests/sandbox/model/json_access.hpp"
#include "tests/sandbox/model/text.hpp"

namespace sandbox {
namespace {

constexpr std::size_t or_limit = 500;
constexpr std::string_view or_limit_text = "Invalid query syntax. Queries are limited to 500 or fewer 'OR' conditions.";

// The help says that it is so, not how a second one is refused.
constexpr std::string_view udf_limit_text = "You can only query by one user-defined field at a time.";

constexpr std::array<std::string_view, 13> operator_names{
    "eq", "noteq", "gt", "gte", "lt", "lte", "beginsWith", "endsWith", "contains", "exist", "notExist", "in", "notIn"};

std::optional<filter_operator> operator_named(std::string_view name) {
    for (std::size_t i = 0; i < operator_names.size(); ++i)
        if (equal_ignoring_case(operator_names[i], name))
            return static_cast<filter_operator>(i);
    return std::nullopt;
}

using compiled = std::expected<std::optional<filter_node>, std::string>;

/// Turns JSON into nodes and counts the OR conditions on the way.
class compiler {
public:
    compiler(const table& rows, const switches& options) : rows_{rows}, options_{options} {}

    /// Nothing when the node is dropped.
    compiled node(const boost::json::value& given, bool under_or) {
        if (!given.is_object())
            return std::unexpected{"Error converting value to type 'Filter'."};
        const boost::json::object& object = given.get_object();
        const std::string op = text_member(object, "op").value_or("");
        if (equal_ignoring_case(op, "and") || equal_ignoring_case(op, "or"))
            return group(object, equal_ignoring_case(op, "or"));
        const auto known = operator_named(op);
        // The API does not complain about an operator it does not know: the condition just vanishes.
        if (!known)
            return std::nullopt;
        if (under_or)
            count(1);
        return comparison(object, *known);
    }

    [[nodiscard]] bool too_many() const { return too_many_; }

private:
    void count(std::size_t terms) {
        terms_ += terms;
        if (options_.or_limit_counts == or_counting::query ? terms_ > or_limit : terms > or_limit)
            too_many_ = true;
    }

    compiled group(const boost::json::object& object, bool any) {
        filter_node result;
        result.what = any ? filter_node::kind::any_of : filter_node::kind::all_of;
        const boost::json::value* items = find_member(object, "items");
        if (items == nullptr || !items->is_array() || items->get_array().empty())
            return std::nullopt;
        for (const boost::json::value& item : items->get_array()) {
            auto child = node(item, any);
            if (!child)
                return child;
            if (*child)
                result.items.push_back(*std::move(*child));
        }
        if (any && options_.or_limit_counts == or_counting::list)
            count(result.items.size());
        if (result.items.empty())
            return std::nullopt;
        return result;
    }

    compiled comparison(const boost::json::object& object, filter_operator op) {
        filter_node result;
        result.op = op;
        result.empty_exists = options_.exist_matches_empty_string;
        result.null_differs = options_.noteq_matches_null;

        field column;
        const std::string name = text_member(object, "field").value_or("");
        const boost::json::value* udf = find_member(object, "udf");
        if (udf != nullptr && udf->is_bool() && udf->get_bool()) {
            const auto index = rows_.find_user_defined(name);
            if (!index)
                return std::unexpected{unknown_field_text(name, rows_.shape())};
            // A second condition on the same field is no second field.
            if (options_.udf_filters == udf_conditions::one && udf_.value_or(*index) != *index)
                return std::unexpected{std::string{udf_limit_text}};
            udf_ = *index;
            result.field = *index;
            column.name = name;
        } else {
            const auto index = rows_.shape().find(name);
            if (!index)
                return std::unexpected{unknown_field_text(name, rows_.shape())};
            result.field = *index;
            column = rows_.shape().fields[*index];
        }
        if (column.has(not_queryable))
            return std::unexpected{fmt::format("The field {} cannot be used in a query of the {} Entity", column.name,
                                               rows_.shape().singular)};
        result.type = column.type;
        if (op == filter_operator::exist || op == filter_operator::not_exist)
            return result;

        const boost::json::value* operand = find_member(object, "value");
        const boost::json::value null;
        if (op == filter_operator::in || op == filter_operator::not_in)
            return list(std::move(result), operand == nullptr ? null : *operand, column);
        // Patterns compare what the column shows as text.
        if (op == filter_operator::begins_with || op == filter_operator::ends_with || op == filter_operator::contains)
            column.type = field_type::text;
        auto converted = to_comparable(operand == nullptr ? null : *operand, column);
        if (!converted)
            return std::unexpected{converted.error()};
        result.operand = converted->type() == value::kind::text ? value::text(fold(converted->as_text())) : *converted;
        return result;
    }

    compiled list(filter_node result, const boost::json::value& operand, const field& column) {
        // A scalar is taken as a list of one.
        const boost::json::array single(1, operand);
        const boost::json::array& elements = operand.is_array() ? operand.get_array() : single;
        count(elements.size());
        if (too_many_)
            return std::unexpected{std::string{or_limit_text}};
        for (const boost::json::value& element : elements) {
            auto converted = to_comparable(element, column);
            if (!converted)
                return std::unexpected{converted.error()};
            if (converted->type() == value::kind::text)
                result.texts.insert(fold(converted->as_text()));
            else if (converted->type() == value::kind::real)
                result.texts.insert(std::to_string(converted->as_real()));
            else
                result.numbers.insert(converted->type() == value::kind::boolean ? (converted->as_boolean() ? 1 : 0)
                                                                                : converted->as_integer());
        }
        return result;
    }

    const table& rows_;
    const switches& options_;
    std::size_t terms_ = 0;
    bool too_many_ = false;
    std::optional<field_index> udf_; ///< the user-defined field a condition has named
};

/// The values that an `eq` or `in` on a whole-number column allows.
std::optional<std::vector<std::int64_t>> allowed(const filter_node& node) {
    if (node.op == filter_operator::eq && node.operand.type() == value::kind::integer)
        return std::vector<std::int64_t>{node.operand.as_integer()};
    if (node.op == filter_operator::in && node.texts.empty())
        return std::vector<std::int64_t>(node.numbers.begin(), node.numbers.end());
    return std::nullopt;
}

/// Reads from the conditions at the top which rows need not be looked at. The conditions stay: this only saves time.
void find_shortcuts(filter& result, const table& rows) {
    for (const filter_node& node : result.root.items) {
        if (node.what != filter_node::kind::comparison)
            continue;
        if (rows.company_field() == node.field && !result.companies)
            result.companies = allowed(node);
        if (node.field != 0)
            continue;
        if (!result.ids)
            result.ids = allowed(node);
        if (node.op == filter_operator::gt)
            result.above = std::max(result.above, node.operand.as_integer());
        if (node.op == filter_operator::gte && node.operand.as_integer() > std::numeric_limits<std::int64_t>::min())
            result.above = std::max(result.above, node.operand.as_integer() - 1);
    }
}

} // namespace

std::string unknown_field_text(std::string_view name, const schema& shape) {
    return fmt::format("Unable to find {} in the {} Entity", name, shape.singular);
}

std::expected<filter, std::string> compile_filter(const boost::json::array& nodes, const table& rows,
                                                  const switches& options) {
    filter result;
    result.root.what = filter_node::kind::all_of;
    compiler work{rows, options};
    for (const boost::json::value& given : nodes) {
        auto node = work.node(given, false);
        if (!node)
            return std::unexpected{node.error()};
        if (*node)
            result.root.items.push_back(*std::move(*node));
    }
    if (work.too_many())
        return std::unexpected{std::string{or_limit_text}};
    find_shortcuts(result, rows);
    return result;
}

} // namespace sandbox
