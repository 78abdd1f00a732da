#include "core/entities.hpp"

#include "core/reasons.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <string>

TEST_CASE("A device is called by its hostname, else its title, else its number") {
    core::device one;
    one.id = core::device_id{4711};
    CHECK(one.name() == "#4711");
    one.title = "Front desk";
    CHECK(one.name() == "Front desk");
    one.hostname = "PC-1";
    CHECK(one.name() == "PC-1");
}

TEST_CASE("Every event and every reason has a name of its own in snake_case, every reason also words") {
    std::set<std::string_view> names;
    for (int i = 0; i < core::event_count; ++i)
        names.insert(core::to_string(static_cast<core::event>(i)));
    std::set<std::string_view> words;
    for (int i = 0; i < core::reason_count; ++i) {
        names.insert(core::to_string(static_cast<core::reason>(i)));
        words.insert(core::explain(static_cast<core::reason>(i)));
    }
    CHECK(names.size() == static_cast<std::size_t>(core::event_count + core::reason_count));
    CHECK(words.size() == static_cast<std::size_t>(core::reason_count));
    CHECK_FALSE(words.contains(""));
    for (const auto name : names) {
        CAPTURE(name);
        CHECK_FALSE(name.empty());
        CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos);
    }
    CHECK(core::to_string(core::event::in_sync) == "in_sync");
    CHECK(core::to_string(core::event::failed) == "failed");
    CHECK(core::to_string(core::reason::no_last_user) == "no_last_user");
    CHECK(core::to_string(core::reason::maybe_truncated) == "maybe_truncated");
    CHECK(core::to_string(core::reason::held) == "held");
    CHECK(core::to_string(core::reason::cancelled) == "cancelled");
}
