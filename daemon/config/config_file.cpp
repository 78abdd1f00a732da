#include "daemon/config/config_file.hpp"

#include "daemon/config/alias_file.hpp"
#include "daemon/config/checks.hpp"
#include "daemon/config/complaints.hpp"
#include "daemon/config/config_warnings.hpp"
#include "daemon/config/defaults.hpp"
#include "daemon/config/organizations_file.hpp"
#include "daemon/config/read_file.hpp"
#include "daemon/config/read_sections.hpp"
#include "daemon/config/toml_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <utility>

namespace contactd {

namespace {

// What systemd names is as good or bad as what the file says, only that no line is to blame.
void check_directories(const daemon_settings& daemon, complaints& out) {
    for (const auto& [key, directory] :
         {std::pair{"daemon.state_dir", &daemon.state_dir}, std::pair{"daemon.audit_log", &daemon.audit_log}})
        if (directory->origin.starts_with('$') && check_absolute_path(directory->value))
            out.add(0, key,
                    {fmt::format("The environment variable {} does not hold an absolute path.", directory->origin),
                     "Correct or unset it, or set the key in the file."});
}

config_error whole_file(const std::string& path, const fault& why) {
    return {.file = path, .line = 0, .column = 0, .key = {}, .what = why.what, .remedy = why.remedy};
}

// A path in a configuration is one from the folder of its file.
std::string beside(const std::string& file, const std::string& path) {
    return (std::filesystem::path(file).parent_path() / path).string();
}

// Without the file there are no organizations.
std::vector<config_error> read_organizations(const file_reader& others, config& into) {
    const auto& path = into.organizations_file;
    auto text = others(path);
    if (text) {
        into.organizations_text = std::make_shared<const std::string>(std::move(*text));
        return contactd::read_organizations(*into.organizations_text, path, into);
    }
    if (text.error().is_missing)
        return {};
    return {whole_file(path, text.error().why)};
}

// Every alias file that is named anywhere, once.
std::vector<config_error> read_alias_files(const file_reader& others, config& into) {
    std::map<std::string, std::string> origins; // By path.
    for (const auto& one : into.instances)
        origins.emplace(one.match.alias_file.value, one.match.alias_file.origin);
    for (const auto& one : into.organizations)
        if (one.match)
            origins.emplace(one.match->alias_file.value, one.match->alias_file.origin);
    origins.erase("");
    std::vector<config_error> wrong;
    for (const auto& [path, origin] : origins) {
        const auto resolved = beside(into.file, path);
        const auto text = others(resolved);
        if (!text) {
            auto error = whole_file(resolved, text.error().why);
            error.key = fmt::format("alias_file ({})", origin);
            wrong.push_back(std::move(error));
            continue;
        }
        auto read = read_aliases(*text, resolved, into.instances);
        if (read)
            into.aliases.emplace(path, std::make_shared<const alias_table>(std::move(*read)));
        else
            std::ranges::move(read.error(), std::back_inserter(wrong));
    }
    return wrong;
}

std::string name_taken(const config& read, const instance_settings& instance) {
    for (const instance_settings& other : read.instances)
        if (other.name.value == instance.name.value && !instance.name.value.empty())
            return other.name.origin;
    return {};
}

void read_instances(const section& file, const instance_settings& outer, config& into) {
    const toml_node* found = file.find("instance");
    if (found == nullptr || (found->kind == toml_kind::array && found->children.empty())) {
        file.complain(toml_node{}, "instance",
                      {"There is no [[instance]] in the file, so there is nothing to work on.",
                       "Add one; \"contactd config default\" shows what belongs in it."});
        return;
    }
    if (found->kind == toml_kind::table) {
        file.complain(*found, "instance",
                      {"[instance] has single brackets, but there can be several.", "Write [[instance]]."});
        return;
    }
    if (found->kind != toml_kind::array) {
        file.complain_kind(*found, "instance", "a section that begins with [[instance]]");
        return;
    }
    for (const toml_node& item : found->children) {
        if (item.kind != toml_kind::table) {
            file.complain_kind(item, "instance", "a section that begins with [[instance]]");
            continue;
        }
        const section from = file.item(item, "instance", section_kind::instance, "[[instance]]");
        instance_settings instance = outer;
        read_instance(from, instance);
        if (const std::string taken = name_taken(into, instance); !taken.empty())
            from.complain(*from.find("name"), "name",
                          {fmt::format("\"{}\" is the name of the instance in {} already.", instance.name.value, taken),
                           "Give each instance a name of its own."});
        into.instances.push_back(std::move(instance));
    }
}

} // namespace

std::expected<std::string, unreadable_file> no_other_files(const std::string&) {
    return std::unexpected(unreadable_file{{"There is no such file.", {}}, true});
}

config_result read_config_text(std::string_view text, const std::string& file, const environment& variables,
                               const file_reader& others) {
    const auto tree = parse_toml(text);
    if (!tree) {
        const toml_syntax_error& error = tree.error();
        return std::unexpected(std::vector<config_error>{
            {.file = file, .line = error.line, .column = error.column, .key = {}, .what = error.what, .remedy = {}}});
    }
    complaints wrong(file);
    const section whole(*tree, section_kind::file, "the file", "", wrong);
    config_reading result;
    result.settings.file = file;
    result.settings.daemon = default_daemon(variables);
    result.settings.schedule = default_schedule();
    instance_settings outer = default_instance();
    outer.match = default_match();
    outer.policy = default_policy();

    whole.check_keys();
    read_daemon(whole.below("daemon", section_kind::daemon, "[daemon]"), result.settings.daemon);
    check_directories(result.settings.daemon, wrong);
    read_schedule(whole.below("schedule", section_kind::schedule, "[schedule]"), result.settings.schedule);
    read_match(whole.below("match", section_kind::match, "[match]"), outer.match);
    read_policy(whole.below("policy", section_kind::policy, "[policy]"), outer.policy);
    result.settings.organizations_file = beside(file, result.settings.daemon.organizations.value);
    outer.schedule = result.settings.schedule;
    read_instances(whole, outer, result.settings);
    if (wrong.any())
        return std::unexpected(wrong.take());

    if (auto errors = read_organizations(others, result.settings); !errors.empty())
        return std::unexpected(std::move(errors));
    if (auto errors = read_alias_files(others, result.settings); !errors.empty())
        return std::unexpected(std::move(errors));
    result.warnings = warnings_about(result.settings);
    return result;
}

config_result read_config(const std::string& path, const environment& variables) {
    const auto text = read_whole_file(path, largest_configuration);
    if (!text) {
        auto why = text.error().why;
        if (why.remedy.empty())
            why.remedy = text.error().is_missing
                             ? "Create it from \"contactd config default\", or name another one with --config."
                             : "Name the configuration file with --config.";
        return std::unexpected(std::vector<config_error>{whole_file(path, why)});
    }
    return read_config_text(*text, path, variables,
                            [](const std::string& other) { return read_whole_file(other, largest_list); });
}

} // namespace contactd
