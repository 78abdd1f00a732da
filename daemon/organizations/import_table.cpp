#include "daemon/organizations/import_table.hpp"

#include "core/fold.hpp"
#include "core/read_id.hpp"
#include "core/text.hpp"
#include "daemon/config/checks.hpp"
#include "daemon/config/words.hpp"
#include "daemon/organizations/organization_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace contactd {

namespace {

enum class column { name, company_id, instance, domain, tags, enabled, company };
constexpr std::size_t column_count = 7;

struct column_name {
    std::string_view written;
    column meant;
};

/// Without case, blanks, hyphens and underscores.
constexpr column_name column_names[]{
    {"name", column::name},
    {"organization", column::name},
    {"organisation", column::name},
    {"organizationname", column::name},
    {"client", column::name},
    {"companyid", column::company_id},
    {"dattocompanyid", column::company_id},
    {"autotaskcompanyid", column::company_id},
    {"autotaskid", column::company_id},
    {"instance", column::instance},
    {"domain", column::domain},
    {"website", column::domain},
    {"tags", column::tags},
    {"enabled", column::enabled},
    {"company", column::company},
};

std::optional<bool> truth_in(std::string_view text) {
    const auto folded = core::fold(text);
    if (folded == "true" || folded == "yes" || folded == "1")
        return true;
    if (folded == "false" || folded == "no" || folded == "0")
        return false;
    return std::nullopt;
}

/// Tags in one field have semicolons between, as an export writes them; where there is none, commas or bars.
names tags_in(std::string_view text) {
    const std::string_view between = text.contains(';') ? ";" : ",|";
    names tags;
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of(between), text.size());
        const auto tag = std::string(core::trim_blanks(text.substr(0, end)));
        if (!tag.empty() && std::ranges::find(tags, tag) == tags.end())
            tags.push_back(tag);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return tags;
}

/// Excel writes "sep=;" above the header; the line stays, but blank, so that the others keep their numbers.
std::string_view without_separator_line(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    if (text.starts_with("sep="))
        text.remove_prefix(std::min(text.find('\n'), text.size()));
    return text;
}

/// Reads the rows of one file. Lives for one reading.
class import_reader {
public:
    explicit import_reader(const std::string& file) : file_(file) {}

    void read(const csv_table& table) {
        find_columns(table);
        if (!places_[static_cast<std::size_t>(column::name)]) {
            std::string columns;
            for (const auto& one : table.header)
                columns += (columns.empty() ? "" : ", ") + shown(one);
            complain(table.header_line,
                     "there is no column \"name\" with the names of the organizations; the columns are " + columns);
            return;
        }
        for (const auto& row : table.rows)
            read(row);
    }

    std::expected<imported_table, std::vector<std::string>> take() {
        if (!wrong_.empty())
            return std::unexpected(std::move(wrong_));
        return std::move(made_);
    }

private:
    void complain(int line, const std::string& what) { wrong_.push_back(fmt::format("{}:{}: {}", file_, line, what)); }

    void find_columns(const csv_table& table) {
        for (std::size_t i = 0; i < table.header.size(); ++i) {
            auto folded = core::fold(table.header[i]);
            std::erase_if(folded, [](char c) { return c == ' ' || c == '-' || c == '_'; });
            const auto found = std::ranges::find(column_names, folded, &column_name::written);
            auto* place = found == std::end(column_names) ? nullptr : &places_[static_cast<std::size_t>(found->meant)];
            if (place == nullptr)
                made_.unused_columns.push_back(table.header[i]);
            else if (*place)
                complain(table.header_line, fmt::format("\"{}\" and \"{}\" mean the same; leave one of them out",
                                                        shown(table.header[**place]), shown(table.header[i])));
            else
                *place = i;
        }
    }

    std::string field(const csv_row& row, column which) const {
        const auto place = places_[static_cast<std::size_t>(which)];
        return place ? std::string(core::trim_blanks(row.fields[*place])) : std::string();
    }

    void read(const csv_row& row) {
        // A spreadsheet writes the rows below the last one as well.
        if (std::ranges::all_of(row.fields, [](const std::string& one) { return core::trim_blanks(one).empty(); }))
            return;
        imported_organization one;
        one.line = row.line;
        one.name = field(row, column::name);
        if (one.name.empty())
            return complain(row.line, "the name of the organization is missing");
        if (check_plain_name(one.name))
            return complain(row.line,
                            fmt::format("\"{}\" cannot be a name: it holds a control character", shown(one.name)));
        const auto [same, is_new] = lines_.try_emplace(name_key(one.name), row.line);
        if (!is_new)
            return complain(row.line, fmt::format("\"{}\" is in line {} already", shown(one.name), same->second));
        one.instance = field(row, column::instance);
        if (const auto domain = field(row, column::domain); !domain.empty())
            one.domain = domain;
        if (auto tags = tags_in(field(row, column::tags)); !tags.empty())
            one.tags = std::move(tags);
        if (!read_id(row, one) || !read_enabled(row, one))
            return;
        made_.organizations.push_back(std::move(one));
    }

    bool read_id(const csv_row& row, imported_organization& into) {
        const auto written = field(row, column::company_id);
        if (written.empty())
            return true;
        const auto id = core::read_id(written);
        if (!id) {
            complain(row.line, fmt::format("\"{}\" is not an id of a company in Autotask", shown(written)));
            return false;
        }
        into.company_id = core::company_id{*id};
        return true;
    }

    bool read_enabled(const csv_row& row, imported_organization& into) {
        const auto written = field(row, column::enabled);
        if (written.empty())
            return true;
        into.enabled = truth_in(written);
        if (!into.enabled)
            complain(row.line, fmt::format("enabled is \"{}\"; write true or false", shown(written)));
        return into.enabled.has_value();
    }

    const std::string& file_;
    std::array<std::optional<std::size_t>, column_count> places_;
    std::map<std::string, int> lines_;
    imported_table made_;
    std::vector<std::string> wrong_;
};

} // namespace

std::expected<imported_table, std::vector<std::string>> read_import(std::string_view text, const std::string& file) {
    const auto table = read_csv(without_separator_line(text), file);
    if (!table)
        return std::unexpected(std::vector{table.error()});
    import_reader reader(file);
    reader.read(*table);
    return reader.take();
}

} // namespace contactd
