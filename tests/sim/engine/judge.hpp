#pragma once

#include "core/decide.hpp"
#include "tests/sandbox/model/autotask.hpp"
#include "tests/sim/engine/chronicle.hpp"
#include "tests/sim/engine/mandate.hpp"
#include "tests/support/model_transport.hpp"
#include "tests/support/virtual_clock.hpp"

#include <boost/json/object.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace simulation {

/// Watches what happens at one server and says what must not. It knows every state the server ever had and what the
/// operator wanted when each sweep began; whom an account stands for it decides by the rules of core/, whose own tests
/// are elsewhere.
class judge {
public:
    /// Owns nothing. `world` has one tenant and is that of the site, `time` the moments of all that is told.
    judge(sandbox::autotask& world, std::size_t site, const test_support::virtual_clock& time);

    /// Looks at every row. To be called whenever something else than contactd may have changed one.
    void look() { known_.look(); }

    /// contactd has read that configuration: every sweep that begins from now on is to keep it, to its end.
    void take_over(std::shared_ptr<const mandate> wanted) { wanted_ = std::move(wanted); }

    /// A line of the audit log about an instance of this server, when it is written.
    void audit_line(const boost::json::object& line);

    /// A line of the operator's log.
    void log_line(std::string_view line);

    /// A request leaves for that entity, of which so many are under way.
    void sending(const std::string& entity, std::int64_t under_way);

    /// Others have asked the database so often.
    void others_ask(std::int64_t requests);

    void stored(const test_support::stored_contact& what);

    /// What requests of the instance that leave now are tagged with: the number of its sweep. -1 before its first.
    std::int64_t sweep_of(const std::string& instance) const;

    std::int64_t sweeps_begun() const { return static_cast<std::int64_t>(sweeps_.size()); }
    bool last_sweep_has_ended(const std::string& instance) const;
    std::int64_t writes() const { return static_cast<std::int64_t>(writes_.size()); }
    std::int64_t writes_of_clients() const { return writes_of_clients_; } ///< Those under terms of an organization.

    /// When nothing is under way any more: every write has been told, and what was told has happened. `log` is the
    /// whole audit log.
    void read_audit(const std::string& log);

    /// The same for the journal, which the process has closed.
    void read_journal(const std::string& path);

    /// From now on nobody changes anything but contactd.
    void expect_calm();

    /// After so many sweeps since then nothing is left to change, but what max_changes kept back.
    void expect_settled(std::int64_t sweeps);

    /// How many changes are due at the most.
    std::int64_t due_changes() const;

    /// Nobody was locked out.
    void expect_welcome();

    /// From now on the database may be asked so often in an hour.
    void set_ceiling(std::int64_t requests) { ceiling_ = requests; }

    /// Sentences, with the moment in front; empty when all is well.
    const std::vector<std::string>& wrong() const { return wrong_; }
    void blame(const std::string& sentence);

private:
    struct write {
        moment when{};
        std::int64_t device = 0;
        std::int64_t contact = 0;
        std::int64_t sweep = 0;
        bool told = false;                 ///< As assigned or reassigned.
        std::optional<moment> told_failed; ///< When.
    };
    struct begun {
        moment when{};
        std::string id;
        std::string instance;
        std::shared_ptr<const mandate> wanted; ///< When it began.
        bool ended = false;
    };

    const begun& sweep_at(std::int64_t number) const { return sweeps_.at(static_cast<std::size_t>(number)); }
    bool is_ours(const boost::json::object& line) const;
    std::optional<terms> terms_in(const begun& sweep, std::int64_t company) const;
    void judge_company(const write& one);
    void judge_person(const write& one);
    void judge_number(const write& one);
    void judge_choice(const write& one);
    const write* last_write(std::int64_t device, const std::string& instance, moment before) const;
    bool was_taken_note_of(const write& one, moment until) const;
    bool may_be_a_human_choice(std::int64_t device, const std::string& instance) const;
    bool is_allowed(const write& one) const;
    bool follows(const write& one, const core::device& state, const terms& held) const;
    bool had_contact(const write& one, moment until) const;
    bool was_touched_between(const write& one, moment told) const;
    static std::string key_of(const boost::json::object& line);
    void read_audit_line(const boost::json::object& line);
    std::vector<std::string> our_instances() const;
    enum class doubtful { left_out, counted }; ///< Changes that a human's choice may stand against, or not.
    std::int64_t due_in(const mandate& wanted, const std::string& instance, std::int64_t company, doubtful those) const;

    sandbox::autotask& world_;
    std::size_t site_;
    const test_support::virtual_clock& time_;
    chronicle known_;
    std::shared_ptr<const mandate> wanted_;
    std::vector<begun> sweeps_;
    std::vector<write> writes_;
    std::int64_t writes_of_clients_ = 0;
    sandbox::rolling_window others_; ///< What the database was asked by others.
    /// When the line of a write was written, the last time; or when it was found out that it told the truth.
    std::map<std::string, moment> heard_;
    std::map<std::pair<std::string, std::int64_t>, int> successes_; ///< Lines of the whole log, by sweep and device.
    std::map<std::pair<std::string, std::int64_t>, std::int64_t> due_when_calm_; ///< By instance and company.
    std::int64_t ceiling_ = 0;
    std::vector<std::string> wrong_;
};

} // namespace simulation
