#include "daemon/config/alias_file.hpp"

#include "core/address.hpp"
#include "core/fold.hpp"
#include "core/read_id.hpp"
#include "core/text.hpp"
#include "daemon/config/find_instance.hpp"
#include "daemon/config/words.hpp"
#include "daemon/organizations/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace contactd {

namespace {

using namespace std::string_view_literals;

constexpr std::array columns{"instance"sv, "company_id"sv, "account"sv, "contact"sv};

/// Reads the rows of one file. Lives for one reading.
class alias_reader {
public:
    alias_reader(const std::string& file, const std::vector<instance_settings>& instances)
        : file_(file), instances_(instances) {}

    void read(const csv_table& table) {
        if (!find_columns(table))
            return;
        for (const auto& row : table.rows)
            read(row);
    }

    std::expected<alias_table, std::vector<config_error>> take() {
        if (!wrong_.empty())
            return std::unexpected(std::move(wrong_));
        return std::move(made_);
    }

private:
    void complain(int line, std::string_view column, std::string what, std::string remedy) {
        wrong_.push_back({.file = file_,
                          .line = line,
                          .column = 0,
                          .key = std::string(column),
                          .what = std::move(what),
                          .remedy = std::move(remedy)});
    }

    bool find_columns(const csv_table& table) {
        for (std::size_t i = 0; i < table.header.size(); ++i) {
            const auto name = core::fold(table.header[i]);
            const auto found = std::ranges::find(columns, name);
            if (found == columns.end())
                complain(table.header_line, table.header[i], "There is no such column in a file of aliases.",
                         fmt::format("The columns are {}.", listed(columns)));
            else
                places_[static_cast<std::size_t>(found - columns.begin())] = i;
        }
        for (std::size_t i = instances_.size() == 1 ? 1 : 0; i < columns.size(); ++i)
            if (!places_[i])
                complain(table.header_line, columns[i], "This column is missing.",
                         "Begin the file with a line like \"company_id,account,contact\".");
        return wrong_.empty();
    }

    std::string field(const csv_row& row, std::size_t column) const {
        return places_[column] ? std::string(core::trim_blanks(row.fields[*places_[column]])) : std::string();
    }

    void read(const csv_row& row) {
        const auto instance = places_[0] ? field(row, 0) : instances_.front().name.value;
        if (find_instance(instances_, instance) == nullptr)
            return complain(row.line, columns[0],
                            fmt::format("There is no instance \"{}\" in the configuration.", shown(instance)),
                            "Write the name of one of its instances.");
        const auto company = core::read_id(field(row, 1));
        if (!company)
            return complain(row.line, columns[1],
                            fmt::format("\"{}\" is not an id of a company.", shown(field(row, 1))),
                            "Write the id that Autotask shows.");
        core::alias one;
        if (!read_account(row, one) || !read_contact(row, one))
            return;
        auto& all = made_[instance][core::company_id{*company}];
        const auto is_same = [&one](const core::alias& other) {
            return other.name == one.name && other.authority == one.authority;
        };
        if (std::ranges::any_of(all, is_same))
            return complain(row.line, columns[2],
                            fmt::format("\"{}\" stands for somebody in this company already.", shown(field(row, 2))),
                            "An account can mean one contact only; remove one of the lines.");
        all.push_back(std::move(one));
    }

    bool read_account(const csv_row& row, core::alias& into) {
        const auto written = field(row, 2);
        const auto slash = written.rfind('\\');
        const auto name = slash == std::string::npos ? written : written.substr(slash + 1);
        into.name = core::fold(core::trim(name));
        if (slash != std::string::npos)
            into.authority = core::fold(core::trim(std::string_view(written).substr(0, slash)));
        if (into.name.empty())
            complain(row.line, columns[2], fmt::format("\"{}\" is not an account.", shown(written)),
                     "Write it as the device shows it, such as \"ACME\\jsmith\", or without the domain for any.");
        return !into.name.empty();
    }

    bool read_contact(const csv_row& row, core::alias& into) {
        const auto written = field(row, 3);
        if (const auto id = core::read_id(written))
            into.contact = core::contact_id{*id};
        else if (auto address = core::read_address(written))
            into.address = std::move(address->whole);
        else
            complain(row.line, columns[3],
                     fmt::format("\"{}\" is neither an e-mail address nor an id.", shown(written)),
                     "Write the address or the id of the contact.");
        return into.contact || !into.address.empty();
    }

    const std::string& file_;
    const std::vector<instance_settings>& instances_;
    std::array<std::optional<std::size_t>, columns.size()> places_;
    alias_table made_;
    std::vector<config_error> wrong_;
};

/// The text with its comments blank, so that every other line keeps its number.
std::string without_comments(std::string_view text) {
    std::string made;
    made.reserve(text.size());
    while (!text.empty()) {
        const auto size = std::min(text.find('\n'), text.size() - 1) + 1;
        made += text.starts_with('#') ? std::string_view("\n") : text.substr(0, size);
        text.remove_prefix(size);
    }
    return made;
}

} // namespace

std::expected<alias_table, std::vector<config_error>> read_aliases(std::string_view text, const std::string& file,
                                                                   const std::vector<instance_settings>& instances) {
    const auto table = read_csv(without_comments(text), file);
    if (!table)
        return std::unexpected(std::vector<config_error>{
            {.file = {}, .line = 0, .column = 0, .key = {}, .what = table.error(), .remedy = {}}});
    alias_reader reader(file, instances);
    reader.read(*table);
    return reader.take();
}

} // namespace contactd
