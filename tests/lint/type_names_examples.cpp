#include "tests/lint/type_names.hpp"

#include <catch2/catch.hpp>

namespace {

std::vector<std::string> names_in(std::string_view text) {
    const auto lexemes = lint::lexemes_of(text);
    std::vector<std::string> names;
    for (const auto& one : lint::types_defined(lexemes))
        names.push_back(one.name);
    return names;
}

using names = std::vector<std::string>;

} // namespace

TEST_CASE("Types in named namespaces belong to the whole program") {
    CHECK(names_in("namespace a { struct b { int c; }; class d final : public b {}; enum class e : char { f }; }") ==
          names{"a::b", "a::d", "a::e"});
    CHECK(names_in("namespace a::b { template <class T> class c { struct own {}; }; union d {}; enum e { f }; }") ==
          names{"a::b::c", "a::b::d", "a::b::e"});
    CHECK(names_in("struct outside {};") == names{"outside"});
}

TEST_CASE("What a file keeps to itself, only declares or only uses is nobody else's") {
    CHECK(names_in("namespace a { namespace { struct b {}; } }").empty());
    CHECK(names_in("namespace a { void f() { struct b {}; } }").empty());
    CHECK(names_in("namespace a { struct b; enum class c; friend struct d; struct b make(struct b from); }").empty());
    CHECK(names_in("namespace a { struct b::c { int d; }; template <> struct std::hash<a> {}; }").empty());
    CHECK(names_in("namespace x = a; using namespace a; // struct b {}\n").empty());
}
