#include "tests/e2e/house.hpp"

#include "daemon/journal/sqlite.hpp"
#include "tests/sandbox/model/admin.hpp"
#include "tests/support/office.hpp"

#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sys/mount.h>
#include <thread>

// The real program, killed again and again in the middle of its work. What the simulation shows for every await is
// shown here for the process, its files and its sockets.

using namespace e2e;
using namespace std::chrono_literals;

namespace {

/// A write that was lost may arrive as late as this; then contactd waits, and so does the test.
constexpr auto longest_sweep = 150s;

std::unique_ptr<sandbox::autotask> small_provider() {
    sandbox::world_options options;
    options.data = {3, 8, 220};
    return sandbox::make_world(options);
}

std::map<std::int64_t, std::int64_t> contacts(house& home) {
    return home.server().with_model(
        [](sandbox::autotask& world) { return test_support::stored_contacts(world.tenant()); });
}

std::int64_t stored_writes(house& home) {
    return home.server().with_model([](sandbox::autotask& world) { return world.counts().writes_stored; });
}

void people_move(house& home, std::uint64_t seed) {
    home.server().with_model([seed](sandbox::autotask& world) {
        test_support::office people(seed, {&world}, [] { return std::chrono::system_clock::now(); });
        people.people_move(40);
        return 0;
    });
}

/// The daemon in the middle of its first sweep.
std::unique_ptr<support::process> start_working(house& home) {
    auto daemon = home.start({"run"});
    REQUIRE(support::eventually([&] { return stored_writes(home) > 5; }));
    return daemon;
}

/// Every contact that differs from `before` was told, once a sweep, and is in the journal; the log has whole lines
/// only.
void check_records(house& home, const std::map<std::int64_t, std::int64_t>& before) {
    std::map<std::int64_t, std::int64_t> told;
    std::set<std::pair<std::string, std::int64_t>> changes;
    for (const auto& line : home.audit()) { // Throws where a line is not whole.
        const auto event = line.at("event").as_string();
        if (event != "assigned" && event != "reassigned")
            continue;
        const auto device = line.at("device_id").as_int64();
        told[device] = line.at("contact_id").as_int64();
        INFO("device " << device);
        CHECK(changes.emplace(std::string(line.at("sweep").as_string()), device).second);
    }
    const auto after = contacts(home);
    for (const auto& [device, contact] : after) {
        INFO("device " << device);
        if (contact != before.at(device) || told.contains(device))
            CHECK(told[device] == contact);
    }
    auto journal = contactd::sqlite::database::open(home.journal_file(), contactd::sqlite::database::access::read_only);
    REQUIRE(journal);
    CHECK((*journal)->integer("SELECT count(*) FROM write WHERE settled IS NULL") == 0);
    std::map<std::int64_t, std::int64_t> recorded;
    REQUIRE((*journal)->each(
        "SELECT device_id, contact_id FROM write WHERE outcome IN ('assigned', 'reassigned') ORDER BY id", {},
        [&recorded](const contactd::sqlite::row& one) { recorded[one.integer(0)] = one.integer(1); }));
    CHECK(recorded == told);
}

/// Sweeps until nothing is left to do, and then once more.
void check_peace(house& home) {
    for (int i = 0; i < 2; ++i) {
        const auto sweep = home.start({"sweep"})->wait(longest_sweep);
        INFO(sweep.out << sweep.err);
        CHECK(sweep.status == 0);
    }
    const auto writes = stored_writes(home);
    CHECK(home.run({"sweep"}).status == 0);
    CHECK(stored_writes(home) == writes);
    CHECK(home.run({"plan"}).status == 0);
}

/// A directory on a file system of its own, as small as that. Gone with the test.
class small_disk {
public:
    small_disk(std::string path, const char* size) : path_(std::move(path)) {
        std::filesystem::create_directory(path_);
        mounted_ = ::mount("tmpfs", path_.c_str(), "tmpfs", 0, size) == 0;
    }
    ~small_disk() {
        if (mounted_)
            ::umount2(path_.c_str(), MNT_DETACH);
    }
    small_disk(const small_disk&) = delete;
    small_disk& operator=(const small_disk&) = delete;

    bool mounted() const { return mounted_; }
    const std::string& path() const { return path_; }

private:
    std::string path_;
    bool mounted_ = false;
};

void fill(const std::string& path, std::size_t bytes) {
    std::ofstream(path) << std::string(bytes, 'x');
}

const char* const in_a_hurry = "[policy]\nbrake_percent = 100\n[schedule]\nevery = \"1s\"\njitter = \"0s\"\n";

} // namespace

