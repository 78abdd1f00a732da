#include "tests/sim/engine/judge.hpp"

#include "core/contact_lookup.hpp"
#include "core/plan.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <utility>

// What may be written, and what has to be written in the end.

namespace simulation {

namespace {

/// No company has this id.
constexpr std::int64_t nobody = -1;

core::match_rules rules_of(const terms& held) {
    core::match_rules made;
    made.ladder = held.rules;
    for (const auto one : held.filling_rules)
        made.only_fill.add(one);
    made.accounts = core::make_account_lists({}, {});
    made.scope.types.every = held.every_type;
    made.scope.types.values = {1};
    made.scope.include.add("*");
    made.addresses = core::address_columns{0b001};
    made.login_column = 0;
    return made;
}

bool has_rule_of_parent(const terms& held) {
    return std::ranges::any_of(held.rules, core::is_of_parent);
}

bool is_in_scope(const core::device& one, const terms& held) {
    const bool is_left_alone =
        std::ranges::any_of(held.left_alone, [&one](const std::string& end) { return one.hostname.ends_with(end); });
    return one.active && !is_left_alone && (held.every_type || one.type == 1);
}

/// What contactd has asked for of the contacts: the fields that some company of the instance needs, and those without
/// an address where a rule of this one can find them. It matters for people who have left, whom every field may name.
std::vector<core::contact> as_read(std::vector<core::contact> all, const terms& held) {
    for (auto& one : all) {
        if (!held.reads_other_addresses)
            one.addresses.resize(1);
        if (!held.reads_logins)
            one.logins.clear();
    }
    if (std::ranges::none_of(
            held.rules, [](core::rule one) { return core::needs_no_address(one) || core::may_find_a_namesake(one); }))
        std::erase_if(all,
                      [](const core::contact& one) { return std::ranges::all_of(one.addresses, &std::string::empty); });
    return all;
}

} // namespace

std::optional<terms> judge::terms_in(const begun& sweep, std::int64_t company) const {
    return terms_of(*sweep.wanted, sweep.instance, company);
}

void judge::stored(const test_support::stored_contact& what) {
    write one;
    one.when = time_.elapsed();
    one.device = what.device;
    one.contact = what.contact;
    one.sweep = what.tag;
    judge_company(one);
    judge_person(one);
    judge_number(one);
    judge_choice(one);
    if (!is_allowed(one))
        blame(fmt::format("contact {} was written to device {}, which followed from no state since the sweep began",
                          one.contact, one.device));
    for (const auto& later : writes_)
        if (later.device == one.device && later.sweep > one.sweep)
            blame(fmt::format("a late write of an earlier sweep went over a newer one of device {}", one.device));
    writes_.push_back(one);
    look();
}

/// Whether the company was to be swept and written at all, and whether a contact might be replaced in it.
void judge::judge_company(const write& one) {
    const auto& sweep = sweep_at(one.sweep);
    const auto [first, last] = between(known_.devices().at(one.device), sweep.when, one.when);
    bool was_to_be_swept = false;
    bool was_to_be_written = false;
    bool might_be_set = false;
    for (auto d = first; d != last; ++d) {
        const auto held = terms_in(sweep, d->state.company.value);
        was_to_be_swept = was_to_be_swept || held;
        was_to_be_written = was_to_be_written || (held && !held->dry_run);
        might_be_set = might_be_set || (held && (!held->only_fills || !d->state.contact));
    }
    const auto& now = std::prev(last)->state;
    const auto where =
        fmt::format("device {} of company {}, instance {},", one.device, now.company.value, sweep.instance);
    if (!was_to_be_swept)
        blame(where + " was written, though the company was not to be swept");
    else if (!was_to_be_written)
        blame(where + " was written in a dry run");
    else if (!might_be_set)
        blame(where + " had a contact, which was replaced where only empty ones are filled");
    const auto held = terms_in(sweep, now.company.value);
    const auto is_its_client = [&](const wanted_client& each) {
        return each.instance == sweep.instance && each.company == now.company.value;
    };
    writes_of_clients_ += held && std::ranges::any_of(sweep.wanted->clients, is_its_client) ? 1 : 0;
}

/// Whoever was set is somebody of the company, or of its parent where a rule looks there.
void judge::judge_person(const write& one) {
    const auto& sweep = sweep_at(one.sweep);
    const auto works_at = [&](std::int64_t company) {
        const auto [first, last] = between(known_.contacts(company), sweep.when, one.when);
        return std::any_of(first, last, [&one](const auto& v) {
            return std::ranges::any_of(v.state,
                                       [&one](const core::contact& who) { return who.id.value == one.contact; });
        });
    };
    const auto [first, last] = between(known_.devices().at(one.device), sweep.when, one.when);
    const bool is_at_home = std::any_of(first, last, [&](const auto& device) {
        const auto company = device.state.company.value;
        if (works_at(company))
            return true;
        const auto held = terms_in(sweep, company);
        const auto [from, to] = between(known_.companies().at(company), sweep.when, one.when);
        return held && has_rule_of_parent(*held) &&
               std::any_of(from, to, [&](const auto& v) { return v.state.parent && works_at(v.state.parent->value); });
    });
    if (!is_at_home)
        blame(fmt::format("contact {} of another company was written to device {}", one.contact, one.device));
}

/// No more devices of a company in a sweep than its organization allows.
void judge::judge_number(const write& one) {
    const auto company = known_.devices().at(one.device).back().state.company;
    const auto held = terms_in(sweep_at(one.sweep), company.value);
    if (!held || held->most_changes == 0)
        return;
    std::set<std::int64_t> changed{one.device};
    for (const auto& other : writes_)
        if (other.sweep == one.sweep && known_.devices().at(other.device).back().state.company == company)
            changed.insert(other.device);
    if (std::ssize(changed) > held->most_changes)
        blame(fmt::format("{} devices of company {} were changed in one sweep, where {} may be", changed.size(),
                          company.value, held->most_changes));
}

/// Whether the write follows from that state of the device and any state of the people.
bool judge::follows(const write& one, const core::device& state, const terms& held) const {
    const auto since = sweep_at(one.sweep).when;
    const auto company = state.company.value;
    const auto rules = rules_of(held);
    const auto [first_company, last_company] = between(known_.companies().at(company), since, one.when);
    const auto [first, last] = between(known_.contacts(company), since, one.when);
    for (auto standing = first_company; standing != last_company; ++standing) {
        if (!standing->state.passes)
            continue;
        const bool looks_there = has_rule_of_parent(held) && standing->state.parent;
        const auto parent = looks_there ? standing->state.parent->value : nobody;
        const auto [first_there, last_there] = between(known_.contacts(parent), since, one.when);
        for (auto there = first_there; there != last_there; ++there)
            for (auto c = first; c != last; ++c) {
                const auto here = as_read(c->state, held);
                const auto of_parent = as_read(looks_there ? there->state : std::vector<core::contact>(), held);
                const core::people among{here, of_parent, held.aliases};
                const auto decided = core::decide(state, core::contact_lookup(among, rules));
                if (!decided.is_change() || decided.target()->id.value != one.contact)
                    continue;
                const bool fills = held.only_fills || rules.only_fill.has(*decided.matched_by);
                if (!fills || !state.contact)
                    return true;
            }
    }
    return false;
}

bool judge::is_allowed(const write& one) const {
    const auto& sweep = sweep_at(one.sweep);
    const auto device = known_.devices().find(one.device);
    if (device == known_.devices().end())
        return false;
    const auto [first, last] = between(device->second, sweep.when, one.when);
    return std::any_of(first, last, [&](const auto& v) {
        const auto held = terms_in(sweep, v.state.company.value);
        return held && !held->dry_run && is_in_scope(v.state, *held) && follows(one, v.state, *held);
    });
}

std::int64_t judge::due_in(const mandate& wanted, const std::string& instance, std::int64_t company,
                           doubtful those) const {
    const auto held = terms_of(wanted, instance, company);
    if (!held || held->dry_run || !known_.companies().at(company).back().state.passes)
        return 0;
    auto snapshot = known_.snapshot_of(company);
    std::erase_if(snapshot.devices, [&held](const core::device& one) { return !is_in_scope(one, *held); });
    snapshot.contacts = as_read(std::move(snapshot.contacts), *held);
    if (const auto parents = std::exchange(snapshot.parent_contacts, nullptr))
        snapshot.parent_contacts = std::make_shared<const std::vector<core::contact>>(as_read(*parents, *held));
    snapshot.aliases = held->aliases;
    core::policy policy;
    policy.brake_percent = 100;
    policy.write = held->only_fills ? core::write_policy::fill_empty : core::write_policy::reassign;
    const auto rules = rules_of(*held);
    const auto plan = core::make_plan(snapshot, rules, policy);
    return std::ranges::count_if(plan.decisions, [&](const core::decision& one) {
        const bool may_stand = those == doubtful::left_out && held->manual != core::manual_changes::never &&
                               may_be_a_human_choice(one.subject->id.value, instance);
        return one.is_change() && !may_stand;
    });
}

std::int64_t judge::due_changes() const {
    std::int64_t due = 0;
    for (const auto& instance : our_instances())
        for (const auto& [company, versions] : known_.companies())
            // What max_changes has kept back may come yet, and nobody can say which of it will.
            due += due_in(*wanted_, instance, company, doubtful::counted);
    return due;
}

void judge::expect_calm() {
    look();
    for (const auto& instance : our_instances())
        for (const auto& [company, versions] : known_.companies())
            due_when_calm_[{instance, company}] = due_in(*wanted_, instance, company, doubtful::left_out);
}

void judge::expect_settled(std::int64_t sweeps) {
    look();
    for (const auto& instance : our_instances())
        for (const auto& [company, versions] : known_.companies()) {
            const auto due = due_in(*wanted_, instance, company, doubtful::left_out);
            const auto held = terms_of(*wanted_, instance, company);
            const auto most = held ? held->most_changes : 0;
            const auto then = due_when_calm_[{instance, company}];
            const auto kept_back = most == 0 ? 0 : std::max<std::int64_t>(0, then - sweeps * most);
            if (due > kept_back)
                blame(fmt::format("{} changes are still due in company {} of {}", due, company, instance));
        }
}

} // namespace simulation
