#include "daemon/plan_file/json_members.hpp"

#include <cmath>
#include <utility>

namespace contactd {

namespace json = boost::json;

namespace {

const json::array no_list;
const json::object no_object;

/// A plan that took longer is none.
constexpr double longest = 1e9;

/// So that sums of counts are numbers.
constexpr std::int64_t most_of_anything = 1'000'000'000'000;

} // namespace

const json::value* json_members::find(std::string_view name) const {
    return of_.if_contains(name);
}

void json_members::complain(const std::string& phrase) {
    if (error_.empty())
        error_ = where_.empty() ? phrase : where_ + ": " + phrase;
}

void json_members::should_be(std::string_view name, std::string_view kind) {
    complain('"' + std::string(name) + (find(name) ? "\" should be " : "\" is missing; it should be ") +
             std::string(kind));
}

std::string json_members::text(std::string_view name) {
    const auto* const found = find(name);
    if (found && found->is_string() && !found->get_string().empty())
        return std::string(found->get_string());
    should_be(name, "a text that is not empty");
    return {};
}

std::string json_members::text_if_any(std::string_view name) {
    const auto* const found = find(name);
    if (found && found->is_string())
        return std::string(found->get_string());
    if (found)
        should_be(name, "a text");
    return {};
}

std::int64_t json_members::id_of(const json::value& from, std::string_view name) {
    if (from.is_int64() && from.get_int64() >= 0)
        return from.get_int64();
    should_be(name, "a whole number from 0 on");
    return 0;
}

std::int64_t json_members::number(std::string_view name) {
    const auto* const found = find(name);
    if (found)
        return id_of(*found, name);
    should_be(name, "a whole number from 0 on");
    return 0;
}

std::int64_t json_members::count(std::string_view name) {
    const auto found = number(name);
    if (found <= most_of_anything)
        return found;
    should_be(name, "a count");
    return 0;
}

std::optional<std::int64_t> json_members::number_if_any(std::string_view name) {
    const auto* const found = find(name);
    return found ? std::optional(id_of(*found, name)) : std::nullopt;
}

std::optional<std::int64_t> json_members::number_or_null(std::string_view name) {
    const auto* const found = find(name);
    if (found && found->is_null())
        return std::nullopt;
    if (found && found->is_int64())
        return id_of(*found, name);
    should_be(name, "null or a whole number from 0 on");
    return std::nullopt;
}

bool json_members::truth_if_any(std::string_view name) {
    const auto* const found = find(name);
    if (found && found->is_bool())
        return found->get_bool();
    if (found)
        should_be(name, "true or false");
    return false;
}

std::int64_t json_members::milliseconds(std::string_view name) {
    const auto* const found = find(name);
    const auto seconds = found && found->is_number() ? found->to_number<double>() : -1;
    if (seconds >= 0 && seconds < longest)
        return std::llround(seconds * 1000);
    should_be(name, "a number of seconds");
    return 0;
}

std::vector<std::int64_t> json_members::numbers_if_any(std::string_view name) {
    std::vector<std::int64_t> numbers;
    if (find(name))
        for (const auto& one : list(name))
            numbers.push_back(id_of(one, name));
    return numbers;
}

const json::array& json_members::list(std::string_view name) {
    const auto* const found = find(name);
    if (found && found->is_array())
        return found->get_array();
    should_be(name, "an array");
    return no_list;
}

const json::object& json_members::object(std::string_view name) {
    const auto* const found = find(name);
    if (found && found->is_object())
        return found->get_object();
    should_be(name, "an object");
    return no_object;
}

} // namespace contactd
