#include "autotask/spawn.hpp"
#include "daemon/audit/audit_file.hpp"
#include "daemon/journal/background.hpp"
#include "tests/support/process.hpp"

#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>
#include <filesystem>
#include <string>
#include <thread>

using namespace contactd;

TEST_CASE("the thread of its own does one thing after the other, and the loop goes on meanwhile") {
    boost::asio::io_context loop{1};
    std::string order;
    {
        worker_thread worker;
        const auto work = [&](char name) -> boost::asio::awaitable<void> {
            auto errand = [&order, name] { order += name; };
            co_await worker.run(std::move(errand));
            order += static_cast<char>(name - 'a' + 'A');
        };
        for (const char name : {'a', 'b', 'c'})
            autotask::spawn(loop.get_executor(), work(name));
        loop.run();
    }
    CHECK(order.size() == 6);
    for (const char* pair : {"aA", "bB", "cC"})
        CHECK(order.find(pair[0]) < order.find(pair[1]));
    CHECK(order.find('a') < order.find('b'));
    CHECK(order.find('b') < order.find('c'));
}

TEST_CASE("a worker that is destroyed finishes what it began, and nobody waits for the rest") {
    boost::asio::io_context loop{1};
    bool began = false;
    {
        worker_thread worker;
        const auto task = [&]() -> boost::asio::awaitable<void> {
            auto errand = [&began] { began = true; };
            co_await worker.run(std::move(errand));
        };
        autotask::spawn(loop.get_executor(), task());
        loop.poll();
    }
    SUCCEED("it ends"); // Whether it began depends on who was faster.
    (void)began;
}

TEST_CASE("the audit log is synchronised by one thread while another writes it and moves it away") {
    const support::temporary_directory place;
    const auto path = place.path() + "/audit.jsonl";
    const auto log = audit_file::open(path).value();
    std::jthread synchronises([&log](const std::stop_token& stop) {
        while (!stop.stop_requested())
            (void)log->sync();
    });
    for (int i = 0; i < 300; ++i) {
        REQUIRE(log->append("{}"));
        if (i % 30 == 0) {
            std::filesystem::rename(path, path + '.' + std::to_string(i));
            REQUIRE(log->reopen());
        }
    }
    synchronises.request_stop();
    synchronises.join();
    CHECK(log->sync());
    std::size_t lines = 0;
    for (const auto& one : std::filesystem::directory_iterator(place.path()))
        lines += support::read_file(one.path()).size() / 3;
    CHECK(lines == 300);
}
