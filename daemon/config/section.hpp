#pragma once

#include "daemon/config/complaints.hpp"
#include "daemon/config/fault.hpp"
#include "daemon/config/known_keys.hpp"
#include "daemon/config/toml_tree.hpp"

#include <string>
#include <string_view>

namespace contactd {

/// One table of the file while its keys are read. Lives no longer than the tree and the complaints it refers to.
class section {
public:
    /// `heading` is the table as it stands in the file, such as "[policy]"; `path` is what comes before the dot when a
    /// message names one of its keys, such as "policy".
    section(const toml_node& table, section_kind kind, std::string heading, std::string path, complaints& out);

    /// Complains about every key that is not known in this kind of table.
    void check_keys() const;

    /// The value of the key, or null when it is not there.
    const toml_node* find(std::string_view key) const;

    /// Complains about the key, at the line of `at`.
    void complain(const toml_node& at, std::string_view key, fault fault) const;

    /// Complains that the value is of the wrong kind; `wanted` ends the sentence "This must be ...".
    void complain_kind(const toml_node& at, std::string_view key, std::string_view wanted) const;

    /// The table below this key as a section of its own, or one without keys when it is not there.
    section below(std::string_view key, section_kind kind, std::string heading) const;

    /// A table inside the array below this key, as a section of its own.
    section item(const toml_node& table, std::string_view key, section_kind kind, std::string heading) const;

    const toml_node& table() const { return *table_; }

    /// Where a value comes from: "line 12".
    std::string origin_of(const toml_node& value) const;

private:
    std::string path_of(std::string_view key) const;

    const toml_node* table_;
    section_kind kind_;
    std::string heading_;
    std::string path_;
    complaints* out_;
};

} // namespace contactd
