#include "daemon/organizations/organization_editor.hpp"

#include "core/ascii.hpp"
#include "core/text.hpp"
#include "daemon/config/toml_write.hpp"
#include "daemon/organizations/organization_name.hpp"
#include "daemon/organizations/same_value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace contactd {

namespace {

using outcome = std::expected<void, std::string>;

std::unexpected<std::string> refused(std::string why) {
    return std::unexpected(std::move(why));
}

std::unexpected<std::string> refused(int line, std::string_view why) {
    return std::unexpected(fmt::format("line {}: {}", line, why));
}

std::string key_text(std::string_view key) {
    const auto may_stand_bare = [](char c) {
        return core::is_ascii_letter(c) || core::is_ascii_digit(c) || c == '-' || c == '_';
    };
    return !key.empty() && std::ranges::all_of(key, may_stand_bare) ? std::string(key) : toml_text(key);
}

/// The value by itself, or nothing where the text is anything but one value: a comment or a second key could hide in
/// it.
std::optional<toml_node> parse_value(std::string_view value) {
    constexpr std::string_view before = "v = ";
    const std::string line = std::string(before).append(value);
    auto tree = parse_toml(line);
    if (!tree || tree->children.size() != 1)
        return std::nullopt;
    toml_node& only = tree->children.front();
    const text_lines lines(line);
    // A key "v" with sections or dotted keys below it does not begin where a value would.
    if (lines.offset(only.value_begin) != before.size() || lines.offset(only.value_end) != line.size())
        return std::nullopt;
    return std::move(only);
}

/// True for what can stand in a TOML file, which is UTF-8.
bool is_text(const std::string& text) {
    return core::is_ascii(text) || parse_value(toml_text(text)).has_value();
}

const std::string* name_of(const toml_node& organization) {
    const toml_node* name = organization.find("name");
    return name && name->kind == toml_kind::text ? &name->text : nullptr;
}

std::string key_line(const key_style& style, std::string_view key, std::string_view value) {
    std::string line = style.indent + key_text(key);
    const std::size_t width = code_points(line) - style.indent.size();
    line.append(width < style.equals_column ? style.equals_column - width : 1, ' ');
    return line.append("= ").append(value);
}

} // namespace

outcome organization_editor::prepare() {
    if (!list())
        return {};
    if (!has_headings(*list(), lines_))
        return refused(list()->line, "The organizations are not written as sections, so they cannot be edited here; "
                                     "write each of them as [[organization]], with its keys on lines below.");
    for (std::size_t i = 0; i < list()->children.size(); ++i)
        if (const std::string* name = name_of(list()->children[i]))
            by_name_[name_key(*name)].push_back(i);
    style_of_added_ = style_of(list()->children.back(), text_, lines_);
    style_of_added_.indent.clear();
    return {};
}

outcome organization_editor::edit(const organization_edit& edit) {
    const std::string key = name_key(edit.name);
    if (key.empty())
        return refused("An organization without a name cannot be edited or added.");
    if (!is_text(edit.name) || !std::ranges::all_of(edit.keys, is_text, &key_edit::key))
        return refused("The name or a key of an organization is not UTF-8 text.");
    if (!edited_.insert(key).second)
        return refused(fmt::format("The organization {} is edited twice at once.", toml_text(edit.name)));
    std::unordered_set<std::string_view> keys;
    for (const key_edit& each : edit.keys)
        if (!keys.insert(each.key).second)
            return refused(fmt::format("The key {} of the organization {} is edited twice at once.",
                                       toml_text(each.key), toml_text(edit.name)));
    const auto found = by_name_.find(key);
    if (found == by_name_.end())
        return add(edit);
    if (found->second.size() > 1)
        return refused(list()->children[found->second[1]].line,
                       fmt::format("There is another organization {} on line {}; give each a name of its own.",
                                   toml_text(edit.name), list()->children[found->second[0]].line));
    return change(found->second.front(), edit);
}

outcome organization_editor::change(std::size_t index, const organization_edit& edit) {
    const toml_node& present = list()->children[index];
    const key_style style = style_of(present, text_, lines_);
    std::string new_lines;
    for (const key_edit& each : edit.keys) {
        if (const toml_node* old = present.find(each.key)) {
            if (auto done = change_key(index, *old, each, edit.name); !done)
                return done;
        } else if (each.value) {
            auto value = value_of(each, edit.name);
            if (!value)
                return refused(std::move(value.error()));
            wanted_list().children[index].children.push_back(std::move(*value));
            new_lines.append(key_line(style, each.key, *each.value)).append(lines_.line_end(style.last_line));
        }
    }
    if (!new_lines.empty()) {
        const std::size_t at = lines_.end(style.last_line);
        splices_.push_back({at, at, std::move(new_lines)});
    }
    return {};
}

