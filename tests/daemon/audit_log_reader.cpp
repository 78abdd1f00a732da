#include "daemon/audit/reading/log_reader.hpp"

#include "daemon/timestamp.hpp"
#include "tests/support/process.hpp"

#include <boost/json/value.hpp>
#include <catch2/catch.hpp>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <functional>
#include <unistd.h>
#include <zlib.h>

namespace {

using namespace contactd;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

class collecting_listener final : public log_listener {
public:
    std::vector<std::int64_t> taken;
    std::vector<std::string> troubles;
    std::vector<std::string> entered;
    int missed = 0;
    std::function<void()> at_enter;

    void take(std::string_view, const boost::json::object& parsed) override {
        taken.push_back(parsed.at("device_id").as_int64());
    }
    void miss(line_damage, std::uint64_t, std::string_view) override { ++missed; }
    void enter(const std::string& path) override {
        entered.push_back(fs::path(path).filename().string());
        if (at_enter)
            std::exchange(at_enter, nullptr)();
    }
    void trouble(const std::string& words) override { troubles.push_back(words); }
    bool has_enough() override { return false; }
};

const core::wall_time begin = std::chrono::sys_days{std::chrono::year{2026} / 11 / 1};

/// The n-th line of a log that gets a line a minute.
std::string line(std::int64_t n, core::wall_time when) {
    return R"({"ts":")" + timestamp(when) + R"(","event":"skipped","sweep":"S","instance":"main","device_id":)" +
           std::to_string(n) + "}\n";
}

std::string line(std::int64_t n) {
    return line(n, begin + std::chrono::minutes{n});
}

std::string lines(std::int64_t from, std::int64_t to) {
    std::string all;
    for (auto n = from; n <= to; ++n)
        all += line(n);
    return all;
}

std::vector<std::int64_t> numbers(std::int64_t from, std::int64_t to) {
    std::vector<std::int64_t> all;
    for (auto n = from; n <= to; ++n)
        all.push_back(n);
    return all;
}

audit_filter everything() {
    audit_filter wanted;
    wanted.events.all = true;
    return wanted;
}

/// A log in a folder of its own, and somebody who reads it.
class reading_world {
public:
    std::string path(const std::string& name = "audit.jsonl") const { return folder_.path() + '/' + name; }

    void append(const std::string& text, const std::string& name = "audit.jsonl") const {
        std::ofstream(path(name), std::ios::binary | std::ios::app) << text;
    }

    void rename(const std::string& from, const std::string& to) const { fs::rename(path(from), path(to)); }

    /// As logrotate does with copytruncate.
    void copy_and_cut(const std::string& to) const {
        fs::copy_file(path(), path(to));
        fs::resize_file(path(), 0);
    }

    void compress(const std::string& name) const {
        const auto text = support::read_file(path(name));
        auto* const file = ::gzopen(path(name + ".gz").c_str(), "wb");
        ::gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
        ::gzclose(file);
        fs::remove(path(name));
    }

    collecting_listener heard;

private:
    support::temporary_directory folder_;
    audit_query query_{everything()};
    line_sifter sifter_{query_};

public:
    log_reader reader{path(), sifter_, heard};
};

} // namespace

TEST_CASE("the log is read through its rotated files, the oldest first") {
    reading_world world;
    world.append(lines(1, 300), "audit.jsonl.2");
    world.compress("audit.jsonl.2");
    world.append(lines(301, 310), "audit.jsonl.1");
    world.append(lines(311, 315) + R"({"ts":"2026-11-01T18:45:12Z","event":"skipped","device_id":316})");
    CHECK(world.reader.read_all(std::nullopt));
    CHECK(world.heard.taken == numbers(1, 316)); // The last line lacks its line feed.
    CHECK(world.heard.troubles.empty());
}

