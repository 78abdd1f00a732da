#include "daemon/trace/trace_file.hpp"
#include "tests/support/process.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace {

using contactd::trace_file;
using support::read_file;

using events = std::vector<std::string>;

/// What each event of a trace begins with.
const std::string one = R"({"ph":"X","name":"1"})";
const std::string two = R"({"ph":"X","name":"2"})";
const std::string three = R"({"ph":"X","name":"3"})";

struct folder {
    support::temporary_directory place;
    std::string file = place.path() + "/trace.json";
};

/// Files cannot grow beyond so many bytes while it lives.
class small_disk {
public:
    explicit small_disk(rlim_t bytes) {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        rlimit limit = before_;
        limit.rlim_cur = bytes;
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~small_disk() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, SIG_DFL);
    }
    small_disk(const small_disk&) = delete;
    small_disk& operator=(const small_disk&) = delete;

private:
    rlimit before_{};
};

} // namespace

TEST_CASE("a trace is an array of events, each on a line of its own") {
    const folder at;
    auto file = trace_file::open(at.file);
    REQUIRE(file);
    (*file)->append(events{one, two});
    (*file)->append(events{});
    (*file)->append(events{three});
    CHECK((*file)->finish());
    CHECK(read_file(at.file) == "[\n" + one + ",\n" + two + ",\n" + three + "\n]\n");
}

TEST_CASE("what has happened is in the file at once, and only the end is missing") {
    const folder at;
    auto file = trace_file::open(at.file);
    REQUIRE(file);
    (*file)->append(events{one});
    (*file)->append(events{two});
    CHECK(read_file(at.file) == "[\n" + one + ",\n" + two);
}

TEST_CASE("a trace without an event is an empty array") {
    const folder at;
    auto file = trace_file::open(at.file);
    REQUIRE(file);
    CHECK((*file)->finish());
    CHECK(read_file(at.file) == "[]\n");
}

TEST_CASE("a trace is for its owner alone") {
    const folder at;
    const auto before = ::umask(0);
    REQUIRE(trace_file::open(at.file));
    ::umask(before);
    struct stat info {};
    REQUIRE(::stat(at.file.c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0600);
}

TEST_CASE("an older trace is begun anew, whatever became of it") {
    const std::string old[] = {"", "[]\n", "[\n" + one + ",\n" + two + "\n]\n", "[\n" + one + ",\n{\"ph\":"};
    for (const auto& before : old) {
        INFO(before);
        const folder at;
        std::ofstream(at.file) << before;
        auto file = trace_file::open(at.file);
        REQUIRE(file);
        (*file)->append(events{three});
        CHECK((*file)->finish());
        CHECK(read_file(at.file) == "[\n" + three + "\n]\n");
    }
}

TEST_CASE("a file that is no trace is not replaced") {
    const std::string old[] = {R"({"ts":"2026-11-21T00:00:00.000Z","event":"assigned"})", "[daemon]\n", "[",
                               "[\n{\"id\":1}]", "\n"};
    for (const auto& before : old) {
        INFO(before);
        const folder at;
        std::ofstream(at.file) << before;
        const auto file = trace_file::open(at.file);
        REQUIRE_FALSE(file);
        CHECK(file.error() ==
              "opening the trace " + at.file + ": it is there already and is no trace; name another file");
        CHECK(read_file(at.file) == before);
    }
}

TEST_CASE("what is no regular file is refused at once, also a link to one") {
    const folder at;
    const auto pipe = at.place.path() + "/pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    const auto link = at.place.path() + "/link";
    std::ofstream(at.file) << "[]\n";
    std::filesystem::create_symlink(at.file, link);
    const auto dangling = at.place.path() + "/dangling";
    std::filesystem::create_symlink(at.place.path() + "/nothing", dangling);
    for (const auto& path :
         {pipe, link, dangling, at.place.path(), std::string("/dev/null"), std::string("/dev/full")}) {
        const auto file = trace_file::open(path);
        REQUIRE_FALSE(file);
        CHECK(file.error() == "opening the trace " + path + ": it is there already and is no regular file");
    }
    CHECK(read_file(at.file) == "[]\n");
    CHECK_FALSE(std::filesystem::exists(at.place.path() + "/nothing"));
}

TEST_CASE("a folder that is missing is said") {
    const folder at;
    const auto path = at.place.path() + "/no/trace.json";
    const auto file = trace_file::open(path);
    REQUIRE_FALSE(file);
    CHECK(file.error() == "opening the trace " + path + ": No such file or directory");
}

TEST_CASE("on a disk that fills the file keeps whole events, and the failure is said once, at the end") {
    for (rlim_t room = 30; room < 60; ++room) {
        INFO(room);
        const folder at;
        auto file = trace_file::open(at.file);
        REQUIRE(file);
        {
            const small_disk disk(room);
            for (int i = 0; i < 5; ++i)
                (*file)->append(events{one});
        }
        (*file)->append(events{two}); // Nothing may follow a gap.
        const auto finished = (*file)->finish();
        REQUIRE_FALSE(finished);
        CHECK(finished.error() == "writing the trace " + at.file + ": File too large");
        const auto written = read_file(at.file);
        CHECK(written.size() <= room);
        CHECK(written.size() + one.size() + 2 > room);
        CHECK(boost::json::parse(written + "]").as_array().size() >= 1);
        CHECK(written.find("\"2\"") == std::string::npos);
    }
}
