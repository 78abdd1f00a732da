#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include "tests/support/https_client.hpp"

namespace {

/// A directory that goes away with the test.
struct scratch {
    std::string path = (std::filesystem::temp_directory_path() / "sandbox-test-XXXXXX").string();
    scratch() { REQUIRE(::mkdtemp(path.data()) != nullptr); }
    ~scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
};

/// The program with pipes to its standard input and from its output. Killed at the end, if it is still there.
class process {
public:
    explicit process(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), SANDBOX_PROGRAM);
        std::vector<char*> argv;
        for (std::string& argument : arguments)
            argv.push_back(argument.data());
        argv.push_back(nullptr);
        std::array<int, 2> in{};
        std::array<int, 2> out{};
        REQUIRE(::pipe2(in.data(), O_CLOEXEC) == 0);
        REQUIRE(::pipe2(out.data(), O_CLOEXEC) == 0);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions, out[1], STDERR_FILENO);
        const int failed = ::posix_spawn(&id_, SANDBOX_PROGRAM, &actions, nullptr, argv.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        ::close(in[0]);
        ::close(out[1]);
        input_ = in[1];
        output_ = out[0];
        REQUIRE(failed == 0);
    }
    ~process() {
        close_input();
        ::close(output_);
        if (id_ > 0) {
            ::kill(id_, SIGKILL);
            ::waitpid(id_, nullptr, 0);
        }
    }
    process(const process&) = delete;
    process& operator=(const process&) = delete;

    /// What it prints up to and including that text, or all of it.
    std::string read_until(std::string_view text) {
        std::string result;
        char c = 0;
        while (result.find(text) == std::string::npos && ::read(output_, &c, 1) == 1)
            result += c;
        return result;
    }
    void close_input() {
        if (input_ >= 0)
            ::close(input_);
        input_ = -1;
    }
    void terminate() const { ::kill(id_, SIGTERM); }
    int exit_status() {
        int status = 0;
        REQUIRE(::waitpid(id_, &status, 0) == id_);
        id_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

private:
    pid_t id_ = -1;
    int input_ = -1;
    int output_ = -1;
};

std::string content_of(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

} // namespace

TEST_CASE("the program says where it listens, leaves all a client needs in its directory, and ends with its input") {
    const scratch directory;
    process program{
        {"--dir", directory.path, "--companies", "3", "--devices", "10", "--exit-with-stdin", "--for", "60"}};
    const std::string said = program.read_until("ready\n");
    const auto described = boost::json::parse(content_of(directory.path + "/sandbox.json"));
    const std::string url{described.at("url").as_string()};
    CHECK(said.find(url) != std::string::npos);
    CHECK(said.find(std::string{described.at("secret").as_string()}) == std::string::npos);
    CHECK(content_of(directory.path + "/secret") == std::string{described.at("secret").as_string()});
    for (const char* name : {"/secret", "/sandbox.json"}) {
        struct stat details {};
        REQUIRE(::stat((directory.path + name).c_str(), &details) == 0);
        CHECK((details.st_mode & 0777U) == 0600);
    }
    const std::string configuration = content_of(directory.path + "/contactd.toml");
    CHECK(configuration.find("zone_discovery_url  = \"" + url + "\"") != std::string::npos);
    CHECK(configuration.find(std::string{described.at("secret").as_string()}) == std::string::npos);

    const std::string organizations = content_of(directory.path + "/organizations.csv");
    CHECK(organizations.starts_with("name,domain,tags,datto_company_id\n"));
    CHECK(said.find(directory.path + "/organizations.csv") != std::string::npos);

    const auto port = std::stoi(url.substr(url.rfind(':') + 1));
    support::https_client client{static_cast<std::uint16_t>(port), content_of(directory.path + "/ca.pem")};
    const auto zone = client.send("GET", "/ATServicesRest/V1.0/zoneInformation?user=api-user@sandbox.example");
    REQUIRE(zone.has_value());
    CHECK(zone->status == 200);
    program.close_input();
    CHECK(program.exit_status() == 0);
}

TEST_CASE("the program ends on SIGTERM, and by itself when its time is over") {
    const scratch directory;
    process stopped{{"--dir", directory.path, "--companies", "1", "--devices", "1"}};
    stopped.read_until("ready\n");
    stopped.terminate();
    CHECK(stopped.exit_status() == 0);
    process timed{{"--dir", directory.path, "--companies", "1", "--devices", "1", "--for", "1"}};
    timed.read_until("ready\n");
    CHECK(timed.exit_status() == 0);
}

TEST_CASE("wrong usage is one sentence and status 64, what cannot be done is one sentence and status 1") {
    const auto run = [](std::vector<std::string> arguments) {
        process program{std::move(arguments)};
        const std::string said = program.read_until("\n\n");
        CHECK(said.starts_with("autotask-sandbox: "));
        CHECK(said.find('\n') == said.size() - 1);
        return program.exit_status();
    };
    CHECK(run({"--port", "99999"}) == 64);
    CHECK(run({"--no-such-option"}) == 64);
    CHECK(run({"--switch", "latency"}) == 64);
    CHECK(run({"--switch", "latency=20"}) == 64);
    CHECK(run({"--latency", "fast"}) == 64);
    CHECK(run({"--for", "0"}) == 64);
    CHECK(run({"--data", "/nonexistent.json", "--companies", "0", "--devices", "0"}) == 1);
    CHECK(run({"--dir", "/proc/nowhere"}) == 1);
}

TEST_CASE("--list-switches prints every switch") {
    process program{{"--list-switches"}};
    const std::string said = program.read_until("\f");
    CHECK(said.find("slot_release_delay = 50ms") != std::string::npos);
    CHECK(said.find("parent_contact = direct   (direct|ancestor|none)") != std::string::npos);
    CHECK(program.exit_status() == 0);
}
