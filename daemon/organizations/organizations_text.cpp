#include "daemon/organizations/organizations_text.hpp"

#include "daemon/config/toml_tree.hpp"
#include "daemon/organizations/organization_editor.hpp"
#include "daemon/organizations/same_value.hpp"

#include <fmt/format.h>

#include <utility>

namespace contactd {

namespace {

std::unexpected<std::string> refused(std::string why) {
    return std::unexpected(std::move(why));
}

std::unexpected<std::string> refused(int line, std::string_view why) {
    return std::unexpected(fmt::format("line {}: {}", line, why));
}

/// The last resort: whatever the editor overlooked, a text with other values than the wanted ones is never returned.
std::expected<void, std::string> check(std::string_view text, const toml_node& wanted) {
    const auto tree = parse_toml(text);
    if (!tree)
        return refused(tree.error().line,
                       "The edited file would be no TOML here; it was not changed. Edit it by hand.");
    if (!same_value(*tree, wanted))
        return refused("The edited file would hold other values than the wanted ones; it was not changed. Edit it by "
                       "hand.");
    return {};
}

void drop_line_end(std::string& text) {
    text.resize(text.size() - (text.ends_with("\r\n") ? 2 : 1));
}

} // namespace

std::expected<std::string, std::string> edit_organizations(std::string_view text,
                                                           std::span<const organization_edit> edits) {
    auto tree = parse_toml(text);
    if (!tree)
        return refused(tree.error().line, tree.error().what);
    std::string whole(text);
    const bool unfinished = !text.empty() && text != "\xEF\xBB\xBF" && !text.ends_with('\n');
    if (unfinished)
        whole.append(text.contains("\r\n") ? "\r\n" : "\n");
    organization_editor work(whole, std::move(*tree));
    if (auto ready = work.prepare(); !ready)
        return refused(std::move(ready.error()));
    for (const organization_edit& each : edits)
        if (auto done = work.edit(each); !done)
            return refused(std::move(done.error()));
    if (auto unique = work.check_names(); !unique)
        return refused(std::move(unique.error()));
    std::string result = work.text();
    if (unfinished)
        drop_line_end(result);
    if (result == text)
        return result;
    if (auto sound = check(result, work.wanted()); !sound)
        return refused(std::move(sound.error()));
    return result;
}

} // namespace contactd
