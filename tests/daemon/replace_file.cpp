#include "daemon/organizations/replace_file.hpp"

#include "tests/support/process.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

using contactd::replace_file;
using support::read_file;

/// What is wrong, or "done".
std::string outcome_of(const std::string& path, std::optional<std::string_view> before, std::string_view text) {
    const auto done = replace_file(path, before, text);
    return done ? "done" : done.error();
}

void put(const std::string& path, std::string_view text) {
    std::ofstream(path, std::ios::binary) << text;
}

long files_in(const std::string& directory) {
    return std::distance(std::filesystem::directory_iterator(directory), {});
}

struct stat status_of(const std::string& path) {
    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status;
}

/// Root may do everything, so what is forbidden has to be tried as somebody else.
class nobody {
public:
    explicit nobody(const std::string& directory) {
        if (::geteuid() == 0) {
            // The directories above may be closed to others, but temporary ones are below one that is not.
            REQUIRE(::chmod(directory.c_str(), 0755) == 0);
            REQUIRE(::seteuid(65534) == 0);
            changed_ = true;
        }
    }
    ~nobody() {
        if (changed_)
            (void)!::seteuid(0);
    }
    nobody(const nobody&) = delete;
    nobody& operator=(const nobody&) = delete;

private:
    bool changed_ = false;
};

/// Lets no file grow beyond so many bytes, which is as good as a full disk.
class small_disk {
public:
    explicit small_disk(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limited{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limited);
    }
    ~small_disk() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    small_disk(const small_disk&) = delete;
    small_disk& operator=(const small_disk&) = delete;

private:
    rlimit before_{};
    void (*handler_)(int);
};

const std::string start_over = "so it was not written. Start over with what is there now.";

} // namespace

TEST_CASE("a file is replaced, and a new one made, with nothing left beside it") {
    const support::temporary_directory place;
    const auto path = place.path() + "/organizations.toml";
    CHECK(outcome_of(path, std::nullopt, "one") == "done");
    CHECK(read_file(path) == "one");
    CHECK((status_of(path).st_mode & 07777) == 0644);
    CHECK(outcome_of(path, "one", "") == "done");
    CHECK(read_file(path).empty());
    const std::string large(1'000'000, 'x');
    CHECK(outcome_of(path, "", large) == "done");
    CHECK(read_file(path) == large);
    CHECK(outcome_of(path, large, "two") == "done");
    CHECK(read_file(path) == "two");
    CHECK(files_in(place.path()) == 1);
}

TEST_CASE("mode and owner of a file are kept") {
    const support::temporary_directory place;
    const auto path = place.path() + "/f";
    for (const mode_t mode : {mode_t{0600}, mode_t{0640}, mode_t{0664}, mode_t{04755}}) {
        put(path, "one");
        const bool root = ::geteuid() == 0;
        if (root)
            REQUIRE(::chown(path.c_str(), 4711, 4712) == 0);
        REQUIRE(::chmod(path.c_str(), mode) == 0);
        CHECK(outcome_of(path, "one", "two") == "done");
        CHECK((status_of(path).st_mode & 07777) == mode);
        CHECK(status_of(path).st_uid == (root ? 4711 : ::geteuid()));
        if (root)
            CHECK(status_of(path).st_gid == 4712);
        std::filesystem::remove(path);
    }
}

TEST_CASE("symbolic links are followed, and stay") {
    const support::temporary_directory place;
    std::filesystem::create_directory(place.path() + "/real");
    const auto file = place.path() + "/real/f";
    const auto link = place.path() + "/link";
    put(file, "one");
    std::filesystem::create_symlink("real/f", link);
    CHECK(outcome_of(link, "one", "two") == "done");
    CHECK(std::filesystem::is_symlink(link));
    CHECK(read_file(file) == "two");
    CHECK(files_in(place.path() + "/real") == 1);

    std::filesystem::create_directory_symlink("real", place.path() + "/way");
    CHECK(outcome_of(place.path() + "/way/g", std::nullopt, "new") == "done");
    CHECK(read_file(place.path() + "/real/g") == "new");

    const auto nowhere = place.path() + "/nowhere";
    std::filesystem::create_symlink("real/missing", nowhere);
    CHECK(outcome_of(nowhere, std::nullopt, "x") ==
          nowhere + ": This is a symbolic link that leads to no file. Create the file, or remove the link.");
    CHECK(std::filesystem::is_symlink(nowhere));
}

