#include "daemon/config/choices.hpp"
#include "daemon/config/config_text.hpp"
#include "daemon/config/duration.hpp"
#include "daemon/config/toml_write.hpp"
#include "daemon/config/words.hpp"

#include <fmt/format.h>

namespace contactd {

namespace {

// Origins stand below each other behind values of the usual length.
constexpr std::size_t origin_column = 56;
constexpr std::size_t key_width = 19;
constexpr std::size_t comment_width = 100;

// Writes the lines of the file. Lives for one call.
class writer {
public:
    void heading(std::string_view name) { text_ += fmt::format("\n{}\n", name); }

    template <class T>
    void line(std::string_view key, const setting<T>& setting, const std::string& value) {
        const std::string assignment = fmt::format("{:<{}} = {}", key, key_width, value);
        text_ += fmt::format("{:<{}}  # {}\n", assignment, origin_column, setting.origin);
    }

    void line(std::string_view key, const setting<std::string>& setting) {
        line(key, setting, toml_text(setting.value));
    }
    void line(std::string_view key, const setting<names>& setting) { line(key, setting, toml_array(setting.value)); }
    void line(std::string_view key, const setting<double>& setting) { line(key, setting, toml_number(setting.value)); }
    void line(std::string_view key, const setting<bool>& setting) {
        line(key, setting, setting.value ? "true" : "false");
    }
    void line(std::string_view key, const setting<std::int64_t>& setting) {
        line(key, setting, std::to_string(setting.value));
    }
    void line(std::string_view key, const setting<std::chrono::seconds>& setting) {
        line(key, setting, toml_text(format_duration(setting.value)));
    }
    template <class T, std::size_t N>
    void line(std::string_view key, const setting<T>& setting, const choices<T, N>& words) {
        line(key, setting, toml_text(words.word_of(setting.value)));
    }

    void comment(std::string_view text) { text_ += fmt::format("# {}\n", text); }

    // The words, as many on a line as fit.
    void comment_list(std::span<const std::string_view> words) {
        std::string row;
        for (std::string_view word : words) {
            const std::string quoted = toml_text(word);
            if (!row.empty() && row.size() + quoted.size() > comment_width) {
                comment("  " + row);
                row.clear();
            }
            row += (row.empty() ? "" : " ") + quoted;
        }
        if (!row.empty())
            comment("  " + row);
    }

    void blank_line() { text_ += "\n"; }

    std::string take() { return std::move(text_); }

private:
    std::string text_;
};

void write(writer& out, const daemon_settings& daemon) {
    out.heading("[daemon]");
    out.line("state_dir", daemon.state_dir);
    out.line("audit_log", daemon.audit_log);
    out.line("organizations", daemon.organizations);
    out.line("keep_history", daemon.keep_history);
    out.line("log_level", daemon.log_level);
    out.line("status_listen", daemon.status_listen);
}

void write(writer& out, std::string_view heading, const schedule_settings& schedule) {
    out.heading(heading);
    out.line("every", schedule.every);
    out.line("jitter", schedule.jitter);
    out.line("full_every", schedule.full_every);
}

void write(writer& out, std::string_view heading, const match_settings& match) {
    out.heading(heading);
    out.line("rules", match.rules);
    out.line("only_fill", match.only_fill);
    out.line("device_types", match.device_types, toml_ids(match.device_types.value));
    out.line("device_categories", match.device_categories, toml_ids(match.device_categories.value));
    out.line("include_devices", match.include_devices);
    out.line("exclude_devices", match.exclude_devices);
    out.line("email_fields", match.email_fields);
    out.line("login_field", match.login_field);
    out.line("alias_file", match.alias_file);
    out.line("ignored_accounts", match.ignored_accounts);
    out.line("ignored_authorities", match.ignored_authorities);
}

void write(writer& out, std::string_view heading, const policy_settings& policy) {
    out.heading(heading);
    out.line("dry_run", policy.dry_run);
    out.line("write", policy.write, write_choices);
    out.line("stable_sweeps", policy.stable_sweeps);
    out.line("stable_for", policy.stable_for);
    out.line("shared_devices", policy.shared, shared_devices_choices);
    out.line("shared_users", policy.shared_users);
    out.line("shared_window", policy.shared_window);
    out.line("manual_changes", policy.manual, manual_changes_choices);
    out.line("max_changes", policy.max_changes);
    out.line("brake_percent", policy.brake_percent);
    out.line("brake_minimum", policy.brake_minimum);
}

void write(writer& out, const instance_settings& instance) {
    out.heading("[[instance]]");
    out.line("name", instance.name);
    out.line("username", instance.username);
    out.line("tracking_identifier", instance.tracking_identifier);
    out.line("secret", instance.secret);
    out.line("zone", instance.zone);
    out.line("zone_discovery_url", instance.zone_discovery_url);
    out.line("ca_file", instance.ca_file);
    out.line("companies", instance.companies, company_choices);
    out.line("company_filter", instance.company_filter, toml_conditions(instance.company_filter.value));
    out.line("include_tags", instance.include_tags);
    out.line("exclude_tags", instance.exclude_tags);
    out.line("exclude_companies", instance.exclude_companies, toml_ids(instance.exclude_companies.value));
    out.line("hourly_share", instance.hourly_share);
    write(out, "[instance.schedule]", instance.schedule);
    write(out, "[instance.match]", instance.match);
    write(out, "[instance.policy]", instance.policy);
}

void write(writer& out, const organization_settings& organization) {
    out.heading("[[organization]]");
    out.line("name", organization.name);
    out.line("instance", organization.instance);
    if (const auto& id = organization.company_id; id.value)
        out.line("company_id", id, std::to_string(id.value->value));
    out.line("company", organization.company);
    out.line("domain", organization.domain);
    out.line("enabled", organization.enabled);
    out.line("tags", organization.tags);
}

} // namespace

std::string effective_config_text(const config& settings, std::span<const std::string_view> shipped_accounts,
                                  std::span<const std::string_view> shipped_authorities) {
    writer out;
    out.comment(fmt::format("The configuration in effect, from {}.", shown(settings.file)));
    out.comment("Behind every value: the line it comes from, \"default\", or the environment variable.");
    write(out, settings.daemon);
    write(out, "[schedule]", settings.schedule);
    for (const instance_settings& instance : settings.instances)
        write(out, instance);
    out.blank_line();
    out.comment("Shipped with contactd and in effect besides ignored_accounts:");
    out.comment_list(shipped_accounts);
    out.comment("Shipped with contactd and in effect besides ignored_authorities:");
    out.comment_list(shipped_authorities);
    return out.take();
}

std::string company_config_text(const instance_settings& instance, const organization_settings* organization) {
    writer out;
    if (organization != nullptr)
        write(out, *organization);
    const bool has_match = organization != nullptr && organization->match;
    const bool has_policy = organization != nullptr && organization->policy;
    write(out, "[instance.schedule]", instance.schedule);
    write(out, has_match ? "[organization.match]" : "[instance.match]",
          has_match ? *organization->match : instance.match);
    write(out, has_policy ? "[organization.policy]" : "[instance.policy]",
          has_policy ? *organization->policy : instance.policy);
    return out.take();
}

} // namespace contactd
