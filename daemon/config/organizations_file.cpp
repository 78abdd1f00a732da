#include "daemon/config/organizations_file.hpp"

#include "core/fold.hpp"
#include "daemon/config/complaints.hpp"
#include "daemon/config/find_instance.hpp"
#include "daemon/config/read_sections.hpp"
#include "daemon/config/section.hpp"
#include "daemon/config/toml_tree.hpp"
#include "daemon/config/words.hpp"
#include "daemon/organizations/organization_name.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <utility>

namespace contactd {

namespace {

// Ids of companies belong to a database, and every instance of the same API user is about the same one.
std::string database_of(const organization_settings& one, const config& settings) {
    const auto* instance = find_instance(settings.instances, one.instance.value);
    return instance ? core::fold(instance->username.value) + '\n' + instance->zone_discovery_url.value : std::string();
}

// Finds what must not stand in the file twice. Lives for one reading.
class twins {
public:
    void check(const section& from, const organization_settings& one, const config& settings) {
        const auto [same_name, is_new_name] = names_.try_emplace(name_key(one.name.value), one.line);
        if (!is_new_name && !one.name.value.empty())
            from.complain(from.table(), "name",
                          {fmt::format("\"{}\" is the name of the organization in line {} already.",
                                       shown(one.name.value), same_name->second),
                           "Give each organization a name of its own, and each only one company of one instance."});
        if (!one.company_id.value || one.instance.value.empty())
            return;
        const auto company = std::pair(database_of(one, settings), one.company_id.value->value);
        const auto [same_company, is_new] = companies_.try_emplace(company, one.line);
        if (!is_new)
            from.complain(*from.find("company_id"), "company_id",
                          {fmt::format("Company {} is mapped to the organization in line {} already.",
                                       one.company_id.value->value, same_company->second),
                           "Map it to one of them."});
    }

private:
    std::map<std::string, int> names_;
    std::map<std::pair<std::string, std::int64_t>, int> companies_;
};

bool is_list(const section& file, const toml_node& found) {
    if (found.kind == toml_kind::array)
        return true;
    if (found.kind == toml_kind::table)
        file.complain(found, "organization",
                      {"[organization] has single brackets, but there can be several.", "Write [[organization]]."});
    else
        file.complain_kind(found, "organization", "a section that begins with [[organization]]");
    return false;
}

} // namespace

std::vector<config_error> read_organizations(std::string_view text, const std::string& file, config& into) {
    const auto tree = parse_toml(text);
    if (!tree) {
        const auto& error = tree.error();
        return {
            {.file = file, .line = error.line, .column = error.column, .key = {}, .what = error.what, .remedy = {}}};
    }
    complaints wrong(file, std::filesystem::path(file).filename().string());
    const section whole(*tree, section_kind::organizations_file, "the file", "", wrong);
    whole.check_keys();
    std::vector<organization_settings> read;
    twins known;
    const toml_node* found = whole.find("organization");
    if (found != nullptr && is_list(whole, *found))
        for (const toml_node& item : found->children) {
            if (item.kind != toml_kind::table) {
                whole.complain_kind(item, "organization", "a section that begins with [[organization]]");
                continue;
            }
            const section from = whole.item(item, "organization", section_kind::organization, "[[organization]]");
            organization_settings one;
            read_organization(from, into.instances, one);
            known.check(from, one, into);
            read.push_back(std::move(one));
        }
    if (wrong.any())
        return wrong.take();
    into.organizations = std::move(read);
    return {};
}

} // namespace contactd
