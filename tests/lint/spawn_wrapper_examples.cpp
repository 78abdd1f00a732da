#include "tests/lint/examples.hpp"

using lint_tests::check_examples;

TEST_CASE("Only the wrapper calls co_spawn") {
    check_examples(
        lint::spawn_wrapper,
        {
            {"autotask/spawn.cpp", "#include <boost/asio/co_spawn.hpp>\nasio::co_spawn(on, task(), end);", {}},
            {"autotask/gate.cpp", "boost::asio::co_spawn(on, task(), end);", {1}},
            {"autotask/gate.cpp", "#include <boost/asio/co_spawn.hpp>", {1}},
            {"daemon/a.cpp", "using boost::asio::co_spawn;\nco_spawn(on, task(), end);", {1, 2}},
            {"daemon/spawn.cpp", "asio::co_spawn(on, task(), end);", {1}},
            {"tests/sim/a.cpp", "asio::co_spawn(on, task(), asio::detached);", {1, 1}},
            {"tests/sandbox/server/session.hpp", "asio::co_spawn(on, task(), end);", {1}},
            {"tests/sandbox/server/front.cpp", "asio::co_spawn(on, task(), asio::detached);", {}},
            {"daemon/a.cpp", "autotask::spawn(on, task()); // no co_spawn\nsays(\"co_spawn\");", {}},
        });
}

TEST_CASE("What ships never detaches a coroutine, not even in the wrapper") {
    check_examples(lint::spawn_wrapper, {
                                            {"autotask/spawn.cpp", "asio::co_spawn(on, task(), asio::detached);", {1}},
                                            {"autotask/spawn.cpp", "#include <boost/asio/detached.hpp>", {1}},
                                            {"daemon/a.cpp", "timer.async_wait(boost::asio::detached);", {1}},
                                            {"daemon/a.cpp", "const bool detached = thread.detached;", {}},
                                        });
}
