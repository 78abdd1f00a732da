#include "daemon/journal/background_journal.hpp"

#include "tests/daemon/sweep_fake.hpp"
#include "tests/support/process.hpp"
#include "tests/support/virtual_clock.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace contactd;
using namespace std::chrono_literals;

/// Takes a moment of virtual time for everything, and counts.
class slow_worker final : public background {
public:
    explicit slow_worker(autotask::clock& time) : time_(time) {}

    boost::asio::awaitable<void> run(std::function<void()> work) override {
        ++errands;
        co_await time_.sleep_for(10ms, never_);
        work();
    }

    int errands = 0;

private:
    autotask::clock& time_;
    autotask::stop_signal never_;
};

/// Counts how often it is synchronised, and may fail.
class counting_log final : public audit_sink {
public:
    std::expected<void, std::string> append(std::string_view) override { return {}; }
    std::expected<void, std::string> sync() override {
        ++syncs;
        if (broken)
            return std::unexpected(std::string("synchronising the audit log: Input/output error"));
        return {};
    }
    std::vector<std::string> lines_of(std::string_view) override { return {}; }

    int syncs = 0;
    bool broken = false;
};

struct journal_world {
    journal_world() : store(std::move(journal_store::open(directory.path(), {})->store)) {}

    using answer = std::expected<write_id, std::string>;

    /// Starts an intent; its answer appears in the place that is returned.
    std::shared_ptr<std::optional<answer>> intend(std::int64_t device) {
        auto place = std::make_shared<std::optional<answer>>();
        loop.start(ask(device, place));
        return place;
    }

    std::expected<void, std::string> flush() {
        std::expected<void, std::string> result;
        const auto task = [&]() -> boost::asio::awaitable<void> { result = co_await tested.flush(); };
        loop.start(task());
        if (!loop.finish())
            throw std::logic_error("it never ends");
        return result;
    }

    settled_write settled(write_id id) { return {id, loop.time().wall(), core::event::assigned, {}, {}, false}; }

    std::size_t open_writes() { return store->open_writes("main")->size(); }

    support::temporary_directory directory;
    test_support::virtual_loop loop;
    slow_worker worker{loop.time()};
    counting_log audit;
    std::unique_ptr<journal_store> store;
    bool disk_is_full = false;
    std::vector<std::string> complaints;
    background_journal tested{
        {loop.executor(), worker, loop.time(), audit, *store,
         [this] { return disk_is_full ? std::optional<std::string>("the disk is full") : std::nullopt; },
         [this](const std::string& one) { complaints.push_back(one); },
         [this](const std::string& one) { complaints.push_back("good: " + one); }}};

private:
    boost::asio::awaitable<void> ask(std::int64_t device, std::shared_ptr<std::optional<answer>> place) {
        device_outcome what;
        what.instance = "main";
        what.device_id.value = device;
        what.contact_id = core::contact_id{1};
        auto got = co_await tested.intend("SWEEP", std::move(what));
        place->emplace(std::move(got));
    }
};

} // namespace

TEST_CASE("what comes while the disk is busy is recorded in one go, and each intent has a number of its own") {
    journal_world world;
    std::vector<std::shared_ptr<std::optional<journal_world::answer>>> answers;
    for (int i = 0; i < 20; ++i)
        answers.push_back(world.intend(i));
    world.loop.run_for(15ms);
    CHECK(answers[0]->has_value());
    CHECK_FALSE(answers[19]->has_value());
    REQUIRE(world.loop.finish());
    CHECK(world.worker.errands == 2); // The first, and all that came meanwhile.
    std::set<std::int64_t> numbers;
    for (const auto& one : answers)
        numbers.insert((*one)->value().value);
    CHECK(numbers.size() == 20);
    CHECK(world.open_writes() == 20);
    CHECK(world.audit.syncs == 0);
}

TEST_CASE("the audit log is on the disk before the journal says that something was told") {
    journal_world world;
    const auto id = world.intend(1);
    REQUIRE(world.loop.finish());
    world.tested.note(world.settled((*id)->value()));
    world.audit.broken = true;
    CHECK_FALSE(world.flush());
    CHECK(world.open_writes() == 1);
    CHECK(world.complaints ==
          std::vector<std::string>{
              "synchronising the audit log: Input/output error; no contact is written until that is mended"});
    const auto refused = world.intend(2);
    REQUIRE(world.loop.finish());
    CHECK(refused->value().error() == "synchronising the audit log: Input/output error");
    world.audit.broken = false;
    CHECK(world.flush());
    CHECK(world.open_writes() == 0); // It was not forgotten.
    CHECK(world.complaints.back() == "good: the journal is written again");
    CHECK(world.complaints.size() == 2);
}

TEST_CASE("a full disk refuses intents, and still records what became of those before") {
    journal_world world;
    const auto id = world.intend(1);
    REQUIRE(world.loop.finish());
    world.disk_is_full = true;
    world.tested.note(world.settled((*id)->value()));
    const auto refused = world.intend(2);
    REQUIRE(world.loop.finish());
    CHECK(refused->value().error() == "the disk is full");
    CHECK(world.open_writes() == 0);
}

TEST_CASE("the end of a company synchronises the audit log, also when nothing else is to be recorded") {
    journal_world world;
    world.tested.sync_audit();
    CHECK(world.flush());
    CHECK(world.audit.syncs >= 1);
}

TEST_CASE("open writes are those of everything that was noted before") {
    journal_world world;
    const auto first = world.intend(1);
    const auto second = world.intend(2);
    REQUIRE(world.loop.finish());
    world.tested.note(world.settled((*first)->value()));
    std::expected<std::vector<open_write>, std::string> open;
    const auto task = [&]() -> boost::asio::awaitable<void> { open = co_await world.tested.open_writes("main"); };
    world.loop.start(task());
    REQUIRE(world.loop.finish());
    REQUIRE(open);
    REQUIRE(open->size() == 1);
    CHECK(open->front().id == (*second)->value());
}
