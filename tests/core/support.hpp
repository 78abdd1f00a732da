#pragma once

#include "core/decide.hpp"
#include "core/entities.hpp"
#include "core/plan.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What the tests of the decision share: short ways to write a device, a contact and the rules of a default
/// configuration, and random numbers that are the same with every standard library.
namespace core_tests {

inline constexpr std::string_view test_hostname = "PC-042";

inline core::contact contact_with(std::int64_t id, std::vector<std::string> addresses, bool active = true) {
    core::contact who;
    who.id = core::contact_id{id};
    who.addresses = std::move(addresses);
    who.active = active;
    return who;
}

inline core::device device_with(std::int64_t id, std::string last_user,
                                std::optional<std::int64_t> contact = std::nullopt) {
    core::device one;
    one.id = core::device_id{id};
    one.type = 1;
    one.hostname = test_hostname;
    one.last_user = std::move(last_user);
    if (contact)
        one.contact = core::contact_id{*contact};
    return one;
}

/// Both rules, the shipped lists, devices of type 1, no hostname excluded.
inline core::match_rules default_rules() {
    core::match_rules rules;
    rules.ladder = {core::rule::email, core::rule::local_part};
    rules.accounts = core::make_account_lists({}, {});
    rules.scope.types.values = {1};
    rules.scope.include.add("*");
    return rules;
}

/// The reason's public name; "-" where there is none.
inline std::string words(std::optional<core::reason> why) {
    return why ? std::string(core::to_string(*why)) : "-";
}

/// A decision in one line: "would_assign 7", "skipped ambiguous".
inline std::string words(const core::decision& one) {
    auto text = std::string(core::to_string(one.what));
    if (one.why)
        text += " " + std::string(core::to_string(*one.why));
    if (const auto* who = one.target())
        text += " " + std::to_string(who->id.value);
    return text;
}

/// Random numbers from a seed. The distributions of the standard library differ between its makers; this does not.
class dice {
public:
    explicit dice(std::uint64_t seed) : engine_(seed) {}

    /// A number below `sides`.
    std::size_t roll(std::size_t sides) { return static_cast<std::size_t>(engine_() % sides); }

    bool one_in(std::size_t sides) { return roll(sides) == 0; }

    template <class List>
    const auto& pick(const List& list) {
        return list[roll(std::size(list))];
    }

    template <class T>
    void shuffle(std::vector<T>& list) {
        for (std::size_t i = list.size(); i > 1; --i)
            std::swap(list[i - 1], list[roll(i)]);
    }

private:
    std::mt19937_64 engine_;
};

/// Scraps that matter to some rule; strung together they make values nobody thought of.
inline constexpr std::string_view scraps[]{
    "a",
    "B",
    "user",
    "ACME",
    "\\",
    "\\\\",
    "@",
    ".",
    "/",
    ",",
    ";",
    "|",
    "$",
    "_",
    "-",
    "S-1-5-21",
    "#EXT#",
    "(",
    ")",
    "[",
    "]",
    "(Active)",
    "[disc]",
    "(3f2a)",
    "RDP-Tcp#7",
    " ",
    "\t",
    "\n",
    "\"",
    "'",
    "`",
    "<",
    ">",
    "*",
    "?",
    "null",
    "None",
    "Error",
    "SYSTEM",
    "NT AUTHORITY",
    "Administrator",
    "mailto:",
    "\xC2\xA0",     // no-break space
    "\xE2\x80\x8B", // zero-width space
    "\xEF\xBB\xBF", // byte order mark
    "\xE2\x80\x8F", // right-to-left mark
    "\xE2\x80\x9C", // left double quotation mark
    "\xE2\x80\xA8", // line separator
    "\xC3\x84",
    "A\xCC\x88",
    "\xC3\x9F",
    "\xC4\xB0",
    "\xC4\xB1",
    "\xC5\xBF",
    "\xCE\xA3", // Ä, A + diaeresis, ß, İ, ı, ſ, Σ
    "\xCD\x85",
    "\xCC\x81",
    "\xCC\xA3",
    "\xE1\xBE\xB4",
    "\xF0\x9F\x98\x80", // iota, acute, dot below, ᾴ, emoji
    "\xED\xA0\x80",
    "\xC0\x80",
    "\xFF",
    "\x80",
    "\xE2\x80",
    std::string_view("\0", 1), // none of these is valid UTF-8
};

inline std::string random_text(dice& random, std::size_t most_scraps) {
    std::string text;
    for (auto count = random.roll(most_scraps + 1); count > 0; --count)
        text += random.pick(scraps);
    return text;
}

inline std::string random_bytes(dice& random, std::size_t most_bytes) {
    std::string text;
    for (auto count = random.roll(most_bytes + 1); count > 0; --count)
        text += static_cast<char>(random.roll(256));
    return text;
}

inline std::string repeated(std::string_view text, std::size_t times) {
    std::string whole;
    whole.reserve(text.size() * times);
    for (; times > 0; --times)
        whole += text;
    return whole;
}

} // namespace core_tests
