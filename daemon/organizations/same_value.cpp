#include "daemon/organizations/same_value.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace contactd {

namespace {

// The tree has them in the order of their lines, which is no part of the value.
std::vector<const toml_node*> by_key(const std::vector<toml_node>& children) {
    std::vector<const toml_node*> sorted;
    sorted.reserve(children.size());
    for (const toml_node& child : children)
        sorted.push_back(&child);
    std::ranges::sort(sorted, {}, [](const toml_node* child) -> const std::string& { return child->key; });
    return sorted;
}

bool same_number(double left, double right) {
    return left == right ? std::signbit(left) == std::signbit(right) : std::isnan(left) && std::isnan(right);
}

} // namespace

bool same_value(const toml_node& left, const toml_node& right) {
    if (left.kind != right.kind || left.children.size() != right.children.size())
        return false;
    switch (left.kind) {
    case toml_kind::table:
        return std::ranges::equal(by_key(left.children), by_key(right.children),
                                  [](const toml_node* one, const toml_node* other) {
                                      return one->key == other->key && same_value(*one, *other);
                                  });
    case toml_kind::array:
        return std::ranges::equal(left.children, right.children, same_value);
    case toml_kind::text:
    case toml_kind::date_or_time:
        return left.text == right.text;
    case toml_kind::integer:
        return left.integer == right.integer;
    case toml_kind::number:
        return same_number(left.number, right.number);
    case toml_kind::boolean:
        return left.boolean == right.boolean;
    }
    return false;
}

} // namespace contactd
