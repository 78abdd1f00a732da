#pragma once

#include "daemon/journal/background_journal.hpp"
#include "tests/sandbox/model/autotask.hpp"
#include "tests/sandbox/model/random.hpp"
#include "tests/support/model_transport.hpp"
#include "tests/support/virtual_clock.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace simulation {

/// The host on which contactd runs: it starts the service, kills it between any two steps, cuts the power, and keeps
/// what is on its disk. Everything but the process and the network is the code that ships.
class machine {
public:
    struct parts {
        test_support::virtual_clock& time;
        sandbox::autotask& model;
        boost::asio::any_io_executor server; ///< Where requests go on whose sender has died.
        std::uint64_t seed = 0;
        std::string directory;
    };

    explicit machine(parts with);
    ~machine();
    machine(const machine&) = delete;
    machine& operator=(const machine&) = delete;

    bool running() const { return process_ != nullptr; }

    /// The text of the configuration file, for the next start or reload.
    void configure(std::string text) { config_ = std::move(text); }

    /// Starts contactd. It must not be running.
    void start();

    /// One step of the process, from one await to the next. False when it waits for something, or does not run.
    bool step();

    void kill();      ///< SIGKILL: what was given to the operating system is kept.
    void cut_power(); ///< What was not synchronised may be lost.
    void terminate(); ///< SIGTERM.
    void reload();    ///< SIGHUP.
    void sweep_now(); ///< SIGUSR1.

    /// The network of every instance of the running process.
    const std::vector<test_support::model_transport*>& networks() const;

    std::string journal_path() const { return with_.directory + "/journal.db"; }
    std::string audit_path() const { return with_.directory + "/audit.jsonl"; }

    bool disk_is_full = false;
    bool disk_is_slow = false;

    std::function<void(std::string_view line)> on_audit_line;
    std::function<void(const std::string& line)> on_log_line;
    /// A network that the process may use from now on.
    std::function<void(test_support::model_transport&)> on_network;

private:
    struct process;

    void die();

    parts with_;
    std::string config_;
    sandbox::random_source dice_;
    std::unique_ptr<process> process_;
};

} // namespace simulation
