#pragma once

#include "daemon/config/toml_tree.hpp"
#include "daemon/organizations/organization_layout.hpp"
#include "daemon/organizations/organizations_text.hpp"
#include "daemon/organizations/text_lines.hpp"
#include "daemon/organizations/text_splices.hpp"

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace contactd {

/// Does the edits of one text. The text ends with a line end, so that a line is a line everywhere.
class organization_editor {
public:
    /// The tree is the one of the text, which outlives the editor.
    organization_editor(std::string_view text, toml_node tree)
        : text_(text), lines_(text), tree_(std::move(tree)), wanted_(tree_), line_end_(lines_.line_end(1)) {
        if (line_end_.empty())
            line_end_ = "\n";
    }

    /// Finds the organizations. An error when they are not written as [[organization]].
    std::expected<void, std::string> prepare();

    /// Does one edit. After an error, which is a sentence, no text may be taken.
    std::expected<void, std::string> edit(const organization_edit& edit);

    /// Refuses what two edits together would make of the names.
    std::expected<void, std::string> check_names() const;

    /// The text with all edits done.
    std::string text() { return spliced(text_, std::move(splices_)) + added_; }

    /// The tree that the new text has to have.
    const toml_node& wanted() const { return wanted_; }

private:
    std::expected<void, std::string> change(std::size_t index, const organization_edit& edit);
    std::expected<void, std::string> change_key(std::size_t index, const toml_node& present, const key_edit& edit,
                                                std::string_view name);
    std::expected<void, std::string> add(const organization_edit& edit);
    void replace(const toml_node& present, const toml_node& now, std::string_view value);
    void remove(const toml_node& present);
    std::expected<toml_node, std::string> value_of(const key_edit& edit, std::string_view name) const;
    toml_node& wanted_list();
    bool ends_apart() const; ///< True when what is added needs no blank line before it.

    const toml_node* list() const { return tree_.find("organization"); }

    std::string_view text_;
    text_lines lines_;
    toml_node tree_;
    toml_node wanted_;
    std::string line_end_;
    std::vector<text_splice> splices_;
    std::string added_; ///< The organizations that come behind everything else.
    key_style style_of_added_;
    std::unordered_map<std::string, std::vector<std::size_t>> by_name_;
    std::unordered_set<std::string> edited_;
    std::vector<std::size_t> named_; ///< The organizations with a new name.
};

} // namespace contactd
