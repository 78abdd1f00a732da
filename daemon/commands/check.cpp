#include "autotask/reader.hpp"
#include "autotask/spawn.hpp"
#include "autotask/tls_client.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/one_shot.hpp"
#include "daemon/printable.hpp"
#include "daemon/secrets/secret_source.hpp"
#include "daemon/sweep/labels.hpp"
#include "daemon/sweep/trouble.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <iostream>
#include <unistd.h>

namespace contactd {

namespace asio = boost::asio;

namespace {

/// Asks one instance everything a sweep depends on. One request after the other, and none after a refusal.
class instance_check {
public:
    instance_check(instance& subject, autotask::session& session)
        : subject_(subject), session_(session), reader_(session) {}

    asio::awaitable<bool> run() {
        std::cout << "instance " << subject_.settings.name.value << '\n';
        auto opened = co_await session_.open();
        if (!opened)
            co_return failed("zone", opened.error());
        const auto& zone = session_.zone();
        say("zone", zone.url.text() + (zone.name.empty() ? "" : " (" + printable(zone.name) + ")"));

        auto usage = co_await reader_.threshold();
        if (!usage)
            co_return failed(usage.error().kind == autotask::error_kind::auth ? "credentials" : "API usage",
                             usage.error());
        say("credentials", "accepted for " + subject_.settings.username.value);
        say("API usage", fmt::format("{} of {} requests in the last {} minutes, by all integrations together",
                                     grouped(usage->used), grouped(usage->limit), usage->window_minutes));

        bool good = true;
        for (const auto* entity : {"Companies", "Contacts", "ConfigurationItems"}) {
            auto readable = co_await reader_.probe(entity);
            if (!readable)
                good = failed(std::string("read ") + entity, readable.error());
            else
                say(std::string("read ") + entity, "allowed");
        }
        auto writable = co_await reader_.may_update_devices();
        if (!writable)
            good = failed("write ConfigurationItems", writable.error());
        else if (!*writable)
            good = complain("write ConfigurationItems",
                            "not allowed: give the API user's security level the right to edit "
                            "configuration items");
        else
            say("write ConfigurationItems", "allowed");
        const bool filtered = co_await check_filter();
        const bool typed = co_await check_device_types();
        co_return good&& filtered&& typed;
    }

private:
    asio::awaitable<bool> check_filter() {
        auto fields = co_await reader_.fields("Companies");
        if (!fields)
            co_return failed("company filter", fields.error());
        auto filter = resolve_filter(subject_.settings.company_filter.value, *fields);
        if (!filter)
            co_return complain("company filter", filter.error());
        auto count = co_await reader_.count_companies(std::move(*filter));
        if (!count)
            co_return failed("company filter", count.error());
        say("company filter", counted(*count, "active company passes", "active companies pass"));
        co_return true;
    }

    asio::awaitable<bool> check_device_types() {
        auto fields = co_await reader_.fields("ConfigurationItems");
        if (!fields)
            co_return failed("device types", fields.error());
        const auto types = resolve_device_types(subject_.settings.match.device_types.value, *fields);
        if (!types)
            co_return complain("device types", types.error());
        std::string shown = types->every ? "every device" : "";
        const auto* field = autotask::find_field(*fields, "configurationItemType");
        for (const auto number : types->values) {
            std::string label;
            if (field)
                for (const auto& one : field->values)
                    if (one.value == std::to_string(number))
                        label = one.label;
            if (label.empty() && field && !field->values.empty())
                co_return complain("device types", std::to_string(number) + " is no value of configurationItemType");
            shown += fmt::format("{}{} ({})", shown.empty() ? "" : ", ", number, printable(label));
        }
        if (types->untyped)
            shown += shown.empty() ? "those without a type" : ", and those without a type";
        say("device types", shown);
        co_return true;
    }

    static void say(const std::string& what, const std::string& finding) {
        std::cout << "  " << padded(what, 26) << finding << '\n';
    }

    static bool complain(const std::string& what, const std::string& finding) {
        say(what, "FAILED: " + printable(finding));
        return false;
    }

    bool failed(const std::string& what, const autotask::error& failure) {
        const bool refused = failure.kind == autotask::error_kind::auth;
        return complain(what, refused ? refusal(subject_.settings, failure) : failure.message());
    }

    instance& subject_;
    autotask::session& session_;
    autotask::reader reader_;
};

exit_status check_online(const command_context& context) {
    one_shot once(context);
    if (auto ready = once.prepare(); !ready)
        return ready.error();
    return once.check_each([](instance& subject, autotask::session& session) -> asio::awaitable<bool> {
        instance_check check(subject, session);
        co_return co_await check.run();
    });
}

/// Whether the files the configuration names can be used as a sweep would.
bool files_are_usable(const command_context& context) {
    bool good = true;
    for (const auto& one : context.settings.instances)
        if (auto tls = autotask::tls_client::make(one.ca_file.value); !tls) {
            context.messages.error("instance " + one.name.value + ": " + tls.error());
            good = false;
        }
    const auto& log = context.settings.daemon.audit_log.value;
    const auto folder = std::filesystem::path(log).parent_path();
    if (::access(log.c_str(), W_OK) != 0 && (errno != ENOENT || ::access(folder.c_str(), W_OK) != 0))
        context.messages.warn("the audit log " + log + " cannot be written by this user: " + std::strerror(errno));
    return good;
}

/// A credential exists only inside the service; everything else must be readable already.
bool secrets_are_there(const command_context& context) {
    bool good = true;
    for (const auto& one : context.settings.instances) {
        const auto secret = resolve_secret(one.name.value, one.secret.value, context.variables);
        if (secret) {
            if (!secret->warning.empty())
                context.messages.warn(secret->warning);
        } else if (secret.error().problem == secret_problem::no_credentials_directory) {
            std::cout
                << "note: the secret of instance " << one.name.value << " (" << one.secret.value
                << ") can only be read inside the service, or with CREDENTIALS_DIRECTORY set; it was not checked\n";
        } else {
            context.messages.error(secret.error().text);
            good = false;
        }
    }
    return good;
}

} // namespace

exit_status run_check(const command_context& context) {
    if (context.line.online)
        return check_online(context);
    const bool usable = files_are_usable(context);
    if (!secrets_are_there(context) || !usable)
        return exit_status::config;
    std::string instances;
    for (const auto& one : context.settings.instances)
        instances += (instances.empty() ? "" : ", ") + one.name.value;
    std::cout << context.settings.file << " is valid: "
              << counted(static_cast<std::int64_t>(context.settings.instances.size()), "instance", "instances") << " ("
              << instances << ")\n";
    return exit_status::done;
}

} // namespace contactd