TEST_CASE("rotated files that are wholly older are not opened, an absent log is said to be") {
    reading_world world;
    CHECK_FALSE(world.reader.read_all(std::nullopt));
    world.append(lines(1, 10), "audit.jsonl.2");
    world.append(lines(11, 20), "audit.jsonl.1");
    const auto set_age = [&](const std::string& name, core::wall_time when) {
        const timespec times[2] = {
            {0, UTIME_OMIT}, {std::chrono::duration_cast<std::chrono::seconds>(when.time_since_epoch()).count(), 0}};
        REQUIRE(::utimensat(AT_FDCWD, world.path(name).c_str(), times, 0) == 0);
    };
    set_age("audit.jsonl.2", begin + 10min);
    set_age("audit.jsonl.1", begin + 20min);
    CHECK(world.reader.read_all(begin + 75min));
    CHECK(world.heard.entered == std::vector<std::string>{"audit.jsonl.1"}); // There is an hour's margin.
    CHECK(world.reader.read_all(begin + 24h)); // Nothing to read is not the same as no log.
}

TEST_CASE("a file that cannot be unpacked or read to its end is told, and the others are read") {
    reading_world world;
    world.append(lines(1, 3000), "audit.jsonl.3");
    world.compress("audit.jsonl.3");
    fs::resize_file(world.path("audit.jsonl.3.gz"), fs::file_size(world.path("audit.jsonl.3.gz")) / 2);
    world.append("packed otherwise", "audit.jsonl.2.xz");
    fs::create_directory(world.path("audit.jsonl.1"));
    world.append(lines(3001, 3010));
    CHECK(world.reader.read_all(std::nullopt));
    CHECK(world.heard.taken.size() > 20);
    CHECK(world.heard.taken.back() == 3010);
    CHECK(world.heard.troubles ==
          std::vector<std::string>{world.path("audit.jsonl.2.xz") +
                                       " is compressed with another program than gzip and was left out: unpack it and "
                                       "read it with --file",
                                   world.path("audit.jsonl.3.gz") +
                                       " cannot be read any further: the compressed file ends too early"});
}

TEST_CASE("what is appended is read once, through every kind of rotation") {
    struct {
        const char* why;
        std::function<void(reading_world&)> rotate; ///< Up to line 20 has been read; goes on to 40.
    } const rows[] = {
        {"nothing but growth", [](reading_world& on) { on.append(lines(21, 40)); }},
        {"renamed, and more lines for the old file before the new one",
         [](reading_world& on) {
             on.append(lines(21, 25));
             on.rename("audit.jsonl", "audit.jsonl.1");
             on.append(lines(26, 30), "audit.jsonl.1");
             on.append(lines(31, 40));
         }},
        {"renamed three times, and compressed at once",
         [](reading_world& on) {
             on.append(lines(21, 25));
             on.rename("audit.jsonl", "audit.jsonl.1");
             on.append(lines(26, 30));
             on.rename("audit.jsonl.1", "audit.jsonl.2");
             on.rename("audit.jsonl", "audit.jsonl.1");
             on.compress("audit.jsonl.2");
             on.append(lines(31, 35));
             on.rename("audit.jsonl.2.gz", "audit.jsonl.3.gz");
             on.rename("audit.jsonl.1", "audit.jsonl.2");
             on.rename("audit.jsonl", "audit.jsonl.1");
             on.append(lines(36, 40));
         }},
        {"renamed with a date, the new file created empty first",
         [](reading_world& on) {
             on.rename("audit.jsonl", "audit.jsonl-20261101");
             on.append("");
             on.reader.read_news();
             on.append(lines(21, 22), "audit.jsonl-20261101");
             on.reader.read_news();
             on.append(lines(23, 40));
         }},
        {"renamed, and the new file is not there for a while",
         [](reading_world& on) {
             on.rename("audit.jsonl", "audit.jsonl.1");
             on.append(lines(21, 25), "audit.jsonl.1");
             on.reader.read_news();
             on.append(lines(26, 30), "audit.jsonl.1");
             on.reader.read_news();
             on.append(lines(31, 40));
         }},
        {"deleted and made anew",
         [](reading_world& on) {
             on.append(lines(21, 25));
             on.reader.read_news();
             fs::remove(on.path());
             on.append(lines(26, 40));
         }},
        {"copied and cut, with lines that were not read yet",
         [](reading_world& on) {
             on.append(lines(21, 30));
             on.copy_and_cut("audit.jsonl.1");
             on.append(lines(31, 40));
         }},
        {"copied, cut and grown beyond what was read",
         [](reading_world& on) {
             on.append(lines(21, 22));
             on.copy_and_cut("audit.jsonl.1");
             on.append(lines(23, 40));
             on.append(std::string(20000, ' ') + "\n");
         }},
        {"copied, cut and compressed, twice",
         [](reading_world& on) {
             on.append(lines(21, 30));
             on.copy_and_cut("audit.jsonl.1");
             on.compress("audit.jsonl.1");
             on.append(lines(31, 35));
             on.rename("audit.jsonl.1.gz", "audit.jsonl.2.gz");
             on.copy_and_cut("audit.jsonl.1");
             on.append(lines(36, 40));
         }},
        {"copied and cut, and nothing new for a while",
         [](reading_world& on) {
             on.append(lines(21, 30));
             on.copy_and_cut("audit.jsonl.1");
             on.reader.read_news();
             on.reader.read_news();
             on.append(lines(31, 40));
         }},
        {"half a line at a time",
         [](reading_world& on) {
             for (const char c : lines(21, 40)) {
                 on.append(std::string(1, c));
                 on.reader.read_news();
             }
         }},
    };
    for (const auto& one : rows) {
        INFO(one.why);
        reading_world world;
        world.append(lines(1, 20));
        world.reader.read_all_so_far(std::nullopt);
        REQUIRE(world.heard.taken == numbers(1, 20));
        one.rotate(world);
        world.reader.read_news();
        world.reader.read_news();
        CHECK(world.heard.taken == numbers(1, 40));
        CHECK(world.heard.troubles.empty());
    }
}

