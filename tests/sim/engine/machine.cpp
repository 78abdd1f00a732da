#include "tests/sim/engine/machine.hpp"

#include "daemon/journal/state_directory.hpp"
#include "daemon/service/service.hpp"
#include "tests/sim/engine/disk.hpp"

#include <stdexcept>
#include <utility>

namespace simulation {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

/// Does the work on the loop, some virtual time later, and returns some later still: a crash may come before or after.
class slow_disk final : public contactd::background {
public:
    slow_disk(test_support::virtual_clock& time, sandbox::random_source& dice, const bool& is_slow)
        : time_(time), dice_(dice), is_slow_(is_slow) {}

    asio::awaitable<void> run(std::function<void()> work) override {
        const auto longest = is_slow_ ? 1500 : 6;
        const std::chrono::milliseconds before(dice_.below(static_cast<std::uint64_t>(longest)));
        const std::chrono::milliseconds after(dice_.below(4));
        co_await time_.sleep_for(before, never_);
        work();
        co_await time_.sleep_for(after, never_);
    }

private:
    test_support::virtual_clock& time_;
    sandbox::random_source& dice_;
    const bool& is_slow_;
    autotask::stop_signal never_;
};

} // namespace

/// What ends with the process; `body` is what a killed one leaves behind.
struct machine::process {
    /// A killed process does not run the destructors of its coroutines, so neither does this: it is never destroyed.
    struct body {
        asio::io_context loop{1};
        std::unique_ptr<slow_disk> disk;
        std::unique_ptr<contactd::log> messages;
        std::unique_ptr<contactd::background_journal> journal;
        contactd::decision_memory decisions;
        std::unique_ptr<contactd::service> daemon;
        bool ended = false;
    };

    std::unique_ptr<contactd::state_directory> directory;
    std::unique_ptr<audit_on_disk> audit;
    std::unique_ptr<contactd::journal_store> store;
    std::vector<attached_network> networks; ///< In use, or waiting to be taken over.
    std::unique_ptr<body> running = std::make_unique<body>();
};

machine::machine(parts with) : with_(std::move(with)), dice_(with_.seed) {}

machine::~machine() {
    if (process_)
        die();
}

void machine::start() {
    auto fresh = std::make_unique<process>();
    auto directory = contactd::state_directory::take(with_.directory, "run");
    if (!directory)
        throw std::runtime_error(directory.error());
    fresh->directory = std::move(*directory);
    fresh->audit = std::make_unique<audit_on_disk>(audit_path(), disk_is_full);
    fresh->audit->on_line = [this](std::string_view line) { on_audit_line(line); };
    fresh->audit->on_lost_line = [this](std::string_view line) { on_lost_line(line); };
    auto opened = contactd::journal_store::open(with_.directory, with_.time.wall());
    if (!opened)
        throw std::runtime_error(opened.error());
    if (!opened->set_aside.empty())
        throw std::runtime_error(opened->set_aside);
    fresh->store = std::move(opened->store);

    auto& body = *fresh->running;
    const auto on = body.loop.get_executor();
    body.disk = std::make_unique<slow_disk>(with_.time, dice_, disk_is_slow);
    body.messages = std::make_unique<contactd::log>([this](const std::string& line) { on_log_line(line); }, "debug");
    body.decisions = contactd::decision_memory(fresh->store->decisions().value());
    auto& messages = *body.messages;
    contactd::background_journal::parts with{
        on,
        *body.disk,
        with_.time,
        *fresh->audit,
        *fresh->store,
        [this] { return disk_is_full ? std::optional<std::string>("the disk is full") : std::nullopt; },
        [&messages](const std::string& sentence) { messages.error(sentence); },
        [&messages](const std::string& sentence) { messages.info(sentence); }};
    body.journal = std::make_unique<contactd::background_journal>(std::move(with));

    const auto load = [this, &mine = *fresh]() { return load_for(mine); };
    process_ = std::move(fresh);
    contactd::service_context context{
        on,   with_.time, [this] { return dice_.unit(); }, messages, *process_->audit, *body.journal, body.decisions,
        load, {}};
    body.daemon = std::make_unique<contactd::service>(std::move(context), load().value());
    const auto whole = [](process::body& mine) -> asio::awaitable<void> {
        co_await mine.daemon->run();
        mine.ended = true;
    };
    autotask::spawn(on, whole(body));
}

std::optional<contactd::loaded_configuration> machine::load_for(process& mine) {
    test_support::model_instances made;
    try {
        made = test_support::make_model_instances(config_, with_.time, with_.model_of, other_files_);
    } catch (const std::invalid_argument& wrong) {
        on_log_line(std::string("the configuration is not good: ") + wrong.what());
        return std::nullopt;
    }
    for (std::size_t i = 0; i < made.networks.size(); ++i) {
        const auto& name = made.settings.instances[i].name.value;
        auto* network = made.networks[i];
        mine.networks.push_back({name, network, &with_.model_of(name)});
        network->on_end = [&mine, network] {
            std::erase_if(mine.networks, [network](const attached_network& one) { return one.network == network; });
        };
        on_network(mine.networks.back());
    }
    on_loaded();
    return contactd::loaded_configuration{std::move(made.settings), std::move(made.instances)};
}

bool machine::step() {
    if (!process_)
        return false;
    auto& body = *process_->running;
    body.loop.restart();
    const bool did_something = body.loop.poll_one() > 0;
    if (!did_something && body.ended) {
        with_.time.forget(body.loop.get_executor());
        process_.reset();
    }
    return did_something;
}

/// The kernel closes the files and lets go of the lock; requests that were sent are none the wiser.
void machine::die() {
    for (const auto& one : process_->networks)
        one.network->abandon(with_.server);
    with_.time.forget(process_->running->loop.get_executor());
    // Kept reachable: it is not a leak, but a corpse.
    static std::vector<process::body*>& dead = *new std::vector<process::body*>();
    dead.push_back(process_->running.release());
    process_.reset();
}

void machine::kill() {
    die();
}

void machine::cut_power() {
    process_->audit->lose_power(dice_);
    die();
}

void machine::terminate() {
    process_->running->daemon->stop();
}

void machine::reload() {
    process_->running->daemon->reload();
}

void machine::sweep_now() {
    process_->running->daemon->sweep_now();
}

const std::vector<attached_network>& machine::networks() const {
    return process_->networks;
}

} // namespace simulation
