#pragma once

#include "core/plan.hpp"
#include "core/wall_time.hpp"
#include "daemon/sweep/listener.hpp"
#include "daemon/sweep/outcome.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>
#include <variant>
#include <vector>

namespace contactd {

/// A contact is about to be written: recorded before the request leaves.
struct intended_write {
    write_id id{};
    std::string sweep;
    core::wall_time when;
    device_outcome planned; ///< would_assign or would_reassign.
};

/// It is sent once more.
struct repeated_write {
    write_id id{};
    core::wall_time when;
};

/// What became of a write.
struct settled_write {
    write_id id{};
    core::wall_time when;
    core::event what = core::event::failed; ///< assigned, reassigned or failed.
    std::optional<core::reason> why;
    std::string error;
    bool in_doubt = false; ///< It was told that it failed, but the server may have stored it: it stays open.
};

/// What was decided of a device, where it is not what was decided the last time.
struct changed_decision {
    std::string sweep;
    core::wall_time when;
    device_outcome what;
};

struct begun_sweep {
    std::string sweep;
    core::wall_time when;
    std::string instance;
};

struct ended_sweep {
    std::string sweep;
    core::wall_time when;
    finished_instance how;
};

/// How companies stand that were not known, or stood otherwise.
struct seen_companies {
    core::wall_time when;
    changed_companies what;
};

/// What is to be remembered of devices, until a later sweep decides them.
struct learned_devices {
    core::wall_time when;
    std::string instance;
    std::vector<core::past_news> news;
};

/// A company that the brake holds, and the changes it holds. The same changes as the last time are the same plan: what
/// a person said of it still holds.
struct held_plan {
    core::wall_time when;
    std::string sweep;
    held_company what;
};

/// The brake does not hold it any more.
struct released_company {
    std::string instance;
    core::company_id company;
};

/// One thing to record.
using journal_entry = std::variant<intended_write, repeated_write, settled_write, changed_decision, begun_sweep,
                                   ended_sweep, seen_companies, learned_devices, held_plan, released_company>;

/// What a sweep of an instance has to know of the time before it.
struct instance_past {
    core::device_pasts devices;
    std::unordered_set<core::company_id> held; ///< Companies that the brake held the last time.
};

/// A write of which nobody knows yet what became of it.
struct open_write {
    write_id id{};
    std::string sweep;
    core::wall_time sent;   ///< The last time, or about to be.
    bool told = false;      ///< That it failed, in the audit log.
    device_outcome planned; ///< would_assign or would_reassign.
};

/// What was decided of a device the last time.
struct last_decision {
    std::string instance;
    core::device_id device;
    core::event what = core::event::skipped;
    std::optional<core::reason> why;
    std::uint64_t rest = 0; ///< A hash of what else was recorded of it.
    core::wall_time seen;   ///< When it was last decided, give or take `seen_precision`.
};

/// A hash of what is recorded of a decision beside its event and its reason.
std::uint64_t hash_of_rest(const device_outcome& one);

/// How exactly it is recorded when a device was last decided: not in every sweep.
inline constexpr std::chrono::hours seen_precision{7 * 24};

} // namespace contactd