TEST_CASE("a file that was cut without a copy is said to be") {
    reading_world world;
    world.append(lines(1, 20));
    world.reader.read_all_so_far(std::nullopt);
    fs::resize_file(world.path(), 0);
    world.append(lines(21, 22));
    world.reader.read_news();
    CHECK(world.heard.taken == numbers(1, 22));
    CHECK(world.heard.troubles ==
          std::vector<std::string>{world.path() + " was cut while it was read, and no rotated "
                                                  "file holds what it held: lines may be missing"});
}

TEST_CASE("an absent log is waited for, with everything that comes") {
    reading_world world;
    world.reader.read_end(1000);
    world.reader.read_news();
    world.append(lines(1, 5));
    world.rename("audit.jsonl", "audit.jsonl.1");
    world.append(lines(6, 8));
    world.reader.read_news();
    CHECK(world.heard.taken == numbers(1, 8));
}

TEST_CASE("whoever begins at the end of the log reads its last lines and what follows") {
    reading_world world;
    world.append(lines(1, 20), "audit.jsonl.1");
    world.append(lines(21, 3000));
    world.reader.read_end(10 * line(3000).size() + 5);
    CHECK(world.heard.taken == numbers(2991, 3000));
    world.rename("audit.jsonl.1", "audit.jsonl.2");
    world.rename("audit.jsonl", "audit.jsonl.1");
    world.append(lines(3001, 3010));
    world.reader.read_news();
    CHECK(world.heard.taken == numbers(2991, 3010));
}

TEST_CASE("a rotation while older files are read neither loses lines nor tells them twice") {
    for (const bool by_copy : {false, true}) {
        CAPTURE(by_copy);
        reading_world world;
        world.append(lines(1, 10), "audit.jsonl.1");
        world.append(lines(11, 20));
        world.heard.at_enter = [&] {
            world.rename("audit.jsonl.1", "audit.jsonl.2");
            if (by_copy)
                world.copy_and_cut("audit.jsonl.1");
            else
                world.rename("audit.jsonl", "audit.jsonl.1");
            world.append(lines(21, 30));
        };
        CHECK(world.reader.read_all(std::nullopt));
        CHECK(world.heard.taken == numbers(1, 30));
        CHECK(world.heard.troubles.empty());
    }
}
