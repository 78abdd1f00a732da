#include "core/rules.hpp"

#include <algorithm>

namespace core {
namespace {

constexpr std::array<std::string_view, rule_count> names{
    "email",      "local_part", "alias", "login_field", "other_email",  "other_local_part",
    "first.last", "firstlast",  "flast", "firstl",      "parent_email", "parent_local_part",
};

} // namespace

std::array<std::string_view, rule_count> rule_names() {
    return names;
}

std::string_view to_string(rule one) {
    return names[static_cast<std::size_t>(one)];
}

std::optional<rule> parse_rule(std::string_view name) {
    const auto found = std::ranges::find(names, name);
    if (found == names.end())
        return std::nullopt;
    return static_cast<rule>(found - names.begin());
}

bool wants_address(rule one) {
    return one == rule::email || one == rule::other_email || one == rule::parent_email || one == rule::alias ||
           one == rule::login_field;
}

bool wants_login_name(rule one) {
    return !wants_address(one) || one == rule::alias || one == rule::login_field;
}

bool is_name_form(rule one) {
    return one == rule::first_dot_last || one == rule::firstlast || one == rule::flast || one == rule::firstl;
}

bool needs_no_address(rule one) {
    return one == rule::alias || one == rule::login_field || is_name_form(one);
}

bool may_find_a_namesake(rule one) {
    return is_name_form(one) || is_of_parent(one) || one == rule::other_email || one == rule::other_local_part;
}

bool is_of_parent(rule one) {
    return one == rule::parent_email || one == rule::parent_local_part;
}

} // namespace core
