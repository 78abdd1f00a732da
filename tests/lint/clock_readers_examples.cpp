#include "tests/lint/examples.hpp"

using lint_tests::check_examples;

TEST_CASE("Only a few files ask the machine for the time") {
    check_examples(lint::clock_readers,
                   {
                       {"core/a.cpp", "const auto now = std::chrono::system_clock::now();", {1}},
                       {"autotask/a.cpp", "using std::chrono::steady_clock;\nreturn steady_clock::now() - began;", {2}},
                       {"daemon/a.cpp", "std::chrono::utc_clock::now()", {1}},
                       {"daemon/a.cpp", "std::function<time_point()> ask = &ticks::now;", {1}},
                       {"daemon/a.cpp", "std::chrono::steady_clock::\n    now()", {2}},
                       {"daemon/a.cpp", "auto a = time(nullptr) + std::time(0) + ::time(&now);", {1, 1, 1}},
                       {"daemon/a.cpp", "clock_gettime(CLOCK_MONOTONIC, &now);\ngettimeofday(&now, nullptr);", {1, 2}},
                       {"autotask/real_clock.cpp", "return std::chrono::steady_clock::now();", {}},
                       {"autotask/phase.cpp", "return std::chrono::steady_clock::now();", {}},
                       {"core/phase.cpp", "return std::chrono::steady_clock::now();", {1}},
                       {"tests/autotask/a.cpp", "std::chrono::steady_clock::now()", {}},
                   });
}

TEST_CASE("A clock that was handed in may be asked") {
    check_examples(lint::clock_readers,
                   {
                       {"autotask/a.cpp", "time_.now() + context.time.now() + one->now() + world.time().now()", {}},
                       {"autotask/a.cpp", "time_point fake_clock::now() const { return now_; }", {}},
                       {"daemon/a.hpp", "autotask::clock& time() { return time_; }", {}},
                       {"daemon/a.cpp", "const std::chrono::hh_mm_ss time(when - day);", {}},
                       {"daemon/a.cpp", "a::a(autotask::clock& time) : time(time), now(time.now()) {}", {}},
                       {"daemon/a.cpp", "// steady_clock::now()\nconst auto text = \"std::time(nullptr)\";", {}},
                       {"daemon/a.cpp", "std::chrono::steady_clock::time_point::max()", {}},
                       {"daemon/a.cpp", "co_await time_.sleep_for(pause, stop);", {}},
                   });
}

TEST_CASE("The clock is made by the programs, and the dice in one place") {
    check_examples(lint::clock_readers, {
                                            {"daemon/commands/run.cpp", "autotask::real_clock time_;", {}},
                                            {"daemon/commands/one_shot.hpp", "autotask::real_clock time_;", {}},
                                            {"daemon/commands/run.cpp", "steady_clock::now()", {1}},
                                            {"daemon/sweep/a.cpp", "autotask::real_clock time;", {1}},
                                            {"daemon/commands/one_shot.cpp", "std::random_device{}()", {}},
                                            {"daemon/commands/run.cpp", "std::random_device{}()", {1}},
                                            {"core/a.cpp", "std::random_device{}()", {1}},
                                        });
}

TEST_CASE("What ships neither stops its thread nor waits past its clock") {
    check_examples(
        lint::clock_readers,
        {
            {"daemon/a.cpp", "std::this_thread::sleep_for(1s);\nstd::this_thread::sleep_until(end);", {1, 2}},
            {"autotask/a.cpp", "::usleep(5);\nnanosleep(&a, &b);\n::sleep(1);", {1, 2, 3}},
            {"autotask/a.cpp", "timer.expires_after(1s);", {1}},
            {"autotask/phase.cpp", "timer.expires_after(1s);", {1}},
            {"autotask/a.cpp", "timer.expires_at(limit.until());", {}},
            {"daemon/a.cpp", "std::this_thread::get_id()", {}},
        });
}

TEST_CASE("Simulations, and all that they run on, know no time but the virtual one") {
    check_examples(lint::clock_readers, {
                                            {"tests/sim/a.cpp", "std::chrono::steady_clock::now()", {1}},
                                            {"tests/sim/a.cpp", "std::this_thread::sleep_for(1ms);", {1}},
                                            {"tests/sim/a.cpp", "autotask::real_clock time;\nusleep(1);", {1, 2}},
                                            {"tests/sim/a.cpp", "world.now() + loop.time().now()", {}},
                                            {"tests/sim/a.cpp", "co_await loop.time().sleep_for(1h, never);", {}},
                                            {"tests/sandbox/model/a.cpp", "std::random_device{}()", {1}},
                                            {"tests/sandbox/control/a.cpp", "system_clock::now()", {1}},
                                            {"tests/sandbox/server/a.cpp", "system_clock::now()", {}},
                                            {"tests/support/virtual_clock.hpp", "steady_clock::now()", {1}},
                                            {"tests/support/process.hpp", "steady_clock::now()", {}},
                                        });
}
