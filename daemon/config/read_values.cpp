#include "daemon/config/read_values.hpp"

#include "daemon/config/duration.hpp"
#include "daemon/config/nearest.hpp"
#include "daemon/config/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace contactd {

namespace {

// The number under the key, whole or not; nothing (and a complaint) for anything else.
std::optional<double> number_at(const section& from, std::string_view key, std::string_view wanted) {
    const toml_node* found = from.find(key);
    if (found == nullptr)
        return std::nullopt;
    if (found->kind == toml_kind::integer)
        return static_cast<double>(found->integer);
    if (found->kind == toml_kind::number)
        return found->number;
    from.complain_kind(*found, key, wanted);
    return std::nullopt;
}

// The name an element of an array stands for; nothing (and a complaint) when it stands for none.
std::optional<std::string> name_in(const section& from, std::string_view key, const toml_node& item,
                                   const names_rule& rule) {
    if (item.kind == toml_kind::integer && rule.ids) {
        if (item.integer >= 0)
            return std::to_string(item.integer);
        from.complain(item, key, {fmt::format("{} is not an id.", item.integer), "Ids are not negative."});
        return std::nullopt;
    }
    if (item.kind != toml_kind::text) {
        from.complain(
            item, key,
            {fmt::format("One of the values is {}, but this must be {}.", kind_in_words(item.kind), rule.wanted), {}});
        return std::nullopt;
    }
    if (!rule.choice.empty()) {
        if (std::find(rule.choice.begin(), rule.choice.end(), item.text) != rule.choice.end())
            return item.text;
        from.complain(item, key, not_a_choice(item.text, rule.choice));
        return std::nullopt;
    }
    if (auto fault = check_plain_name(item.text)) {
        from.complain(item, key, std::move(*fault));
        return std::nullopt;
    }
    return item.text;
}

} // namespace

fault not_a_choice(std::string_view word, std::span<const std::string_view> choice) {
    fault result{fmt::format("\"{}\" is not a value of this key.", shown(word)), {}};
    if (const auto meant = nearest(word, choice))
        result.remedy = fmt::format("Did you mean \"{}\"? ", *meant);
    result.remedy += fmt::format("It takes {}.", listed_choices(choice));
    return result;
}

void read_flag(const section& from, std::string_view key, setting<bool>& into) {
    const toml_node* found = from.find(key);
    if (found == nullptr)
        return;
    if (found->kind == toml_kind::boolean)
        into = {found->boolean, from.origin_of(*found)};
    else
        from.complain_kind(*found, key, "true or false, without quotes");
}

void read_text(const section& from, std::string_view key, setting<std::string>& into, text_check check) {
    const toml_node* found = from.find(key);
    if (found == nullptr)
        return;
    if (found->kind != toml_kind::text)
        from.complain_kind(*found, key, "a text in quotes");
    else if (auto fault = check(found->text))
        from.complain(*found, key, std::move(*fault));
    else
        into = {found->text, from.origin_of(*found)};
}

void read_integer(const section& from, std::string_view key, setting<std::int64_t>& into, std::int64_t least) {
    const toml_node* found = from.find(key);
    if (found == nullptr)
        return;
    if (found->kind != toml_kind::integer)
        from.complain_kind(*found, key, "an integer");
    else if (found->integer < least)
        from.complain(*found, key,
                      {fmt::format("{} is too small.", found->integer), fmt::format("The least is {}.", least)});
    else
        into = {found->integer, from.origin_of(*found)};
}

void read_percent(const section& from, std::string_view key, setting<double>& into) {
    const auto value = number_at(from, key, "a number from 0 to 100");
    if (!value)
        return;
    const toml_node& found = *from.find(key);
    if (*value >= 0 && *value <= 100) // False for "nan" as well.
        into = {*value, from.origin_of(found)};
    else
        from.complain(found, key, {fmt::format("{} is not a percentage.", *value), "Write a number from 0 to 100."});
}

void read_share(const section& from, std::string_view key, setting<double>& into) {
    const auto value = number_at(from, key, "a number above 0 and up to 1");
    if (!value)
        return;
    const toml_node& found = *from.find(key);
    if (*value > 0 && *value <= 1) {
        into = {*value, from.origin_of(found)};
        return;
    }
    fault fault{fmt::format("{} is not a share.", *value), "Write a number above 0 and up to 1, such as 0.5 for half."};
    if (*value > 1 && *value <= 100)
        fault.remedy = fmt::format("If you meant {0} percent, write {1}.", *value, *value / 100);
    from.complain(found, key, std::move(fault));
}

void read_duration(const section& from, std::string_view key, setting<std::chrono::seconds>& into,
                   std::chrono::seconds least, std::chrono::seconds most) {
    const toml_node* found = from.find(key);
    if (found == nullptr)
        return;
    if (found->kind != toml_kind::text) {
        from.complain_kind(*found, key, "a duration in quotes, such as \"30m\"");
        return;
    }
    auto parsed = parse_duration(found->text);
    if (!parsed)
        from.complain(*found, key, std::move(parsed.error()));
    else if (*parsed < least || *parsed > most)
        from.complain(*found, key,
                      {fmt::format("\"{}\" is too {}.", shown(found->text), *parsed < least ? "short" : "long"),
                       fmt::format("It may be from \"{}\" to \"{}\".", format_duration(least), format_duration(most))});
    else
        into = {*parsed, from.origin_of(*found)};
}

void read_names(const section& from, std::string_view key, setting<names>& into, const names_rule& rule) {
    const toml_node* found = from.find(key);
    if (found == nullptr)
        return;
    if (found->kind != toml_kind::array) {
        from.complain(*found, key,
                      {fmt::format("This is {}, but must be {}.", kind_in_words(found->kind), rule.wanted),
                       "Put it in square brackets, also when there is only one."});
        return;
    }
    names read;
    bool sound = true;
    for (const toml_node& item : found->children) {
        auto name = name_in(from, key, item, rule);
        if (!name) {
            sound = false;
        } else if (std::find(read.begin(), read.end(), *name) != read.end()) {
            from.complain(item, key, {fmt::format("\"{}\" is in the list twice.", shown(*name)), "Remove one."});
            sound = false;
        } else {
            read.push_back(std::move(*name));
        }
    }
    if (found->children.empty() && !rule.if_empty.empty()) {
        from.complain(*found, key, {"The list is empty.", std::string(rule.if_empty)});
        sound = false;
    }
    if (sound)
        into = {std::move(read), from.origin_of(*found)};
}

} // namespace contactd
