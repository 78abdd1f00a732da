#pragma once

#include "core/decide.hpp"
#include "core/policy.hpp"
#include "tests/sandbox/model/autotask.hpp"
#include "tests/support/model_transport.hpp"
#include "tests/support/virtual_clock.hpp"

#include <boost/json/object.hpp>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace simulation {

/// Watches what happens and says what must not. It knows every state the server ever had, and decides by the rules of
/// core/, whose own tests are elsewhere.
class judge {
public:
    using moment = std::chrono::milliseconds;

    /// Owns nothing. `world` has one tenant, `time` the moments of all that is told.
    judge(sandbox::autotask& world, const test_support::virtual_clock& time, core::policy policy);

    /// Looks at every row. To be called whenever something else than contactd may have changed one.
    void look();

    /// A line of the audit log, when it is written.
    void audit_line(std::string_view line);

    /// A line of the operator's log.
    void log_line(std::string_view line);

    /// A request leaves for that entity, of which so many are under way.
    void sending(const std::string& entity, std::int64_t under_way);

    /// Others have asked the database so often.
    void others_ask(std::int64_t requests);

    void stored(const test_support::stored_contact& what);

    /// What requests that leave now are tagged with: the number of the sweep.
    std::int64_t sweep() const { return static_cast<std::int64_t>(sweeps_.size()) - 1; }

    std::int64_t sweeps_begun() const { return static_cast<std::int64_t>(sweeps_.size()); }
    bool last_sweep_has_ended() const { return !sweeps_.empty() && sweeps_.back().id == finished_; }
    std::int64_t writes() const { return static_cast<std::int64_t>(writes_.size()); }

    /// When nothing is under way any more: every write has been told, and what was told has happened. `log` is the
    /// whole audit log.
    void read_audit(const std::string& log);

    /// The same for the journal, which the process has closed.
    void read_journal(const std::string& path);

    /// Nothing is left to change.
    void expect_settled();

    /// Nobody was locked out.
    void expect_welcome();

    /// From now on the database may be asked so often in an hour.
    void set_ceiling(std::int64_t requests) { ceiling_ = requests; }

    /// Sentences, with the moment in front; empty when all is well.
    const std::vector<std::string>& wrong() const { return wrong_; }
    void blame(const std::string& sentence);

private:
    template <class State>
    struct version {
        moment since;
        State state;
    };
    template <class State>
    using history = std::vector<version<State>>;
    struct write {
        moment when;
        std::int64_t device = 0;
        std::int64_t contact = 0;
        std::int64_t sweep = 0;
        bool told = false;                 ///< As assigned or reassigned.
        std::optional<moment> told_failed; ///< When.
    };
    struct begun {
        moment when;
        std::string id;
    };

    bool is_allowed(const write& one) const;
    bool had_contact(const write& one, moment until) const;
    bool was_touched_between(const write& one, moment told) const;
    static std::string key_of(const boost::json::object& line);
    core::snapshot snapshot_of(std::int64_t company) const;
    std::int64_t due_changes() const;

    sandbox::autotask& world_;
    const test_support::virtual_clock& time_;
    core::policy policy_;
    core::match_rules rules_;
    std::map<std::int64_t, history<core::device>> devices_;
    std::map<std::int64_t, history<std::vector<core::contact>>> contacts_; ///< By company.
    std::map<std::int64_t, history<bool>> companies_;                      ///< Whether it is swept.
    std::vector<begun> sweeps_;
    std::vector<write> writes_;
    sandbox::rolling_window others_; ///< What the database was asked by others.
    /// When the line of a write was written, the last time; or when it was found out that it told the truth.
    std::map<std::string, moment> heard_;
    std::string finished_; ///< The id of the sweep that ended last.
    std::int64_t ceiling_ = 0;
    std::vector<std::string> wrong_;
};

} // namespace simulation
