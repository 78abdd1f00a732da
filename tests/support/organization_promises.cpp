#include "tests/support/organization_promises.hpp"

#include "daemon/config/toml_tree.hpp"
#include "daemon/organizations/organization_name.hpp"
#include "daemon/organizations/same_value.hpp"
#include "daemon/organizations/text_lines.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

namespace support {

namespace {

using contactd::key_edit;
using contactd::organization_edit;
using contactd::toml_node;

/// A part of the text that may look otherwise afterwards: the value of a key with the blanks behind it, or its lines.
struct edited_part {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::optional<std::string> value; ///< Nothing: the lines go.
};

toml_node parsed(std::string_view text) {
    auto tree = contactd::parse_toml(text);
    return tree ? std::move(*tree) : toml_node{};
}

const std::vector<toml_node>& organizations_of(const toml_node& tree) {
    static const std::vector<toml_node> none;
    const toml_node* list = tree.find("organization");
    return list ? list->children : none;
}

const organization_edit* edit_of(const toml_node& organization, std::span<const organization_edit> edits) {
    const toml_node* name = organization.find("name");
    if (!name || name->kind != contactd::toml_kind::text)
        return nullptr;
    const auto found = std::ranges::find_if(edits, [name](const organization_edit& each) {
        return contactd::name_key(each.name) == contactd::name_key(name->text);
    });
    return found == edits.end() ? nullptr : &*found;
}

const key_edit* edit_of(std::string_view key, const organization_edit& edit) {
    const auto found = std::ranges::find(edit.keys, key, &key_edit::key);
    return found == edit.keys.end() ? nullptr : &*found;
}

bool holds(const toml_node* now, const std::optional<std::string>& value) {
    if (!value)
        return now == nullptr;
    const toml_node tree = parsed("v = " + *value);
    return now != nullptr && contactd::same_value(*now, tree.children.at(0));
}

bool is_edited(const toml_node& old, const toml_node& now, const organization_edit& edit) {
    std::size_t expected = old.children.size();
    for (const key_edit& each : edit.keys) {
        if (!holds(now.find(each.key), each.value))
            return false;
        const bool was_there = old.find(each.key) != nullptr;
        expected = expected - (was_there ? 1 : 0) + (each.value ? 1 : 0);
    }
    return now.children.size() == expected && std::ranges::all_of(old.children, [&now, &edit](const toml_node& child) {
               const toml_node* kept = now.find(child.key);
               return edit_of(child.key, edit) || (kept && contactd::same_value(*kept, child));
           });
}

bool is_added(const toml_node& now, const organization_edit& edit) {
    const key_edit* named = edit_of("name", edit);
    if (now.children.empty() || now.children[0].key != "name")
        return false;
    if (!(named && named->value) && now.children[0].text != edit.name)
        return false;
    const auto given =
        std::ranges::count_if(edit.keys, [](const key_edit& each) { return each.value && each.key != "name"; });
    return std::ssize(now.children) == given + 1 && std::ranges::all_of(edit.keys, [&now](const key_edit& each) {
               return !each.value || holds(now.find(each.key), each.value);
           });
}

bool reads_back(const toml_node& old, const toml_node& now, std::span<const organization_edit> edits) {
    const auto& olds = organizations_of(old);
    const auto& nows = organizations_of(now);
    std::vector<const organization_edit*> added;
    for (const organization_edit& each : edits)
        if (std::ranges::none_of(olds, [&each](const toml_node& one) { return edit_of(one, {&each, 1}) != nullptr; }))
            added.push_back(&each);
    if (nows.size() != olds.size() + added.size())
        return false;
    for (std::size_t i = 0; i < olds.size(); ++i) {
        const organization_edit* edit = edit_of(olds[i], edits);
        if (!(edit ? is_edited(olds[i], nows[i], *edit) : contactd::same_value(olds[i], nows[i])))
            return false;
    }
    for (std::size_t i = 0; i < added.size(); ++i)
        if (!is_added(nows[olds.size() + i], *added[i]))
            return false;
    const auto is_other = [](const toml_node& child) { return child.key != "organization"; };
    return std::ranges::count_if(old.children, is_other) == std::ranges::count_if(now.children, is_other) &&
           std::ranges::all_of(old.children, [&now, is_other](const toml_node& child) {
               const toml_node* kept = now.find(child.key);
               return !is_other(child) || (kept && contactd::same_value(*kept, child));
           });
}

std::vector<edited_part> edited_parts(std::string_view text, const toml_node& tree,
                                      std::span<const organization_edit> edits) {
    const contactd::text_lines lines(text);
    std::vector<edited_part> parts;
    for (const toml_node& organization : organizations_of(tree)) {
        const organization_edit* edit = edit_of(organization, edits);
        if (!edit)
            continue;
        for (const key_edit& each : edit->keys) {
            const toml_node* value = organization.find(each.key);
            if (!value || holds(value, each.value))
                continue;
            if (each.value)
                parts.push_back({lines.offset(value->value_begin), lines.offset(value->value_end), each.value});
            else
                parts.push_back({lines.begin(value->value_begin.line), lines.end(value->value_end.line), {}});
        }
    }
    std::ranges::sort(parts, {}, &edited_part::begin);
    return parts;
}

/// How many lines may come in: every new key, and a heading and a blank line for every new organization.
std::ptrdiff_t most_new_lines(const toml_node& tree, std::span<const organization_edit> edits) {
    std::ptrdiff_t count = 0;
    for (const organization_edit& edit : edits) {
        const auto& olds = organizations_of(tree);
        const auto old = std::ranges::find_if(olds, [&edit](const toml_node& one) {
            return edit_of(one, {&edit, 1}) != nullptr;
        });
        if (old == olds.end())
            count += 2 + (edit_of("name", edit) && edit_of("name", edit)->value ? 0 : 1);
        for (const key_edit& each : edit.keys)
            if (each.value && (old == olds.end() || !old->find(each.key)))
                count += 1 + std::ranges::count(*each.value, '\n');
    }
    return count;
}

/// Goes through the text that came out beside the one that went in.
class comparison {
public:
    comparison(std::string_view after, std::ptrdiff_t new_lines) : rest_(after), new_lines_(new_lines) {}

