#include "tests/sim/engine/judge.hpp"

#include <algorithm>
#include <fmt/format.h>

// What becomes of the contacts that humans chose.

namespace simulation {

const judge::write* judge::last_write(std::int64_t device, const std::string& instance, moment before) const {
    const write* found = nullptr;
    for (const auto& one : writes_)
        if (one.device == device && one.when < before && sweep_at(one.sweep).instance == instance)
            found = &one;
    return found;
}

/// Whether contactd is sure to know by then that it has made this write: it was told, and a sweep that began after that
/// has come to its end.
bool judge::was_taken_note_of(const write& one, moment until) const {
    const auto& its = sweep_at(one.sweep);
    moment told = moment::max();
    for (const char* event : {"assigned", "reassigned"})
        if (const auto heard = heard_.find(fmt::format("{} {} {}", its.id, one.device, event)); heard != heard_.end())
            told = heard->second;
    bool one_has_ended = false;
    for (const auto& sweep : sweeps_) {
        if (sweep.instance != its.instance || sweep.when <= told || sweep.when > until)
            continue;
        if (one_has_ended)
            return true;
        one_has_ended = sweep.ended;
    }
    return false;
}

/// A human set another contact after ours, and nobody else has used the device since: it stands.
void judge::judge_choice(const write& one) {
    const auto& sweep = sweep_at(one.sweep);
    const auto* ours = last_write(one.device, sweep.instance, one.when);
    if (ours == nullptr)
        return;
    const auto [first, last] = between(known_.devices().at(one.device), ours->when, one.when);
    const auto humans = std::find_if(first, last, [&](const auto& v) {
        return v.since > ours->when && v.state.contact != core::contact_id{ours->contact};
    });
    if (humans == last || humans->since >= sweep.when || !was_taken_note_of(*ours, humans->since))
        return;
    const bool nobody_else = std::all_of(humans, last, [&](const auto& v) {
        return v.state.last_user == humans->state.last_user && v.state.company == humans->state.company;
    });
    const auto held = terms_in(sweep, humans->state.company.value);
    if (nobody_else && held && held->manual != core::manual_changes::never)
        blame(fmt::format("contact {} was written to device {}, where a human had set another after ours", one.contact,
                          one.device));
}

/// Whether it had another contact since we wrote ours: then it may stand, or not, as far as anybody can say from here.
bool judge::may_be_a_human_choice(std::int64_t device, const std::string& instance) const {
    const auto* ours = last_write(device, instance, moment::max());
    return ours != nullptr && was_touched_between(*ours, moment::max());
}

} // namespace simulation
