#pragma once

#include "autotask/clock.hpp"
#include "autotask/spawn.hpp"
#include "daemon/audit/audit_sink.hpp"
#include "daemon/instances.hpp"
#include "daemon/journal/decision_memory.hpp"
#include "daemon/journal/journal.hpp"
#include "daemon/service/instance_runner.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace contactd {

/// A configuration that is good, and its instances, ready to be asked.
struct loaded_configuration {
    config settings;
    instance_list instances;
};

/// What a service works with. Owns nothing; everything lives longer.
struct service_context {
    boost::asio::any_io_executor on;
    autotask::clock& time;
    std::function<double()> dice; ///< Random numbers in [0, 1).
    log& messages;
    audit_sink& audit;
    contactd::journal& journal;
    decision_memory& decisions;
    std::function<std::optional<loaded_configuration>()> load; ///< Reads it again; has said why when it is not good.
    std::function<void(const config&)> on_taken_over;          ///< May be empty.
};

/// The daemon without its process: sweeps every instance when its time has come, none waiting for another, and does
/// what it is told in between.
class service {
public:
    service(service_context with, loaded_configuration first);

    /// Sweeps at once, then on schedule, and returns when stop() was called and what was begun is finished.
    boost::asio::awaitable<void> run();

    /// Reads the configuration once more. Where it is good it takes the place of the one in use: of an instance that is
    /// being swept, at the end of its sweep.
    void reload();

    void sweep_now();
    void stop();

private:
    boost::asio::awaitable<void> sweep(instance& subject, core::wall_time started);
    boost::asio::awaitable<void> forget_old(core::wall_time now);
    runner_context make_runner_context();
    void take_over(loaded_configuration loaded);
    void start(std::unique_ptr<instance> subject);
    boost::asio::awaitable<void> run_to_its_end(std::shared_ptr<instance_runner> one);
    void share_what_is_shared(instance& with);
    bool is_left_by_another(const instance_runner& one) const;
    bool has_its_turn(instance& subject, core::wall_time now);

    service_context with_;
    config settings_;
    autotask::stop_signal stop_; ///< What the instances know of it goes before it does.
    runner_context for_runners_;
    std::vector<std::shared_ptr<instance_runner>> runners_;
    autotask::task_group running_;
    autotask::wake_point runner_ended_;
    std::optional<core::wall_time> tidied_;
    bool tidying_ = false;
};

} // namespace contactd