TEST_CASE(
    "killed again and again in the middle of its work, contactd forgets nothing, writes nothing twice and gets there",
    "[crash]") {
    house home(small_provider());
    home.configure({}, in_a_hurry);
    const auto before = contacts(home);
    sandbox::random_source dice(11);
    int killed = 0;
    for (std::uint64_t round = 0; round < 40; ++round) {
        people_move(home, round);
        auto daemon = home.start({"run"});
        const auto writes = stored_writes(home);
        const auto wanted = writes + static_cast<std::int64_t>(dice.below(12));
        (void)support::eventually([&] { return stored_writes(home) > wanted; }, 3s);
        std::this_thread::sleep_for(std::chrono::milliseconds(dice.below(40)));
        const bool politely = dice.per_mille(250);
        daemon->send_signal(politely ? SIGTERM : SIGKILL);
        const auto ended = daemon->wait();
        INFO(ended.err);
        CHECK(ended.status == (politely ? 0 : 128 + SIGKILL));
        killed += politely ? 0 : 1;
    }
    CHECK(killed > 20);
    check_peace(home);
    check_records(home, before);
}

TEST_CASE("when the disk is full no contact is written, and everything is once there is room", "[crash]") {
    house home(small_provider());
    const small_disk disk(home.directory() + "/small", "size=12m");
    if (!disk.mounted()) {
        WARN("no file system can be mounted here: the full disk was not tried");
        return;
    }
    home.keep_records_in(disk.path());
    home.configure({}, in_a_hurry);
    const auto before = contacts(home);

    SECTION("from the beginning") {
        fill(disk.path() + "/ballast", std::size_t{9} << 20);
        const auto sweep = home.start({"sweep"})->wait(longest_sweep);
        INFO(sweep.err);
        CHECK(sweep.status == 1);
        CHECK(sweep.err.find("KiB are free in " + disk.path()) != std::string::npos);
        CHECK(stored_writes(home) == 0);
        // What may be done without writing a contact is done, and told.
        CHECK(home.audit().back().at("event").as_string() == "sweep_finished");
    }
    SECTION("to the last byte, in the middle of a sweep") {
        auto daemon = start_working(home);
        fill(disk.path() + "/ballast", std::size_t{12} << 20);
        REQUIRE(support::eventually([&] {
            return daemon->err_so_far().find("no contact is written until") != std::string::npos ||
                   daemon->err_so_far().find("nothing more is assigned") != std::string::npos;
        }));
        daemon->send_signal(SIGKILL);
        (void)daemon->wait();
    }
    std::filesystem::remove(disk.path() + "/ballast");
    check_peace(home);
    check_records(home, before);
}

TEST_CASE("with a name lookup that hangs contactd ends when it is told to, and loses nothing", "[crash]") {
    house home(small_provider());
    home.configure({}, in_a_hurry);
    const auto before = contacts(home);
    auto daemon = start_working(home);
    daemon->send_signal(SIGKILL);
    (void)daemon->wait();
    auto text = support::read_file(home.config_file());
    const std::string literal = "https://127.0.0.1";
    REQUIRE(text.find(literal) != std::string::npos);
    text.replace(text.find(literal), literal.size(), "https://zone.example");
    std::ofstream(home.config_file()) << text;
    for (const int signal : {SIGKILL, SIGTERM}) {
        auto hangs = home.start({"run"}, {{"LD_PRELOAD", HANGING_GETADDRINFO}});
        REQUIRE(support::eventually([&] { return hangs->err_so_far().find("a lookup hangs") != std::string::npos; }));
        hangs->send_signal(signal);
        CHECK(hangs->wait(20s).status == (signal == SIGTERM ? 0 : 128 + SIGKILL));
    }
    home.configure({}, in_a_hurry);
    check_peace(home);
    check_records(home, before);
}

TEST_CASE("with a network on which nothing is answered contactd ends when it is told to, and loses nothing",
          "[crash]") {
    house home(small_provider());
    home.configure({}, in_a_hurry);
    const auto before = contacts(home);
    auto daemon = start_working(home);
    const auto stall = [](sandbox::autotask& world) {
        sandbox::fault_rule rule;
        rule.kind = sandbox::fault_kind::stall;
        rule.wait = 10min;
        return world.faults().add(rule);
    };
    const auto rule = home.server().with_model(stall);
    std::this_thread::sleep_for(300ms);
    daemon->send_signal(SIGTERM);
    const auto begun = std::chrono::steady_clock::now();
    CHECK(daemon->wait(100s).status == 0);
    CHECK(std::chrono::steady_clock::now() - begun < 60s);
    home.server().with_model([rule](sandbox::autotask& world) { return world.faults().remove(rule); });
    check_peace(home);
    check_records(home, before);
}

TEST_CASE("a second contactd says who is at work, and writes nothing", "[crash]") {
    house home(small_provider());
    home.configure({}, in_a_hurry);
    auto daemon = start_working(home);
    for (const char* command : {"run", "sweep"}) {
        const auto second = home.run({command});
        CHECK(second.status == 1);
        CHECK(second.err.find("another contactd (contactd run, process ") != std::string::npos);
        CHECK(second.err.find("to have that one sweep now: kill -USR1 ") != std::string::npos);
    }
    CHECK(home.run({"plan", "--format", "json"}).status != 1); // Whoever only looks is welcome.
    daemon->send_signal(SIGTERM);
    CHECK(daemon->wait().status == 0);
    CHECK(home.run({"sweep"}).status == 0);
}