outcome organization_editor::change_key(std::size_t index, const toml_node& present, const key_edit& edit,
                                        std::string_view name) {
    if (form_of(present, text_, lines_) != key_form::plain)
        return refused(present.line, fmt::format("{} of the organization {} is not on a line of its own here, but a "
                                                 "section or dotted keys; edit it by hand.",
                                                 toml_text(edit.key), toml_text(name)));
    auto& keys = wanted_list().children[index].children;
    const auto wanted = std::ranges::find(keys, edit.key, &toml_node::key);
    if (!edit.value) {
        if (edit.key == "name")
            return refused(present.line, fmt::format("The organization {} has to keep a name.", toml_text(name)));
        keys.erase(wanted);
        remove(present);
        return {};
    }
    auto value = value_of(edit, name);
    if (!value)
        return refused(std::move(value.error()));
    if (same_value(*value, present))
        return {};
    if (edit.key == "name")
        named_.push_back(index);
    replace(present, *value, *edit.value);
    *wanted = std::move(*value);
    return {};
}

outcome organization_editor::add(const organization_edit& edit) {
    std::string section = (added_.empty() && ends_apart() ? "" : line_end_) + "[[organization]]" + line_end_;
    toml_node wanted;
    const auto put = [this, &edit, &section, &wanted](const key_edit& each) -> outcome {
        auto value = value_of(each, edit.name);
        if (!value)
            return refused(std::move(value.error()));
        wanted.children.push_back(std::move(*value));
        section.append(key_line(style_of_added_, each.key, *each.value)).append(line_end_);
        return {};
    };
    const auto given = std::ranges::find(edit.keys, "name", &key_edit::key);
    const bool named = given != edit.keys.end() && given->value;
    if (auto done = put(named ? *given : key_edit{"name", toml_text(edit.name)}); !done)
        return done;
    for (const key_edit& each : edit.keys) {
        if (!each.value || each.key == "name")
            continue;
        if (auto done = put(each); !done)
            return done;
    }
    auto& organizations = wanted_list().children;
    named_.push_back(organizations.size());
    organizations.push_back(std::move(wanted));
    added_ += section;
    return {};
}

bool organization_editor::ends_apart() const {
    return lines_.begin(1) == text_.size() ||
           lines_.content(lines_.count()).find_first_not_of(" \t") == std::string_view::npos;
}

void organization_editor::replace(const toml_node& present, const toml_node& now, std::string_view value) {
    const std::size_t begin = lines_.offset(present.value_begin);
    const std::size_t end = lines_.offset(present.value_end);
    std::string text(value);
    std::size_t gap = 0;
    const bool on_one_line =
        present.value_begin.line == present.value_end.line && now.value_begin.line == now.value_end.line;
    const std::string_view rest = text_.substr(end, lines_.end(present.value_end.line) - end);
    const std::size_t blanks = std::min(rest.find_first_not_of(' '), rest.size());
    // A single blank says that the comment stands wherever the value ends.
    if (on_one_line && blanks > 1 && rest.substr(blanks).starts_with('#')) {
        const std::size_t column = code_points(text_.substr(begin, end - begin)) + blanks;
        const std::size_t width = code_points(value);
        text.append(width < column ? column - width : 1, ' ');
        gap = blanks;
    }
    splices_.push_back({begin, end + gap, std::move(text)});
}

void organization_editor::remove(const toml_node& present) {
    splices_.push_back({lines_.begin(present.value_begin.line), lines_.end(present.value_end.line), {}});
}

std::expected<toml_node, std::string> organization_editor::value_of(const key_edit& edit, std::string_view name) const {
    auto value = parse_value(*edit.value);
    if (!value)
        return refused(fmt::format("The new value of {} of the organization {} is not exactly one TOML value.",
                                   toml_text(edit.key), toml_text(name)));
    value->key = edit.key;
    return std::move(*value);
}

toml_node& organization_editor::wanted_list() {
    const auto found = std::ranges::find(wanted_.children, "organization", &toml_node::key);
    if (found != wanted_.children.end())
        return *found;
    toml_node& made = wanted_.children.emplace_back();
    made.kind = toml_kind::array;
    made.key = "organization";
    return made;
}

outcome organization_editor::check_names() const {
    if (named_.empty())
        return {};
    const toml_node& organizations = *wanted_.find("organization");
    std::unordered_map<std::string, int> count;
    for (const toml_node& each : organizations.children)
        if (const std::string* name = name_of(each))
            ++count[name_key(*name)];
    for (const std::size_t index : named_) {
        const std::string* name = name_of(organizations.children[index]);
        if (!name || name_key(*name).empty())
            return refused("The name of an organization must be a text that is not blank.");
        if (count[name_key(*name)] > 1)
            return refused(fmt::format("Two organizations would have the name {}.", toml_text(*name)));
    }
    return {};
}

} // namespace contactd
