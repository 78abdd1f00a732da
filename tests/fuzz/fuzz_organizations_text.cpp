// Edits of organizations.toml. The lines up to the first empty one are the edits, "NAME<tab>KEY<tab>VALUE" or, to
// remove it, "NAME<tab>KEY"; lines of the same name in a row are one edit. The rest is the file.

#include "daemon/config/toml_tree.hpp"
#include "daemon/organizations/organizations_text.hpp"
#include "daemon/organizations/same_value.hpp"
#include "daemon/organizations/text_lines.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/require.hpp"
#include "tests/fuzz/texts.hpp"
#include "tests/support/organization_promises.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace {

using contactd::organization_edit;
using fuzz::require;

std::string_view take_field(std::string_view& rest) {
    const auto end = rest.find('\t');
    const auto field = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return field;
}

std::vector<organization_edit> take_edits(std::string_view& rest) {
    std::vector<organization_edit> edits;
    while (true) {
        std::string_view line = fuzz::take_line(rest);
        if (line.empty())
            return edits;
        const std::string name(take_field(line));
        if (edits.empty() || edits.back().name != name)
            edits.push_back({name, {}});
        if (line.empty())
            continue;
        contactd::key_edit& key = edits.back().keys.emplace_back();
        key.key = take_field(line);
        if (!line.empty())
            key.value = line;
    }
}

/// What the tree says of the place of each value is what stands there.
void check_places(const contactd::toml_node& node, std::string_view text, const contactd::text_lines& lines) {
    for (const auto& child : node.children)
        check_places(child, text, lines);
    if (node.kind == contactd::toml_kind::table || node.kind == contactd::toml_kind::array)
        return;
    const auto begin = lines.offset(node.value_begin);
    const auto value = std::string(text.substr(begin, lines.offset(node.value_end) - begin));
    const auto again = contactd::parse_toml("v = " + value);
    require(again && again->children.size() == 1 && contactd::same_value(again->children[0], node),
            "a value stands where the tree says");
    require(!value.ends_with(' ') && !value.ends_with('\t'), "and ends where it says");
}

bool any_renames(const std::vector<organization_edit>& edits) {
    return std::ranges::any_of(edits, [](const organization_edit& edit) {
        return std::ranges::any_of(edit.keys, [](const contactd::key_edit& each) { return each.key == "name"; });
    });
}

/// A refusal without the line that it names.
std::string_view without_line(std::string_view error) {
    return error.starts_with("line ") ? error.substr(error.find(": ") + 2) : error;
}

void check_refusal(const std::string& error) {
    require(error.ends_with('.') && fuzz::is_one_line(error) && fuzz::is_utf8(error),
            "a refusal is a sentence on one line");
    require(!without_line(error).starts_with("The edited file would"), "nothing is left to the last resort");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto text = fuzz::text_of(data, size);
    const auto edits = take_edits(text);
    if (const auto tree = contactd::parse_toml(text))
        check_places(*tree, text, contactd::text_lines(text));
    const auto edited = contactd::edit_organizations(text, edits);
    if (!edited) {
        check_refusal(edited.error());
        return 0;
    }
    const auto broken = support::broken_promise(text, edits, *edited);
    require(broken.empty(), broken.c_str());
    if (any_renames(edits))
        return 0;
    const auto again = contactd::edit_organizations(*edited, edits);
    require(again && *again == *edited, "what was done once is not done twice");
    return 0;
}
