#pragma once

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace contactd {

/// One key of an organization: its new value as TOML text (such as "\"main\"" or "1234"), or nothing to remove the
/// line.
struct key_edit {
    std::string key;
    std::optional<std::string> value;
};

/// What is to change of one organization. One that is not in the file is added at its end, with its name first. The key
/// "name" renames it; for one that is added it is the name as it is written.
struct organization_edit {
    std::string name;
    std::vector<key_edit> keys;
};

/// Edits the text of organizations.toml and leaves everything else of it as it is, byte for byte: comments, order,
/// blank lines, line ends, a byte order mark, and whether the last line has an end. A value is replaced where it
/// stands, and not at all where it says the same already; a comment behind it stays, in its column where there is room.
/// A removed key takes its lines with it, and the comment on them. A new key comes behind the last key of the
/// organization itself, before its sections. An organization is found by name_key().
///
/// All edits are done or none. Refused with a sentence, which names the line where one is to blame ("line 7: ..."):
/// what is no TOML or, of the edits, no UTF-8; organizations that are not written as [[organization]]; a name that two
/// of the file have; a name or key that is edited twice; a key that is a section or dotted keys; to remove a name or to
/// give it to a second one; a value that is not exactly one TOML value. The new text is read again before it is
/// returned, and what has changed must be exactly what was asked.
std::expected<std::string, std::string> edit_organizations(std::string_view text,
                                                           std::span<const organization_edit> edits);

} // namespace contactd
