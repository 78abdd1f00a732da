#pragma once

#include "daemon/plan_file/saved_plan.hpp"
#include "daemon/report/apply_report.hpp"
#include "daemon/report/sweep_report.hpp"
#include "daemon/sweep/selection.hpp"
#include "tests/sandbox/model/world.hpp"
#include "tests/support/model_instances.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace contactd {
struct instance;
struct sweep_context;
class sweep_recorder;
} // namespace contactd

namespace test_support {

class virtual_loop;
class memory_journal;

/// A configuration of one instance, "main", with the credentials of the generated world and nothing else but that it
/// sweeps every company. A test puts its own sections in front, and further keys of the instance behind.
inline constexpr std::string_view one_instance = R"(
[[instance]]
name = "main"
username = "api-user@sandbox.example"
tracking_identifier = "SANDBOX0TRACKING0IDENTIFIER"
secret = "env:SECRET"
companies = "all"
)";

/// What a sweep came to, from both sides of the network.
struct swept {
    contactd::sweep_report report;     ///< In its stable order.
    std::vector<std::string> warnings; ///< What was told and left nothing undone, as sentences.
    std::vector<contactd::turned_shortcut> turned;
    std::vector<contactd::changed_companies> company_news;
    sandbox::counters counts;         ///< What the model was asked meanwhile, over all instances.
    std::chrono::milliseconds took{}; ///< In virtual time.

    /// The requests of that operation (query, count, get, patch, metadata, information ...) to that entity.
    std::int64_t requests(const std::string& entity, const std::string& operation) const;

    /// The most requests to that entity that were ever in progress at a time, by the model's own count.
    std::int64_t most_in_progress(const std::string& entity) const;
};

/// What applying a plan came to.
struct applied {
    contactd::apply_report report;     ///< In its stable order.
    std::vector<std::string> refusals; ///< Why nothing was done at all.
    swept by;                          ///< The rest, as of a sweep; its report has moved into that above.

    std::int64_t writes() const { return by.counts.writes_stored; }
    std::int64_t count(contactd::change_standing how) const { return report.count(how); }
};

/// Sweeps of a generated Autotask in virtual time, as the daemon makes them one after the other: instances, what they
/// learned, and the memory of skips last from sweep to sweep.
///
/// The model has its zones at webservices3 and webservices4.autotask.net, and webservices.autotask.net tells which, so
/// that a configuration without addresses works. It behaves as over a network: 30 ms latency, threads free 50 ms late.
class sweep_world {
public:
    /// `config` is the text of a configuration file; env:SECRET is the secret of every user of the model. Throws
    /// std::invalid_argument with everything that is wrong with it.
    explicit sweep_world(const sandbox::generator_options& data, std::string_view config = one_instance,
                         const further_files& others = {});
    ~sweep_world();
    sweep_world(const sweep_world&) = delete;
    sweep_world& operator=(const sweep_world&) = delete;

    /// Replaces the instances by those of another text, as a restart of the daemon does.
    void configure(std::string_view config, const further_files& others = {});

    /// The same, as a reload of the daemon does: what is known of an instance that asks the same place is kept.
    void reload(std::string_view config, const further_files& others = {});

    /// A further tenant with data of its own and an API user of that name, at home in the first zone.
    sandbox::database& add_tenant(const sandbox::generator_options& data, const std::string& user,
                                  const std::string& tracking_identifier);

    /// One sweep of all instances, to its end. Throws std::logic_error when it never ends.
    swept sweep();

    /// A plan of all instances, made by a process of its own.
    contactd::saved_plan plan();

    /// Applies it, or only looks what would be done.
    applied apply(const contactd::saved_plan& plan, const contactd::selection& chosen = {}, bool dry_run = false);

    /// A process has recorded that it was about to make the change, and was killed before anybody heard of it again.
    void leave_open(const contactd::device_outcome& change);

    /// Calls this so long from now, in the middle of a sweep or between two. It must not throw.
    void in(std::chrono::milliseconds time, std::function<void()> what);

    /// Nothing but time passes; what in() was given happens.
    void pass(std::chrono::milliseconds time);

    /// The sweep under way, and every later one, comes to its end.
    void stop();

    /// A call of the sandbox's control interface: people and the RMM at work. Gives the body of the answer; throws
    /// std::invalid_argument when it is refused.
    std::string control(const std::string& method, const std::string& target, const std::string& body = std::string());

    sandbox::autotask& model();
    contactd::instance& instance(std::size_t at = 0);
    model_transport& network(std::size_t instance = 0);
    virtual_loop& loop();

    /// What time it is for the model.
    sandbox::time_point now() const;

    /// What is remembered for good. A test plays the operator with it.
    memory_journal& journal();

    /// The lines of the audit log, of all sweeps.
    const std::vector<std::string>& audit() const;

private:
    struct parts;
    using work = std::function<boost::asio::awaitable<void>(const contactd::sweep_context&,
                                                            std::span<contactd::instance* const>)>;
    swept follow(contactd::sweep_recorder* recorder, const contactd::selection& chosen, const work& what);
    contactd::sweep_recorder new_recorder();
    std::unique_ptr<parts> parts_;
};

} // namespace test_support
