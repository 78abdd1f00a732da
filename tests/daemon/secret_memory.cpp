#include "autotask/secret.hpp"

#include <catch2/catch.hpp>

#include <concepts>
#include <fstream>
#include <sstream>
#include <string>
#include <type_traits>
#include <utility>

using autotask::secret;

namespace {

template <class T>
concept streamable = requires(std::ostream& out, const T& value) {
    out << value;
};

template <class T>
concept comparable = requires(const T& a, const T& b) {
    a == b;
};

} // namespace

TEST_CASE("a secret cannot be copied, printed, compared or become a string by accident") {
    STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<secret>);
    STATIC_REQUIRE_FALSE(std::is_copy_assignable_v<secret>);
    STATIC_REQUIRE_FALSE(streamable<secret>);
    STATIC_REQUIRE_FALSE(comparable<secret>);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<secret, std::string>);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<secret, std::string_view>);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<secret, bool>);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<std::string, secret>);
    STATIC_REQUIRE(std::is_nothrow_move_constructible_v<secret>);
    STATIC_REQUIRE(std::is_nothrow_move_assignable_v<secret>);
}

TEST_CASE("a secret gives back its text and only moves") {
    secret first("one");
    CHECK(first.reveal() == "one");
    const char* place = first.reveal().data();
    secret second(std::move(first));
    CHECK(first.empty()); // NOLINT(bugprone-use-after-move): being empty is the promise.
    CHECK(first.reveal().empty());
    CHECK(second.reveal() == "one");
    CHECK(second.reveal().data() == place);
    secret third("two");
    third = std::move(second);
    CHECK(third.reveal() == "one");
    secret& itself = third;
    third = std::move(itself);
    CHECK(third.reveal() == "one");
    CHECK(secret().empty());
    CHECK(secret("").empty());
    CHECK(secret(std::string(10000, 'x')).reveal() == std::string(10000, 'x'));
}

TEST_CASE("the page of a secret is left out of core dumps") {
    const secret held("in a page of its own");
    const auto address = reinterpret_cast<std::uintptr_t>(held.reveal().data());
    std::ifstream maps("/proc/self/smaps");
    if (!maps)
        return; // A kernel without the file; nothing to look at.
    bool inside = false;
    std::string flags;
    for (std::string line; std::getline(maps, line);) {
        std::uintptr_t begin = 0, end = 0;
        char dash = 0;
        std::istringstream words(line);
        if (words >> std::hex >> begin >> dash >> end && dash == '-')
            inside = begin <= address && address < end;
        else if (inside && line.starts_with("VmFlags:"))
            flags = line;
    }
    INFO(flags);
    CHECK((flags.empty() || flags.find(" dd") != std::string::npos));
}

TEST_CASE("a wiped text is empty and its memory is clean") {
    std::string text = "a secret that is too long for the small buffer of a string";
    const std::size_t size = text.size();
    const char* memory = text.data();
    text.resize(10);
    autotask::wipe(text);
    CHECK(text.empty());
    text.resize(text.capacity()); // The same memory, and ours to read again.
    REQUIRE(text.data() == memory);
    REQUIRE(text.size() >= size);
    CHECK(text.find_first_not_of('\0') == std::string::npos);
    std::string short_one = "hunter2";
    autotask::wipe(short_one);
    CHECK(short_one.empty());
}
