#include "tests/lint/examples.hpp"

using lint_tests::check_examples;

TEST_CASE("core/ includes itself, the standard library and utf8proc") {
    check_examples(lint::include_direction,
                   {
                       {"core/a.cpp", "#include \"core/a.hpp\"\n#include <map>\n#include <utf8proc.h>", {}},
                       {"core/a.cpp", "#include \"autotask/error.hpp\"", {1}},
                       {"core/a.cpp", "#include <autotask/error.hpp>", {1}},
                       {"core/a.cpp", "\n#include \"daemon/log.hpp\"\n\n#include \"tests/a.hpp\"", {2, 4}},
                       {"core/a.hpp", "#include <boost/json/value.hpp>", {1}},
                       {"core/a.hpp", "#include <spdlog/logger.h>\n#include <fmt/format.h>", {1, 2}},
                       {"core/a.hpp", "#include <openssl/ssl.h>\n#include <sqlite3.h>", {1, 2}},
                       {"core/a.hpp", "#include <toml++/toml.h>\n#include <CLI/CLI.hpp>\n#include <time.h>", {1, 2, 3}},
                       {"core/a.cpp", "#  include  \"daemon/log.hpp\" // why not", {1}},
                       {"core/a.cpp", "// #include \"daemon/log.hpp\"\n/*\n#include <boost/json.hpp>\n*/", {}},
                       {"core/a.cpp", "auto text = R\"(\n#include <boost/json.hpp>\n)\";", {}},
                       {"core/a.cpp", "#include \"../daemon/log.hpp\"", {1}},
                       {"core/a.cpp", "#include \"core/../daemon/log.hpp\"", {1}},
                   });
}

TEST_CASE("autotask/ includes core/ and its own libraries") {
    check_examples(
        lint::include_direction,
        {
            {"autotask/a.cpp", "#include \"core/fold.hpp\"\n#include <boost/json.hpp>\n#include <openssl/ssl.h>", {}},
            {"autotask/a.cpp", "#include <netdb.h>\n#include <sys/socket.h>\n#include <boost/asio.hpp>", {}},
            {"autotask/a.cpp", "#include \"daemon/log.hpp\"\n#include \"tests/support/process.hpp\"", {1, 2}},
            {"autotask/a.cpp", "#include <spdlog/logger.h>\n#include <CLI/CLI.hpp>\n#include <sqlite3.h>", {1, 2, 3}},
            {"autotask/a.cpp", "#include <toml++/toml.h>\n#include <fmt/format.h>\n#include <utf8proc.h>", {1, 2, 3}},
        });
}

TEST_CASE("daemon/ includes everything but the tests") {
    check_examples(lint::include_direction,
                   {
                       {"daemon/a.cpp", "#include \"core/fold.hpp\"\n#include \"autotask/gate.hpp\"", {}},
                       {"daemon/a.cpp", "#include <fmt/format.h>\n#include <boost/json.hpp>\n#include <unistd.h>", {}},
                       {"daemon/a.cpp", "#include \"tests/support/process.hpp\"\n#include <catch2/catch.hpp>", {1, 2}},
                   });
}

TEST_CASE("A library that one place keeps is included there alone") {
    check_examples(lint::include_direction,
                   {
                       {"autotask/https_connection.cpp", "#include <boost/beast/http/read.hpp>", {}},
                       {"autotask/boost_sources.cpp", "#include <boost/beast/src.hpp>", {}},
                       {"autotask/https_transport.cpp", "#include <boost/beast/http/read.hpp>", {1}},
                       {"autotask/https_connection.hpp", "#include <boost/beast.hpp>", {1}},
                       {"daemon/cli.cpp", "#include <CLI/CLI.hpp>", {}},
                       {"daemon/cli.hpp", "#include <CLI/App.hpp>", {1}},
                       {"daemon/cli.cpp", "#include <spdlog/logger.h>", {1}},
                       {"daemon/log.cpp", "#include <spdlog/logger.h>", {}},
                       {"daemon/config/toml_tree.cpp", "#include <toml++/toml.h>", {}},
                       {"daemon/config/toml_tree.hpp", "#include <toml++/toml.h>", {1}},
                       {"daemon/journal/sqlite.cpp", "#include <sqlite3.h>", {}},
                       {"daemon/organizations/csv.cpp", "#include <csv.h>", {}},
                       {"daemon/organizations/csv.hpp", "#include <csv.h>", {1}},
                       {"daemon/journal/journal.cpp", "#include <sqlite3.h>", {1}},
                       {"tests/bench/core/a.cpp", "#include <sqlite3.h>\n#include <boost/beast.hpp>", {}},
                   });
}

TEST_CASE("The local Autotask shares no code with the client") {
    check_examples(lint::include_direction,
                   {
                       {"tests/sandbox/model/a.cpp", "#include \"tests/sandbox/model/b.hpp\"\n#include <map>", {}},
                       {"tests/sandbox/behaviours/a.cpp", "#include \"tests/support/https_client.hpp\"", {}},
                       {"tests/sandbox/model/a.cpp", "#include \"core/fold.hpp\"", {1}},
                       {"tests/sandbox/server/a.hpp", "#include \"autotask/gate.hpp\"", {1}},
                       {"tests/sandbox/main.cpp", "#include \"daemon/cli.hpp\"", {1}},
                       {"tests/sandbox/main.cpp", "#include \"../../daemon/cli.hpp\"", {1}},
                       {"tests/sandbox/main.cpp", "#include \"tests/support/virtual_clock.hpp\"", {1}},
                       {"tests/support/https_client.cpp", "#include \"autotask/url.hpp\"", {1}},
                       {"tests/support/model_transport.cpp", "#include \"autotask/url.hpp\"", {}},
                       {"tests/daemon/a.cpp", "#include \"config_support.hpp\"\n#include \"daemon/cli.hpp\"", {}},
                   });
}
