#pragma once

#include "daemon/journal/background_journal.hpp"
#include "daemon/service/service.hpp"
#include "tests/sandbox/model/autotask.hpp"
#include "tests/sandbox/model/random.hpp"
#include "tests/support/model_instances.hpp"
#include "tests/support/model_transport.hpp"
#include "tests/support/virtual_clock.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace simulation {

/// Which way an instance asks which server.
struct attached_network {
    std::string instance;
    test_support::model_transport* network;
    sandbox::autotask* server;
};

/// The host on which contactd runs: it starts the service, kills it between any two steps, cuts the power, and keeps
/// what is on its disk. Everything but the process and the network is the code that ships.
class machine {
public:
    struct parts {
        test_support::virtual_clock& time;
        std::function<sandbox::autotask&(const std::string& instance)> model_of;
        boost::asio::any_io_executor server; ///< Where requests go on whose sender has died.
        std::uint64_t seed = 0;
        std::string directory;
    };

    explicit machine(parts with);
    ~machine();
    machine(const machine&) = delete;
    machine& operator=(const machine&) = delete;

    bool running() const { return process_ != nullptr; }

    /// The configuration file and those beside it, for the next start or reload.
    void configure(std::string text, test_support::further_files others = {}) {
        config_ = std::move(text);
        other_files_ = std::move(others);
    }

    /// Starts contactd. It must not be running, and the configuration must be good.
    void start();

    /// One step of the process, from one await to the next. False when it waits for something, or does not run.
    bool step();

    void kill();      ///< SIGKILL: what was given to the operating system is kept.
    void cut_power(); ///< What was not synchronised may be lost.
    void terminate(); ///< SIGTERM.
    void reload();    ///< SIGHUP. A configuration that is not good is not taken over.
    void sweep_now(); ///< SIGUSR1.

    /// The network of every instance of the running process, and of those that wait to take its place.
    const std::vector<attached_network>& networks() const;

    std::string journal_path() const { return with_.directory + "/journal.db"; }
    std::string audit_path() const { return with_.directory + "/audit.jsonl"; }

    bool disk_is_full = false;
    bool disk_is_slow = false;

    std::function<void(std::string_view line)> on_audit_line;
    std::function<void(const std::string& line)> on_log_line;
    /// A network that the process may use from now on.
    std::function<void(const attached_network&)> on_network;
    std::function<void(std::string_view line)> on_lost_line; ///< The audit log had no room for it.
    std::function<void()> on_loaded;                         ///< The configuration was read, and is good.

private:
    struct process;

    std::optional<contactd::loaded_configuration> load_for(process& mine);
    void die();

    parts with_;
    std::string config_;
    test_support::further_files other_files_;
    sandbox::random_source dice_;
    std::unique_ptr<process> process_;
};

} // namespace simulation
