#include "daemon/config/config_file.hpp"

#include "daemon/config/checks.hpp"
#include "daemon/config/complaints.hpp"
#include "daemon/config/config_warnings.hpp"
#include "daemon/config/defaults.hpp"
#include "daemon/config/read_file.hpp"
#include "daemon/config/read_sections.hpp"
#include "daemon/config/toml_tree.hpp"

#include <fmt/format.h>

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

config_result read_config_text(std::string_view text, const std::string& file, const environment& variables) {
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
    read_instances(whole, outer, result.settings);

    if (wrong.any())
        return std::unexpected(wrong.take());
    result.warnings = warnings_about(result.settings);
    return result;
}

config_result read_config(const std::string& path, const environment& variables) {
    const auto text = read_whole_file(path);
    if (!text)
        return std::unexpected(std::vector<config_error>{{.file = path,
                                                          .line = 0,
                                                          .column = 0,
                                                          .key = {},
                                                          .what = text.error().what,
                                                          .remedy = text.error().remedy}});
    return read_config_text(*text, path, variables);
}

} // namespace contactd
