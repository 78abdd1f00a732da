#include "tests/e2e/house.hpp"
#include "tests/e2e/rows.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <unistd.h>

using namespace e2e;

namespace {

namespace fs = std::filesystem;

std::vector<std::string> lines_in(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

void append(const std::string& file, const std::string& text) {
    std::ofstream(file, std::ios::binary | std::ios::app) << text;
}

std::string numbered(int n) {
    return R"({"ts":"2026-11-24T18:00:00.000Z","event":"assigned","sweep":"S","instance":"main","company_id":10,)"
           R"("company":"Acme","device_id":)" +
           std::to_string(n) + "}\n";
}

std::string numbered(int from, int to) {
    std::string all;
    for (int n = from; n <= to; ++n)
        all += numbered(n);
    return all;
}

/// `contactd audit` of the file with these further arguments, as a process.
std::unique_ptr<support::process> reading(const house& home, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {CONTACTD_BINARY, "audit", "--file", home.audit_file()});
    return std::make_unique<support::process>(arguments, std::map<std::string, std::string>{}, home.directory());
}

} // namespace

TEST_CASE("audit tells what a sweep has changed, and what it is asked for") {
    house home(world_of(known_rows));
    REQUIRE(home.run({"sweep"}).status == 0);

    const auto usual = home.run({"audit", "--utc"});
    INFO(usual.out << usual.err);
    CHECK(usual.status == 0);
    CHECK(usual.err.empty());
    const auto lines = lines_in(usual.out);
    REQUIRE(lines.size() == 3);
    CHECK(
        std::ranges::all_of(lines, [](const std::string& line) { return line.starts_with("20") && line[19] == 'Z'; }));
    CHECK(contains(usual.out, "Z  + Acme                      PC-EMPTY (1001)             nobody -> anna@acme.example "
                              "(last user ACME\\anna, part before the @)\n"));
    CHECK(contains(usual.out, "Z  ~ Acme                      PC-WRONG (1002)             contact 101 -> "
                              "Ben@acme.example (last user ACME\\BEN, part before the @)\n"));

    const auto of_device = home.run({"audit", "--device", "pc-left"});
    CHECK(lines_in(of_device.out).size() == 1);
    CHECK(contains(of_device.out, "left alone: no contact matches (last user ACME\\carla)"));
    CHECK(lines_in(home.run({"audit", "--company", "ACME branch"}).out).size() == 1);
    CHECK(lines_in(home.run({"audit", "--company", "10", "--company", "20"}).out).size() == 3);
    CHECK(lines_in(home.run({"audit", "--reason", "system_account"}).out).size() == 1);
    CHECK(lines_in(home.run({"audit", "--event", "sweep_finished"}).out).size() == 1);
    CHECK(lines_in(home.run({"audit", "--event", "all"}).out).size() == home.audit().size());
    CHECK(lines_in(home.run({"audit", "--since", "1h"}).out).size() == 3);

    const auto sweep = std::string(home.audit().front().at("sweep").as_string());
    CHECK(lines_in(home.run({"audit", "--sweep", sweep.substr(0, 15)}).out).size() == 5);
    CHECK(home.run({"audit", "--json"}).out == support::read_file(home.audit_file()));
    const auto as_json = home.run({"audit", "--json", "--device", "1002"});
    CHECK(lines_in(as_json.out).size() == 1);
    CHECK(parsed(as_json.out).at("previous_contact_id").as_int64() == 101);

    const auto nothing = home.run({"audit", "--device", "4711"});
    CHECK(nothing.status == 0);
    CHECK(nothing.out.empty());
    CHECK(nothing.err == "contactd: warning: nothing in the audit log " + home.audit_file() + " is of this kind\n");
}

TEST_CASE("audit says what is wrong with what it is asked for, and with the log") {
    house home(world_of(known_rows));
    struct row {
        std::vector<std::string> arguments;
        int status;
        std::string said;
    };
    const row rows[] = {
        {{"--event", "asigned"}, 64, "--event: \"asigned\" is no event; did you mean \"assigned\"?"},
        {{"--reason", "nomatch"}, 64, "--reason: \"nomatch\" is no reason; did you mean \"no_match\"?"},
        {{"--since", "soon"}, 64, "--since: \"soon\" is no time: write a date"},
        {{"--until", "18:00", "--follow"}, 64, "excludes"},
        {{"--company", ""}, 64, "--company: is empty"},
        {{}, 1, "the audit log " + home.audit_file() + " does not exist: nothing has been swept yet"},
    };
    for (const auto& [arguments, status, said] : rows) {
        const auto ended = reading(home, arguments)->wait();
        INFO(ended.err);
        CHECK(ended.status == status);
        CHECK(contains(ended.err, said));
        CHECK(lines_in(ended.err).size() == 1);
        CHECK(ended.out.empty());
    }
    if (::geteuid() != 0) { // Whom nothing is forbidden.
        append(home.audit_file(), numbered(1));
        fs::permissions(home.audit_file(), fs::perms::none);
        const auto ended = reading(home, {})->wait();
        CHECK(ended.status == 1);
        CHECK(contains(ended.err, "cannot be read: Permission denied; read it as root or as a member of the group "));
    }
}

