#include "daemon/audit/audit_file.hpp"

#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

using contactd::audit_file;

/// A folder that goes with the test.
class scratch_folder {
public:
    scratch_folder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "contactd-audit-XXXXXX").string();
        path_ = ::mkdtemp(pattern.data());
    }
    ~scratch_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    scratch_folder(const scratch_folder&) = delete;
    scratch_folder& operator=(const scratch_folder&) = delete;

    std::string file(const std::string& name = "audit.jsonl") const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

std::string content(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream all;
    all << in.rdbuf();
    return all.str();
}

void put(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

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

TEST_CASE("lines are appended, each with its line feed, and nothing before them is touched") {
    const scratch_folder folder;
    {
        auto file = audit_file::open(folder.file());
        REQUIRE(file);
        CHECK((*file)->append(R"({"a":1})"));
        CHECK((*file)->append(R"({"a":2})"));
        CHECK((*file)->sync());
    }
    auto again = audit_file::open(folder.file());
    REQUIRE(again);
    CHECK((*again)->append(R"({"a":3})"));
    CHECK(content(folder.file()) == "{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n");
}

TEST_CASE("a new audit log is not for everybody to read") {
    const scratch_folder folder;
    const auto before = ::umask(0);
    REQUIRE(audit_file::open(folder.file()));
    ::umask(before);
    struct stat info {};
    REQUIRE(::stat(folder.file().c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0640);
}

TEST_CASE("the end of the file is mended when it is opened") {
    const std::string good = "{\"a\":1}\n";
    struct {
        const char* why;
        std::string before;
        std::string after;
    } const rows[] = {
        {"nothing to mend", good, good},
        {"an empty file", "", ""},
        {"only the line feed is missing", good + "{\"a\":2}", good + "{\"a\":2}\n"},
        {"the only line lacks its feed", "{\"a\":2}", "{\"a\":2}\n"},
        {"half a line", good + "{\"a\":\"x", good},
        {"half of the only line", "{\"a\":\"x", ""},
        {"a line that is no object", good + "17", good},
        {"zeroes after a power cut", good + std::string(4096, '\0'), good},
        {"half a line and zeroes", good + "{\"a\"" + std::string(100, '\0'), good},
        {"a long line that is whole", good + "{\"a\":\"" + std::string(60000, 'x') + "\"}",
         good + "{\"a\":\"" + std::string(60000, 'x') + "\"}\n"},
        {"half a line at the end of a long file", std::string(9000, '\n') + good + "{", std::string(9000, '\n') + good},
    };
    for (const auto& one : rows) {
        INFO(one.why);
        const scratch_folder folder;
        put(folder.file(), one.before);
        auto file = audit_file::open(folder.file());
        REQUIRE(file);
        CHECK(content(folder.file()) == one.after);
        REQUIRE((*file)->append("{}"));
        CHECK(content(folder.file()) == one.after + "{}\n");
    }
}

TEST_CASE("what is no line of ours is not cut, and our lines begin on a line of their own") {
    const scratch_folder folder;
    const std::string foreign(200000, 'x');
    put(folder.file(), foreign);
    auto file = audit_file::open(folder.file());
    REQUIRE(file);
    REQUIRE((*file)->append("{}"));
    CHECK(content(folder.file()) == foreign + "\n{}\n");
}

TEST_CASE("a file that cannot be opened is said, with what to do") {
    const scratch_folder folder;
    const auto missing = audit_file::open(folder.file("no/such/folder/audit.jsonl"));
    REQUIRE_FALSE(missing);
    CHECK(missing.error() == "opening the audit log " + folder.file("no/such/folder/audit.jsonl") +
                                 ": No such file or directory; set daemon.audit_log to a file that can be written");
    CHECK_FALSE(audit_file::open(folder.file("")));
}

TEST_CASE("a full disk is said, for devices and pipes nothing has to be synchronised") {
    auto full = audit_file::open("/dev/full");
    REQUIRE(full);
    const auto failed = (*full)->append("{}");
    REQUIRE_FALSE(failed);
    CHECK(failed.error() == "writing the audit log /dev/full: No space left on device");
    auto null = audit_file::open("/dev/null");
    REQUIRE(null);
    CHECK((*null)->append("{}"));
    CHECK((*null)->sync());
}

TEST_CASE("on a disk that fills in the middle of a line the file keeps whole lines only") {
    const scratch_folder folder;
    auto file = audit_file::open(folder.file());
    REQUIRE(file);
    const std::string line = "{\"a\":\"0123456789\"}";
    for (int room = 60; room < 80; ++room) {
        INFO(room);
        REQUIRE(::truncate(folder.file().c_str(), 0) == 0);
        std::size_t written = 0;
        {
            const small_disk disk(static_cast<rlim_t>(room));
            for (int i = 0; i < 10; ++i)
                written += (*file)->append(line) ? 1U : 0U;
        }
        CHECK(written == static_cast<std::size_t>(room) / (line.size() + 1));
        std::string whole;
        for (std::size_t i = 0; i < written; ++i)
            whole += line + '\n';
        CHECK(content(folder.file()) == whole);
        CHECK((*file)->append("{}"));
        CHECK(content(folder.file()) == whole + "{}\n");
    }
}

TEST_CASE("after a rename a new file is begun when told, and the old one is whole") {
    const scratch_folder folder;
    auto file = audit_file::open(folder.file());
    REQUIRE(file);
    REQUIRE((*file)->append("{\"a\":1}"));
    std::filesystem::rename(folder.file(), folder.file("audit.jsonl.1"));
    REQUIRE((*file)->append("{\"a\":2}"));
    REQUIRE((*file)->reopen());
    REQUIRE((*file)->append("{\"a\":3}"));
    CHECK(content(folder.file("audit.jsonl.1")) == "{\"a\":1}\n{\"a\":2}\n");
    CHECK(content(folder.file()) == "{\"a\":3}\n");
}

TEST_CASE("when the new file cannot be opened the old one stays in use") {
    const scratch_folder folder;
    std::filesystem::create_directory(folder.file("logs"));
    auto file = audit_file::open(folder.file("logs/audit.jsonl"));
    REQUIRE(file);
    std::filesystem::rename(folder.file("logs"), folder.file("moved"));
    const auto reopened = (*file)->reopen();
    REQUIRE_FALSE(reopened);
    CHECK(reopened.error() ==
          "reopening the audit log " + folder.file("logs/audit.jsonl") + ": No such file or directory");
    CHECK((*file)->append("{}"));
    CHECK(content(folder.file("moved/audit.jsonl")) == "{}\n");
}

TEST_CASE("the lines of a sweep are found among the last of the log, whatever is around them") {
    const scratch_folder folder;
    auto log = audit_file::open(folder.file()).value();
    for (const char* line :
         {R"({"event":"assigned","sweep":"A","device_id":1})", R"({"event":"assigned","sweep":"AB"})",
          R"({"event":"failed","sweep":"A","device_id":2})", R"({"event":"assigned","sweep":"B"})"})
        REQUIRE(log->append(line));
    CHECK(log->lines_of("A") == std::vector<std::string>{R"({"event":"assigned","sweep":"A","device_id":1})",
                                                         R"({"event":"failed","sweep":"A","device_id":2})"});
    CHECK(log->lines_of("C").empty());
}

TEST_CASE("what was appended before the file was moved away is synchronised as well") {
    const scratch_folder folder;
    auto log = audit_file::open(folder.file()).value();
    REQUIRE(log->append(R"({"old":1})"));
    std::filesystem::rename(folder.file(), folder.file("audit.jsonl.1"));
    REQUIRE(log->reopen());
    REQUIRE(log->append(R"({"new":1})"));
    CHECK(log->sync());
    CHECK(content(folder.file("audit.jsonl.1")) == "{\"old\":1}\n");
    CHECK(content(folder.file()) == "{\"new\":1}\n");
}
