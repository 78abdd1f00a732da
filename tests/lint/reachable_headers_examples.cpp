#include "tests/lint/reachable_headers.hpp"

#include <catch2/catch.hpp>

namespace {

using tree = std::map<std::string, std::string>;

std::string way(const tree& texts, const std::string& to) {
    return lint::way_to(to, lint::reachable_from("daemon/plan.cpp", texts));
}

} // namespace

TEST_CASE("What a file includes, directly or not, can be named by it") {
    const tree texts{{"daemon/plan.cpp", "#include \"daemon/a.hpp\"\n#include <map>"},
                     {"daemon/a.hpp", "#include \"autotask/writer.hpp\""},
                     {"autotask/writer.hpp", ""},
                     {"daemon/other.hpp", ""}};
    CHECK(way(texts, "autotask/writer.hpp") == "daemon/plan.cpp > daemon/a.hpp > autotask/writer.hpp");
    CHECK(way(texts, "daemon/other.hpp").empty());
    CHECK(way(texts, "map").empty());
}

TEST_CASE("What a source includes can be called through its header, and through that of which it is a part") {
    const tree texts{{"daemon/plan.cpp", "#include \"daemon/a.hpp\""},
                     {"daemon/a.hpp", ""},
                     {"daemon/a.cpp", "#include \"daemon/a.hpp\"\n#include \"daemon/b.hpp\""},
                     {"daemon/b.hpp", ""},
                     {"daemon/b_rest.cpp", "#include \"autotask/writer.hpp\""},
                     {"autotask/writer.hpp", ""}};
    CHECK(way(texts, "autotask/writer.hpp") == "daemon/plan.cpp > daemon/a.hpp > daemon/a.cpp > daemon/b.hpp > "
                                               "daemon/b_rest.cpp > autotask/writer.hpp");
}

TEST_CASE("A source with a header of its own is reached through that alone, and comments and texts include nothing") {
    const tree texts{{"daemon/plan.cpp", "#include \"daemon/a.hpp\"\n// #include \"autotask/writer.hpp\""},
                     {"daemon/a.hpp", "auto text = \"#include <autotask/writer.hpp>\";"},
                     {"daemon/a_sink.hpp", ""},
                     {"daemon/a_sink.cpp", "#include \"autotask/writer.hpp\""},
                     {"daemon/ab.cpp", "#include \"autotask/writer.hpp\""},
                     {"autotask/writer.hpp", ""}};
    CHECK(way(texts, "autotask/writer.hpp").empty());
}