TEST_CASE("audit counts the lines that it cannot show, and shows the others") {
    house home(world_of(known_rows));
    append(home.audit_file() + ".1", "{\"ts\":\"2026-11\n" + numbered(1));
    append(home.audit_file(), numbered(2) + R"({"ts":"2026-11-24T18:00:00Z","event":"undone"})" + "\n{}\n" +
                                  std::string(2 << 20, 'x') + '\n' + numbered(3) + R"({"ts":"2026-11-24T18:0)");
    const auto read = reading(home, {})->wait();
    CHECK(read.status == 0);
    CHECK(lines_in(read.out).size() == 3);
    INFO(read.err);
    const auto& file = home.audit_file();
    CHECK(lines_in(read.err).size() == 5);
    CHECK(contains(read.err, "warning: 1 line of " + file + ".1 is no JSON, torn perhaps (it begins at byte 0)\n"));
    CHECK(contains(read.err, "warning: 1 line of " + file +
                                 " is of an event that this version does not know, such as "
                                 "\"undone\": see it with --json (it begins at byte "));
    CHECK(contains(read.err, "warning: 1 line of " + file + " has no time or no event (it begins at byte "));
    CHECK(contains(read.err, "warning: 1 line of " + file + " is longer than 1 MiB (it begins at byte "));
    CHECK(contains(read.err, "warning: 1 line of " + file + " is no JSON, torn perhaps (it begins at byte "));
    const auto as_json = reading(home, {"--json"})->wait();
    CHECK(lines_in(as_json.out).size() == 4);
}

TEST_CASE("a long line and a large log do not need more memory") {
    house home(world_of(known_rows));
    {
        std::ofstream file(home.audit_file(), std::ios::binary);
        const std::string part(1 << 20, 'x');
        for (int i = 0; i < 100; ++i)
            file << part;
        file << '\n' << numbered(1, 300'000);
    }
    const auto small = [&] {
        append(home.audit_file() + ".small", numbered(1));
        return support::process({CONTACTD_BINARY, "audit", "--file", home.audit_file() + ".small"}, {},
                                home.directory())
            .wait();
    }();
    const auto large = reading(home, {"--json"})->wait();
    CHECK(lines_in(large.out).size() == 300'000);
    CHECK(large.peak_kib < small.peak_kib + 4096);
}

TEST_CASE("audit --follow tells every line once, whatever rotation does, and ends with 0") {
    house home(world_of(known_rows));
    auto reader = reading(home, {"--follow", "--json"});
    REQUIRE(
        support::eventually([&] { return contains(reader->err_so_far(), " does not exist yet; waiting for it\n"); }));
    const auto& file = home.audit_file();
    const auto has = [&](int n) {
        return support::eventually([&] { return contains(reader->out_so_far(), numbered(n)); });
    };
    append(file, numbered(1, 20)); // The file was not there before.
    REQUIRE(has(20));
    append(file, numbered(21, 22));
    fs::rename(file, file + ".1");
    append(file + ".1", numbered(23, 30)); // The daemon has not heard yet.
    append(file, numbered(31, 40));
    REQUIRE(has(40));
    append(file, numbered(41, 50));
    fs::rename(file + ".1", file + ".2");
    fs::copy_file(file, file + ".1");
    fs::resize_file(file, 0);
    append(file, numbered(51, 60));
    REQUIRE(has(60));
    append(file, numbered(61).substr(0, 20));
    append(file, numbered(61).substr(20));
    REQUIRE(has(61));
    reader->send_signal(SIGTERM);
    const auto ended = reader->wait();
    CHECK(ended.status == 0);
    CHECK(lines_in(ended.err).size() == 1);
    CHECK(ended.out == numbered(1, 61));
}

TEST_CASE("audit --follow shows what was last, then what a running daemon does, over its own rotation") {
    house home(world_of(known_rows));
    home.configure({}, "[schedule]\nevery = \"1s\"\njitter = \"0s\"\n");
    append(home.audit_file(), numbered(1, 30));
    auto daemon = home.start({"run"});
    auto reader = home.start({"audit", "--follow", "--event", "all", "--json"});
    const auto sweeps = [&] {
        int ended = 0;
        for (const auto& one : lines_in(reader->out_so_far()))
            ended += contains(one, "\"sweep_finished\"") ? 1 : 0;
        return ended;
    };
    REQUIRE(support::eventually([&] { return sweeps() >= 1; }));
    fs::rename(home.audit_file(), home.audit_file() + ".1");
    daemon->send_signal(SIGHUP);
    REQUIRE(support::eventually([&] { return fs::exists(home.audit_file()) && sweeps() >= 4; }));
    daemon->send_signal(SIGTERM);
    CHECK(daemon->wait().status == 0);
    const auto written = support::read_file(home.audit_file() + ".1") + support::read_file(home.audit_file());
    REQUIRE(support::eventually([&] { return reader->out_so_far().ends_with(lines_in(written).back() + '\n'); }));
    reader->send_signal(SIGINT);
    const auto ended = reader->wait();
    CHECK(ended.status == 0);
    CHECK(written.ends_with(ended.out));
    CHECK(contains(ended.out, "\"PC-EMPTY\""));
    CHECK_FALSE(contains(ended.out, numbered(15)));
}

TEST_CASE("audit --follow ends quietly when nobody reads on") {
    house home(world_of(known_rows));
    append(home.audit_file(), numbered(1, 5));
    const auto ended = support::process({"/bin/sh", "-c",
                                         "{ " CONTACTD_BINARY " audit --follow --file " + home.audit_file() +
                                             "; echo $? >&2; } | head -n 2"},
                                        {}, home.directory())
                           .wait();
    CHECK(lines_in(ended.out).size() == 2);
    CHECK(ended.err == "0\n");
}
