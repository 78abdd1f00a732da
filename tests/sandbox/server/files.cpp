#include "tests/sandbox/server/files.hpp"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include "tests/sandbox/server/sandbox_server.hpp"

namespace sandbox {
namespace {

[[noreturn]] void fail(const std::string& path) {
    throw std::system_error{errno, std::generic_category(), "cannot write " + path};
}

/// A basic string of TOML.
std::string toml_text(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            result += '\\';
        result += c;
    }
    return result + '"';
}

} // namespace

void write_file(const std::string& path, std::string_view content, mode_t mode) {
    const std::string fresh = path + ".new";
    ::unlink(fresh.c_str());
    const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (file < 0)
        fail(path);
    std::string_view rest = content;
    while (!rest.empty()) {
        const ssize_t written = ::write(file, rest.data(), rest.size());
        if (written < 0 && errno != EINTR) {
            ::close(file);
            fail(path);
        }
        rest.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
    // The reader sees the old file or the whole new one.
    if (::close(file) != 0 || std::rename(fresh.c_str(), path.c_str()) != 0)
        fail(path);
}

void write_client_files(const sandbox_server& server, const credentials& login, const std::string& directory) {
    std::filesystem::create_directories(directory + "/state");
    write_file(directory + "/secret", login.secret, 0600);
    write_file(
        directory + "/contactd.toml",
        fmt::format("# Works against the running autotask-sandbox.\n"
                    "[daemon]\n"
                    "state_dir     = {}\n"
                    "audit_log     = {}\n"
                    "status_listen = \"\"\n"
                    "\n"
                    "[[instance]]\n"
                    "name                = \"sandbox\"\n"
                    "username            = {}\n"
                    "tracking_identifier = {}\n"
                    "secret              = {}\n"
                    "zone                = \"auto\"\n"
                    "zone_discovery_url  = {}\n"
                    "ca_file             = {}\n"
                    "companies           = \"all\"\n"
                    "company_filter      = [ {{ field = \"companyType\", op = \"eq\", value = \"Customer\" }} ]\n",
                    toml_text(directory + "/state"), toml_text(directory + "/audit.jsonl"), toml_text(login.username),
                    toml_text(login.tracking_identifier), toml_text("file:" + directory + "/secret"),
                    toml_text(server.base_url()), toml_text(server.ca_file())),
        0644);
    const boost::json::object described{{"url", server.base_url()},
                                        {"second_zone_url", server.zone_url(1)},
                                        {"control", server.control_url()},
                                        {"ca_file", server.ca_file()},
                                        {"username", login.username},
                                        {"secret", login.secret},
                                        {"tracking_identifier", login.tracking_identifier},
                                        {"config", directory + "/contactd.toml"},
                                        {"pid", ::getpid()}};
    // Last, because whoever waits for this file expects the others to be there. It holds the secret.
    write_file(directory + "/sandbox.json", boost::json::serialize(described) + "\n", 0600);
}

} // namespace sandbox
