#include <cerrno>
#include <csignal>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "tests/sandbox/model/admin.hpp"
#include "tests/sandbox/model/generator/organizations.hpp"
#include "tests/sandbox/model/world.hpp"
#include "tests/sandbox/server/files.hpp"
#include "tests/sandbox/server/sandbox_server.hpp"

namespace {

constexpr int wrong_usage = 64;

struct settings {
    sandbox::world_options world;
    sandbox::server_options server;
    sandbox::switches switches = sandbox::as_over_a_network();
    std::vector<std::string> switch_texts;
    std::vector<std::string> data_files;
    std::string directory = "autotask-sandbox-data";
    std::string certificate = "good";
    std::string latency;
    long seconds = 3'600;
    bool exit_with_stdin = false;
    bool list_switches = false;
};

void define(CLI::App& app, settings& given) {
    app.add_option("--port", given.server.ports.zone, "HTTPS port of the API; 0 takes a free one");
    app.add_option("--second-port", given.server.ports.second_zone, "HTTPS port of the zone a tenant can move to");
    app.add_option("--control-port", given.server.ports.control, "HTTP port of the control interface");
    app.add_option("--seed", given.world.data.seed, "of the generated data; the same seed gives the same data");
    app.add_option("--companies", given.world.data.companies, "active customers to generate")
        ->check(CLI::Range(0, 20'000));
    app.add_option("--devices", given.world.data.devices, "configuration items to generate")
        ->check(CLI::Range(0, 1'000'000));
    app.add_option("--people-at-parents", given.world.data.people_at_parents,
                   "true or false: the people of every second branch are contacts of its parent company")
        ->capture_default_str();
    app.add_option("--data", given.data_files, "JSON file with rows to add: {\"Companies\":[{...}],...}");
    app.add_option("--dir", given.directory,
                   "where ca.pem, secret, contactd.toml, organizations.csv and sandbox.json are written");
    app.add_option("--for", given.seconds, "end after so many seconds")->check(CLI::Range(1, 31 * 86'400));
    app.add_option("--latency", given.latency, "hold every reply back, such as 20ms");
    app.add_option("--switch", given.switch_texts, "NAME=VALUE, repeatable; see --list-switches");
    app.add_option("--certificate", given.certificate, "good, or flawed in a way a client must refuse")
        ->check(CLI::IsMember({"good", "wrong-host", "expired", "untrusted-ca"}));
    app.add_option("--name", given.server.extra_names, "further host name of the certificate, repeatable");
    app.add_flag("--exit-with-stdin", given.exit_with_stdin, "end when standard input does");
    app.add_flag("--list-switches", given.list_switches, "show every switch with its default and meaning");
}

void list_switches() {
    const auto defaults = sandbox::as_over_a_network();
    for (const auto& each : sandbox::all_switches())
        fmt::print("{} = {}   ({})\n    {}\n", each.name, each.read(defaults), each.values, each.meaning);
}

/// What cannot be said to CLI11. Gives a sentence when something is wrong.
std::optional<std::string> finish(settings& given) {
    if (!given.latency.empty())
        given.switch_texts.push_back("latency=" + given.latency);
    for (const std::string& text : given.switch_texts) {
        const auto equals = text.find('=');
        if (equals == std::string::npos)
            return "write --switch NAME=VALUE, not \"" + text + "\"";
        const auto set = sandbox::set_switch(given.switches, text.substr(0, equals), text.substr(equals + 1));
        if (!set)
            return set.error();
    }
    using sandbox::certificate_flaw;
    given.server.flaw = given.certificate == "wrong-host"     ? certificate_flaw::wrong_host
                        : given.certificate == "expired"      ? certificate_flaw::expired
                        : given.certificate == "untrusted-ca" ? certificate_flaw::untrusted_ca
                                                              : certificate_flaw::none;
    return std::nullopt;
}

std::unique_ptr<sandbox::autotask> build_world(const settings& given) {
    auto world = sandbox::make_world(given.world);
    world->options() = given.switches;
    for (const std::string& name : given.data_files) {
        std::ifstream file{name, std::ios::binary};
        if (!file)
            throw std::runtime_error{"cannot read " + name};
        const std::string text{std::istreambuf_iterator<char>{file}, {}};
        const auto count = sandbox::load_rows(world->tenant(), text, std::chrono::system_clock::now());
        if (!count)
            throw std::runtime_error{name + ": " + count.error()};
    }
    return world;
}

/// Blocks until a signal, the end of the time, or the end of standard input.
void wait_for_the_end(int signals, const settings& given) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{given.seconds};
    pollfd watched[2] = {{signals, POLLIN, 0}, {given.exit_with_stdin ? STDIN_FILENO : -1, POLLIN, 0}};
    while (true) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
        if (left <= 0)
            return;
        constexpr std::int64_t longest = 60'000;
        const int ready = ::poll(watched, 2, static_cast<int>(std::min<std::int64_t>(left, longest)));
        if (ready < 0 && errno != EINTR)
            return;
        if (ready > 0 && watched[0].revents != 0)
            return;
        char ignored[256];
        if (ready > 0 && watched[1].revents != 0 && ::read(STDIN_FILENO, ignored, sizeof ignored) <= 0)
            return;
    }
}

int serve(settings& given) {
    // Before any thread starts, so that none of them is interrupted instead.
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    sigprocmask(SIG_BLOCK, &ending, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    const int signals = ::signalfd(-1, &ending, SFD_CLOEXEC);

    std::filesystem::create_directories(given.directory);
    given.directory = std::filesystem::canonical(given.directory).string();
    given.server.directory = given.directory;
    auto world = build_world(given);
    const std::string organizations = sandbox::organizations_csv(world->tenant(), given.world.data.seed);
    sandbox::sandbox_server server{std::move(world), given.server};
    sandbox::write_file(given.directory + "/organizations.csv", organizations, 0644);
    sandbox::write_client_files(server, given.world.login, given.directory);

    fmt::print("Autotask REST API   {}\n", server.base_url());
    fmt::print("second zone         {}\n", server.zone_url(1));
    fmt::print("control interface   {}\n", server.control_url());
    fmt::print("trust anchor        {}\n", server.ca_file());
    fmt::print("user name           {}\n", given.world.login.username);
    fmt::print("tracking identifier {}\n", given.world.login.tracking_identifier);
    fmt::print("secret              in {}/secret\n", given.directory);
    fmt::print("configuration       {}/contactd.toml\n", given.directory);
    fmt::print("organizations       {}/organizations.csv\n", given.directory);
    fmt::print("ready\n");
    std::fflush(stdout);
    wait_for_the_end(signals, given);
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    settings given;
    given.world.data.people_at_parents = true; // an embedded world keeps to one company, unless it asks for more
    CLI::App app{"A local Autotask REST API with generated data, for tests, demonstrations and writing clients."};
    define(app, given);
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        fmt::print("{}", app.help());
        return 0;
    } catch (const CLI::ParseError& error) {
        fmt::print(stderr, "autotask-sandbox: {}; see --help\n", error.what());
        return wrong_usage;
    }
    if (given.list_switches) {
        list_switches();
        return 0;
    }
    if (const auto problem = finish(given)) {
        fmt::print(stderr, "autotask-sandbox: {}\n", *problem);
        return wrong_usage;
    }
    try {
        return serve(given);
    } catch (const std::exception& error) {
        fmt::print(stderr, "autotask-sandbox: {}\n", error.what());
        return 1;
    }
}
