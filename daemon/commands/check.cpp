#include "autotask/tls_client.hpp"
#include "daemon/commands/check_online.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/organizations/organizations_words.hpp"
#include "daemon/printable.hpp"
#include "daemon/secrets/secret_source.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <unistd.h>

namespace contactd {

namespace {

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

void say_organizations(const config& settings) {
    const auto& all = settings.organizations;
    if (all.empty())
        return;
    std::cout << settings.organizations_file << " is valid: " << organizations_words(all) << '\n';
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
    say_organizations(context.settings);
    return exit_status::done;
}

} // namespace contactd
