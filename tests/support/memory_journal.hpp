#pragma once

#include "daemon/journal/journal.hpp"

#include <map>
#include <optional>
#include <type_traits>
#include <utility>

namespace test_support {

/// A journal in memory that is always at once, and fails from its n-th intent on if a test wants it to.
class memory_journal final : public contactd::journal {
public:
    boost::asio::awaitable<std::expected<contactd::write_id, std::string>>
    intend(std::string sweep, contactd::device_outcome what) override {
        if (fails_from && intents >= *fails_from)
            co_return std::unexpected(std::string("writing the journal: database or disk is full"));
        contactd::open_write one;
        one.id.value = static_cast<std::int64_t>(++intents);
        one.sweep = std::move(sweep);
        one.sent = now;
        one.planned = std::move(what);
        one.planned.write = one.id;
        const auto id = one.id;
        open[id.value] = std::move(one);
        co_return id;
    }

    boost::asio::awaitable<std::expected<std::vector<contactd::open_write>, std::string>>
    open_writes(std::string instance) override {
        std::vector<contactd::open_write> found;
        for (const auto& [id, one] : open)
            if (one.planned.instance == instance)
                found.push_back(one);
        co_return found;
    }

    boost::asio::awaitable<std::expected<std::vector<core::seen_company>, std::string>>
    known_companies(std::string instance) override {
        std::vector<core::seen_company> found;
        for (const auto& [id, one] : companies[instance])
            found.push_back(one);
        co_return found;
    }

    boost::asio::awaitable<std::expected<contactd::instance_past, std::string>> past(std::string instance,
                                                                                     core::wall_time) override {
        co_return pasts[instance];
    }

    void note(contactd::journal_entry what) override {
        if (const auto* seen = std::get_if<contactd::seen_companies>(&what))
            for (const auto& one : seen->what.changes)
                companies[seen->what.instance][one.change.id] = {one.change.id, one.change.name, one.change.how};
        if (const auto* settled = std::get_if<contactd::settled_write>(&what)) {
            auto& write = open.at(settled->id.value);
            if (settled->in_doubt) {
                write.told = true;
            } else {
                if (settled->what != core::event::failed)
                    chose(write.planned, settled->when);
                open.erase(settled->id.value);
            }
        }
        if (const auto* learned = std::get_if<contactd::learned_devices>(&what))
            learn(*learned);
        if (const auto* held = std::get_if<contactd::held_plan>(&what)) {
            pasts[held->what.instance].held.insert(held->what.company_id);
            plans[held->what.company_id] = held->what;
        }
        if (const auto* released = std::get_if<contactd::released_company>(&what)) {
            pasts[released->instance].held.erase(released->company);
            for (const auto& one : plans[released->company].changes)
                pasts[released->instance].devices[one.device_id].approved.reset();
            plans.erase(released->company);
        }
        notes.push_back(std::move(what));
    }

    void sync_audit() override { ++audit_syncs; }
    boost::asio::awaitable<std::expected<void, std::string>> flush() override {
        co_return std::expected<void, std::string>();
    }
    boost::asio::awaitable<bool> forget(core::wall_time) override { co_return true; }

    /// The notes of one kind, in their order.
    template <class Kind>
    std::vector<Kind> noted() const {
        std::vector<Kind> found;
        for (const auto& one : notes)
            if (const auto* kind = std::get_if<Kind>(&one))
                found.push_back(*kind);
        return found;
    }

    /// What a person lets go: the plan that was held the last time.
    void approve(core::company_id company) {
        const auto& plan = plans.at(company);
        for (const auto& one : plan.changes)
            pasts[plan.instance].devices[one.device_id].approved =
                core::approved_change{one.previous_contact_id, *one.contact_id};
    }

    std::size_t intents = 0;
    std::optional<std::size_t> fails_from;
    core::wall_time now; ///< When the next intent is recorded.
    std::map<std::int64_t, contactd::open_write> open;
    std::map<std::string, std::map<core::company_id, core::seen_company>> companies; ///< By instance.
    std::map<std::string, contactd::instance_past> pasts;                            ///< By instance.
    std::map<core::company_id, contactd::held_company> plans;                        ///< That the brake holds.
    std::vector<contactd::journal_entry> notes;
    int audit_syncs = 0;

private:
    void chose(const contactd::device_outcome& written, core::wall_time when) {
        auto& past = pasts[written.instance].devices[written.device_id];
        past.choice =
            core::contact_choice{core::chooser::us, written.contact_id, core::person_key(written.account), when};
        past.streak.reset();
        past.approved.reset();
    }

    void learn(const contactd::learned_devices& learned) {
        for (const auto& one : learned.news) {
            auto& past = pasts[learned.instance].devices[one.device];
            if (one.choice)
                past.choice = one.choice;
            if (one.streak)
                past.streak = *one.streak;
            if (one.person.empty())
                continue;
            std::erase_if(past.people, [&one](const core::device_person& who) { return who.person == one.person; });
            past.people.push_back({one.person, learned.when});
        }
    }
};

} // namespace test_support