TEST_CASE("a file that is not as it was is left alone") {
    const support::temporary_directory place;
    const auto path = place.path() + "/f";
    CHECK(outcome_of(path, "one", "two") == path + ": Somebody else has removed the file meanwhile, " + start_over);
    CHECK(files_in(place.path()) == 0);
    put(path, "theirs");
    CHECK(outcome_of(path, std::nullopt, "two") ==
          path + ": Somebody else has created the file meanwhile, " + start_over);
    for (const std::string_view before : {"", "their", "theirs ", "Theirs"})
        CHECK(outcome_of(path, before, "two") ==
              path + ": Somebody else has changed the file meanwhile, " + start_over);
    CHECK(read_file(path) == "theirs");
    CHECK(files_in(place.path()) == 1);
}

TEST_CASE("what is no file, or has no directory, is refused") {
    const support::temporary_directory place;
    const auto& path = place.path();
    CHECK(outcome_of(path, "", "x") == path + ": This is not a regular file.");
    CHECK(outcome_of("/dev/null", "", "x") == "/dev/null: This is not a regular file.");
    CHECK(outcome_of(path + "/a/b", std::nullopt, "x") == path + "/a/b: Finding its directory failed: No such file or "
                                                                 "directory. The file was not changed.");
    CHECK(outcome_of(path + "/a/", std::nullopt, "x") == path + "/a/: This names a directory, not a file.");
    put(path + "/f", "");
    CHECK(outcome_of(path + "/f/g", std::nullopt, "x") ==
          path + "/f/g: Looking for the file failed: Not a directory. The file was not changed.");
    CHECK(outcome_of("", std::nullopt, "x") == ": This names a directory, not a file.");
}

TEST_CASE("where no file can be made, nothing is changed and a sentence says why") {
    const support::temporary_directory place;
    const auto path = place.path() + "/f";
    put(path, "one");
    if (::geteuid() != 0)
        ::chmod(place.path().c_str(), 0555);
    std::string said;
    {
        const nobody somebody(place.path());
        said = outcome_of(path, "one", "two");
    }
    ::chmod(place.path().c_str(), 0755);
    CHECK(said == path +
                      ": Creating a file beside it failed: Permission denied. The file was not changed. Try again as "
                      "the owner of the file and its directory, or as root.");
    CHECK(read_file(path) == "one");
    CHECK(files_in(place.path()) == 1);
}

TEST_CASE("a file whose owner cannot be kept is left alone") {
    if (::geteuid() != 0)
        return;
    const support::temporary_directory place;
    const auto path = place.path() + "/f";
    put(path, "one");
    std::string said;
    {
        const nobody somebody(place.path());
        (void)!::seteuid(0);
        REQUIRE(::chmod(place.path().c_str(), 0777) == 0);
        REQUIRE(::seteuid(65534) == 0);
        said = outcome_of(path, "one", "two");
    }
    CHECK(said == path +
                      ": Giving its owner and mode to a file beside it failed: Operation not permitted. The file was "
                      "not changed. Try again as the owner of the file and its directory, or as root.");
    CHECK(read_file(path) == "one");
    CHECK(files_in(place.path()) == 1);
}

TEST_CASE("a disk that is full while the text is written leaves the file as it was") {
    const support::temporary_directory place;
    const auto path = place.path() + "/f";
    put(path, "one");
    std::string said;
    {
        const small_disk limited(1000);
        said = outcome_of(path, "one", std::string(100'000, 'x'));
    }
    CHECK(said == path + ": Writing to a file beside it failed: File too large. The file was not changed.");
    CHECK(read_file(path) == "one");
    CHECK(files_in(place.path()) == 1);
}
