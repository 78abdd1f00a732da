#include "daemon/config/section.hpp"

#include "daemon/config/words.hpp"

#include <fmt/format.h>

#include <utility>

namespace contactd {

namespace {

// What an absent table reads as.
const toml_node no_table{};

} // namespace

section::section(const toml_node& table, section_kind kind, std::string heading, std::string path, complaints& out)
    : table_(&table), kind_(kind), heading_(std::move(heading)), path_(std::move(path)), out_(&out) {}

void section::check_keys() const {
    for (const toml_node& child : table_->children) {
        bool known = false;
        for (std::string_view key : known_keys(kind_))
            known = known || key == child.key;
        if (known)
            continue;
        const bool looks_like_a_section = is_file(kind_) && child.kind == toml_kind::table;
        out_->add(child.line, path_of(shown(child.key)),
                  looks_like_a_section ? unknown_section(child.key, kind_) : unknown_key(child.key, kind_, heading_));
    }
}

const toml_node* section::find(std::string_view key) const {
    return table_->find(key);
}

void section::complain(const toml_node& at, std::string_view key, fault fault) const {
    out_->add(at.line, path_of(key), std::move(fault));
}

void section::complain_kind(const toml_node& at, std::string_view key, std::string_view wanted) const {
    complain(at, key, {fmt::format("This is {}, but must be {}.", kind_in_words(at.kind), wanted), {}});
}

section section::below(std::string_view key, section_kind kind, std::string heading) const {
    const toml_node* table = find(key);
    if (table != nullptr && table->kind != toml_kind::table) {
        complain(*table, key,
                 {fmt::format("This is {}, but must be a section.", kind_in_words(table->kind)),
                  fmt::format("Write {} on a line of its own, and its keys below.", heading)});
        table = nullptr;
    }
    return section(table == nullptr ? no_table : *table, kind, std::move(heading), path_of(key), *out_);
}

section section::item(const toml_node& table, std::string_view key, section_kind kind, std::string heading) const {
    return section(table, kind, std::move(heading), path_of(key), *out_);
}

std::string section::origin_of(const toml_node& value) const {
    return fmt::format("{}{}line {}", out_->origin(), out_->origin().empty() ? "" : " ", value.line);
}

std::string section::path_of(std::string_view key) const {
    return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
}

} // namespace contactd