    /// What stands here has to come next, with new lines before it at the most.
    bool expect_line(const std::string& line) {
        while (!rest_.starts_with(line)) {
            const auto feed = rest_.find('\n');
            if (feed == std::string_view::npos || new_lines_-- == 0)
                return false;
            rest_.remove_prefix(feed + 1);
        }
        rest_.remove_prefix(line.size());
        return true;
    }

    bool expect(std::string_view part) {
        if (!rest_.starts_with(part))
            return false;
        rest_.remove_prefix(part.size());
        return true;
    }

    void skip_blanks() { rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size())); }

    bool ends() const { return std::ranges::count(rest_, '\n') <= new_lines_; }

private:
    std::string_view rest_;
    std::ptrdiff_t new_lines_;
};

std::size_t end_of_line(std::string_view text, std::size_t at) {
    const auto feed = text.find('\n', at);
    return feed == std::string_view::npos ? text.size() : feed + 1;
}

bool keeps_lines(std::string_view before, std::string_view after, const toml_node& tree,
                 std::span<const organization_edit> edits) {
    comparison compare(after, most_new_lines(tree, edits));
    const auto parts = edited_parts(before, tree, edits);
    auto part = parts.begin();
    std::size_t at = 0;
    while (at < before.size()) {
        std::size_t end = end_of_line(before, at);
        if (part == parts.end() || part->begin >= end) {
            if (!compare.expect_line(std::string(before.substr(at, end - at))))
                return false;
            at = end;
        } else if (!part->value) {
            at = part->end;
            ++part;
        } else {
            const bool kept = compare.expect_line(std::string(before.substr(at, part->begin - at)) + *part->value);
            at = std::min(before.find_first_not_of(' ', part->end), before.size());
            compare.skip_blanks();
            end = end_of_line(before, at);
            if (!kept || !compare.expect(before.substr(at, end - at)))
                return false;
            at = end;
            ++part;
        }
    }
    return compare.ends();
}

bool is_unfinished(std::string_view text) {
    return !text.empty() && text != "\xEF\xBB\xBF" && !text.ends_with('\n');
}

} // namespace

std::string broken_promise(std::string_view before, std::span<const organization_edit> edits, std::string_view after) {
    const auto now = contactd::parse_toml(after);
    if (!now)
        return "what comes out is TOML";
    const toml_node old = parsed(before);
    if (!reads_back(old, *now, edits))
        return "it reads back to what was asked and nothing else";
    // Where an empty line is the last one now, the end of the line before it is all that can be seen.
    const bool has_empty_line = before.contains("\n\n") || before.contains("\n\r\n");
    if (is_unfinished(before) && after.ends_with('\n') && !has_empty_line)
        return "a last line without an end stays one";
    std::string whole_before(before);
    std::string whole_after(after);
    if (is_unfinished(before)) {
        const std::string_view end = before.contains("\r\n") ? "\r\n" : "\n";
        whole_before += end;
        whole_after += end;
    }
    if (!keeps_lines(whole_before, whole_after, old, edits))
        return "all lines that were not edited are there in order, and no others";
    return "";
}

} // namespace support
