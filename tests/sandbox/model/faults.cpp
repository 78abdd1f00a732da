#include "tests/sandbox/model/faults.hpp"

#include <algorithm>
#include <array>

#include "tests/sandbox/model/json_access.hpp"
#include "tests/sandbox/model/switches.hpp"
#include "tests/sandbox/model/text.hpp"

namespace sandbox {
namespace {

struct kind_name {
    std::string_view name;
    fault_kind kind;
    bool applied;
    unsigned status;
};

/// The first of a kind is the name it is shown under; the others are shorthands.
constexpr std::array kind_names{kind_name{"reset", fault_kind::reset, false, 0},
                                kind_name{"reset_before", fault_kind::reset, false, 0},
                                kind_name{"reset_after", fault_kind::reset, true, 0},
                                kind_name{"stall", fault_kind::stall, false, 0},
                                kind_name{"html", fault_kind::html, false, 503},
                                kind_name{"maintenance", fault_kind::html, false, 200},
                                kind_name{"empty", fault_kind::empty, false, 503},
                                kind_name{"error", fault_kind::error, false, 500},
                                kind_name{"truncate", fault_kind::truncate, true, 0},
                                kind_name{"malformed", fault_kind::malformed, true, 200},
                                kind_name{"delay", fault_kind::delay, true, 0},
                                kind_name{"redirect", fault_kind::redirect, false, 307},
                                kind_name{"thread_limit", fault_kind::thread_limit, false, 0},
                                kind_name{"hourly_limit", fault_kind::hourly_limit, false, 0},
                                kind_name{"not_stored", fault_kind::not_stored, true, 0},
                                kind_name{"reverted", fault_kind::reverted, true, 0}};

std::string all_kind_names() {
    std::string result;
    for (const kind_name& known : kind_names)
        result += (result.empty() ? "" : ", ") + std::string{known.name};
    return result;
}

duration default_wait(fault_kind kind) {
    switch (kind) {
    case fault_kind::stall:
        return std::chrono::minutes{5};
    case fault_kind::delay:
        return std::chrono::seconds{1};
    case fault_kind::reverted:
        return std::chrono::seconds{2};
    default:
        return {};
    }
}

} // namespace

std::int64_t fault_list::add(fault_rule rule) {
    rule.id = next_id_++;
    rules_.push_back(std::move(rule));
    return rules_.back().id;
}

bool fault_list::remove(std::int64_t id) {
    return std::erase_if(rules_, [id](const fault_rule& rule) { return rule.id == id; }) > 0;
}

std::optional<fault_rule> fault_list::draw(const std::string& method, std::string_view path) {
    for (fault_rule& rule : rules_) {
        if (rule.count == 0 || (!rule.method.empty() && rule.method != method) || !glob_matches(rule.path, path))
            continue;
        if (rule.skip > 0) {
            --rule.skip;
            continue;
        }
        if (rule.probability < 1 && random_.unit() >= rule.probability)
            continue;
        if (rule.count > 0)
            --rule.count;
        ++rule.played;
        return rule;
    }
    return std::nullopt;
}

std::expected<fault_rule, std::string> parse_fault(const boost::json::object& given) {
    fault_rule rule;
    const std::string kind = text_member(given, "kind").value_or("");
    const auto known = std::ranges::find(kind_names, std::string_view{kind}, &kind_name::name);
    if (known == kind_names.end())
        return std::unexpected{"a fault needs a \"kind\", one of: " + all_kind_names()};
    rule.kind = known->kind;
    rule.applied = known->applied;
    rule.status = known->status;
    rule.wait = default_wait(rule.kind);
    for (const auto& member : given) {
        const std::string_view name{member.key().data(), member.key().size()};
        const boost::json::value& content = member.value();
        boost::system::error_code error;
        const auto whole = content.is_number() ? content.to_number<std::int64_t>(error) : -1;
        const bool count = content.is_number() && !error && whole >= 0;
        bool good = true;
        if (name == "kind" || name == "id" || name == "played") {
            continue;
        } else if (name == "path" && content.is_string()) {
            rule.path = std::string{content.get_string()};
        } else if (name == "method" && content.is_string()) {
            rule.method = std::string{content.get_string()};
        } else if (name == "text" && content.is_string()) {
            rule.text = std::string{content.get_string()};
        } else if (name == "location" && content.is_string()) {
            rule.location = std::string{content.get_string()};
        } else if (name == "applied" && content.is_bool()) {
            rule.applied = content.get_bool();
        } else if (name == "probability" && content.is_number()) {
            rule.probability = content.to_number<double>();
        } else if (name == "count" && content.is_number() && !error) {
            rule.count = whole;
        } else if (name == "skip" && count) {
            rule.skip = whole;
        } else if (name == "status" && count && whole >= 200 && whole <= 599) {
            rule.status = static_cast<unsigned>(whole);
        } else if (name == "bytes" && count) {
            rule.bytes = static_cast<std::size_t>(whole);
        } else if (name == "retry_after" && count) {
            rule.retry_after = whole;
        } else if (name == "wait" && content.is_string()) {
            const auto wait = parse_duration(std::string_view{content.get_string()});
            if (!wait)
                return std::unexpected{wait.error()};
            rule.wait = *wait;
        } else {
            good = false;
        }
        if (!good)
            return std::unexpected{"the key \"" + std::string{name} + "\" of a fault is unknown or has a wrong value"};
    }
    if (rule.kind == fault_kind::redirect && rule.location.empty())
        return std::unexpected{"a redirect needs a \"location\""};
    return rule;
}

boost::json::object describe_fault(const fault_rule& rule) {
    const auto name = std::ranges::find(kind_names, rule.kind, &kind_name::kind);
    boost::json::object result{
        {"id", rule.id},       {"kind", name->name}, {"path", rule.path},       {"probability", rule.probability},
        {"count", rule.count}, {"skip", rule.skip},  {"applied", rule.applied}, {"played", rule.played}};
    if (!rule.method.empty())
        result["method"] = rule.method;
    if (rule.status != 0)
        result["status"] = rule.status;
    if (rule.wait != duration::zero())
        result["wait"] = print_duration(rule.wait);
    if (!rule.text.empty())
        result["text"] = rule.text;
    if (!rule.location.empty())
        result["location"] = rule.location;
    if (rule.bytes)
        result["bytes"] = *rule.bytes;
    if (rule.retry_after)
        result["retry_after"] = *rule.retry_after;
    return result;
}

} // namespace sandbox
