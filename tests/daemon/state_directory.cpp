#include "daemon/journal/state_directory.hpp"

#include "tests/support/process.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

using contactd::state_directory;

TEST_CASE("the state directory is made where it is missing") {
    const support::temporary_directory place;
    const auto path = place.path() + "/contactd";
    const auto taken = state_directory::take(path, "sweep");
    REQUIRE(taken);
    CHECK((*taken)->path() == path);
    CHECK(std::filesystem::is_directory(path));
}

TEST_CASE("whoever comes second is told who has the state directory, and what to do instead") {
    const support::temporary_directory place;
    const auto me = std::to_string(::getpid());
    {
        const auto first = state_directory::take(place.path(), "run");
        REQUIRE(first);
        const auto second = state_directory::take(place.path(), "sweep");
        REQUIRE_FALSE(second);
        CHECK(second.error() == "another contactd (contactd run, process " + me + ") works with " + place.path() +
                                    ", and only one may at a time; to have that one sweep now: kill -USR1 " + me);
    }
    const auto third = state_directory::take(place.path(), "sweep");
    REQUIRE(third);
    const auto fourth = state_directory::take(place.path(), "run");
    REQUIRE_FALSE(fourth);
    CHECK(fourth.error() == "another contactd (contactd sweep, process " + me + ") works with " + place.path() +
                                ", and only one may at a time; try again when it has ended");
}

TEST_CASE("a state directory that cannot be used is an error that says what to do") {
    const auto taken = state_directory::take("/proc/contactd", "run");
    REQUIRE_FALSE(taken);
    CHECK(taken.error() ==
          "creating the directory /proc/contactd: No such file or directory; set daemon.state_dir to a "
          "directory that can be written");
}

TEST_CASE("what root makes in the directory of another user belongs to that user") {
    if (::geteuid() != 0)
        return;
    const support::temporary_directory place;
    REQUIRE(::chown(place.path().c_str(), 4711, 4712) == 0);
    const auto taken = state_directory::take(place.path(), "sweep");
    REQUIRE(taken);
    struct stat lock {};
    REQUIRE(::stat((place.path() + "/lock").c_str(), &lock) == 0);
    CHECK(lock.st_uid == 4711);
    CHECK(lock.st_gid == 4712);
}

TEST_CASE("a link in the place of the lock is not followed: it may lead anywhere") {
    const support::temporary_directory place;
    const auto victim = place.path() + "/victim";
    std::ofstream(victim) << "precious";
    std::filesystem::create_symlink(victim, place.path() + "/lock");
    CHECK_FALSE(state_directory::take(place.path(), "run"));
    CHECK(support::read_file(victim) == "precious");
}
