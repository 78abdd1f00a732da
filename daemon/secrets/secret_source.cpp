#include "daemon/secrets/secret_source.hpp"

#include "daemon/secrets/secret_file.hpp"
#include "daemon/secrets/secret_reference.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <optional>
#include <system_error>
#include <utility>

#include <sys/stat.h>

namespace contactd {

namespace {

// What every message is built from.
struct subject {
    std::string_view instance;
    std::string_view reference;

    std::string operator()(std::string_view what, std::string_view remedy) const {
        return fmt::format("The secret of the instance \"{}\" ({}) {} {}", instance, reference, what, remedy);
    }
};

using outcome = std::expected<resolved_secret, secret_error>;

outcome failed(secret_problem problem, std::string text) {
    return std::unexpected(secret_error{problem, std::move(text)});
}

// What is wrong with the content, as the predicate of a sentence about it; nothing if it can be used.
std::optional<std::string_view> fault_of(std::string_view content) {
    if (content.empty())
        return "is empty.";
    if (content.size() > longest_secret)
        return "is longer than 4096 bytes.";
    for (char c : content)
        if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) == 0x7f)
            return "holds a control character or more than one line.";
    if (content.starts_with("\xef\xbb\xbf"))
        return "begins with a byte order mark.";
    if (content.front() == ' ' || content.back() == ' ')
        return "begins or ends with a blank.";
    return std::nullopt;
}

// Takes the content over into a secret and wipes it.
outcome accept(const subject& subject, std::string& content, std::string warning) {
    std::string_view text = content;
    if (text.ends_with('\n'))
        text.remove_suffix(text.ends_with("\r\n") ? 2 : 1);
    const auto fault = fault_of(text);
    resolved_secret result;
    if (!fault) {
        result.value = autotask::secret(text);
        result.warning = std::move(warning);
    }
    autotask::wipe(content);
    if (fault)
        return failed(secret_problem::unusable,
                      subject(*fault, "Put the secret of the API user there, alone on one line."));
    return result;
}

std::string mode_warning(const subject& subject, const std::string& path, unsigned mode) {
    if ((mode & (S_IRGRP | S_IROTH)) == 0)
        return {};
    return subject(fmt::format("can be read by {}.", (mode & S_IROTH) != 0 ? "everyone" : "its group"),
                   fmt::format("Run \"chmod 600 {}\" as its owner.", path));
}

outcome from_file(const subject& subject, const std::string& path, bool ours) {
    secret_file file = read_secret_file(path);
    switch (file.failure) {
    case 0:
        break;
    case ENOENT:
    case ENOTDIR:
        return failed(
            secret_problem::missing,
            subject("does not exist.", ours ? "Add LoadCredential= or LoadCredentialEncrypted= with that name to "
                                              "the unit of contactd."
                                            : "Create the file with the secret of the API user in it."));
    default:
        return failed(secret_problem::unreadable,
                      subject(fmt::format("cannot be read: {}.", std::generic_category().message(file.failure)),
                              "Give the user that contactd runs as the right to read it."));
    }
    if (!file.regular)
        return failed(secret_problem::unreadable,
                      subject("is not a regular file.", "Name a file with the secret of the API user in it."));
    // systemd keeps what it hands out for the service's user alone, whatever the mode says.
    return accept(subject, file.content, ours ? std::string() : mode_warning(subject, path, file.mode));
}

outcome from_credential(const subject& subject, const std::string& name, const environment& variables) {
    const std::string directory = variables("CREDENTIALS_DIRECTORY").value_or("");
    if (directory.empty())
        return failed(secret_problem::no_credentials_directory,
                      subject("is handed over by systemd, but contactd is not running as a service with credentials "
                              "($CREDENTIALS_DIRECTORY is not set).",
                              "Start it with systemctl, or set CREDENTIALS_DIRECTORY to a folder with this file when "
                              "running it by hand."));
    return from_file(subject, directory + "/" + name, true);
}

outcome from_variable(const subject& subject, const std::string& name, const environment& variables) {
    auto value = variables(name);
    if (!value)
        return failed(secret_problem::missing,
                      subject("is not set.", "Set this environment variable, or use \"credential:\" or \"file:\"."));
    return accept(subject, *value, {});
}

} // namespace

std::expected<resolved_secret, secret_error> resolve_secret(std::string_view instance, std::string_view reference,
                                                            const environment& variables) {
    const auto parsed = parse_secret_reference(reference);
    if (!parsed)
        return failed(secret_problem::unusable,
                      fmt::format("The secret of the instance \"{}\" cannot be found from what its configuration says. "
                                  "Write \"credential:NAME\", \"file:/absolute/path\" or \"env:NAME\".",
                                  instance));
    const subject subject{instance, reference};
    switch (parsed->place) {
    case secret_place::credential:
        return from_credential(subject, parsed->name, variables);
    case secret_place::file:
        return from_file(subject, parsed->name, false);
    case secret_place::env:
        break;
    }
    return from_variable(subject, parsed->name, variables);
}

} // namespace contactd
