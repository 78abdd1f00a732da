#pragma once

#include "core/ids.hpp"
#include "core/plan.hpp"
#include "core/schedule.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <list>
#include <string>
#include <unordered_map>
#include <utility>
#include <variant>

namespace core {

/// A sweep in the two ways in which a pause is counted.
struct sweep_moment {
    std::int64_t sweep = 0; ///< The how many-eth of its instance.
    wall_time now{};        ///< When it looks.
};

/// However many sweeps a pause has, it is over after so long: a mistake that was corrected is noticed within a day.
inline constexpr std::chrono::hours longest_pause{24};

/// The pause after a refusal: 2 sweeps, and twice as many after each further one, or a day, whichever is over first.
/// The refusals are counted until whoever holds it forgets it.
class growing_pause {
public:
    /// Begins the next pause, which is longer than the last.
    void begin(sweep_moment refused);

    /// True also before the first begin(), and when the clock was set back to before the refusal: nobody knows then how
    /// long it is ago.
    bool is_over(sweep_moment at) const;

    /// How many sweeps later than this one it is over at the latest, and when at the latest.
    std::int64_t sweeps_left(std::int64_t sweep) const { return due_sweep_ - sweep; }
    wall_time latest() const { return refused_at_ + longest_pause; }

    int refusals() const { return refusals_; }

private:
    int refusals_ = 0;
    std::int64_t due_sweep_ = 0;
    wall_time refused_at_{};
};

/// How many things a parking lot keeps. More refusals than these are nobody's own fault; and each entry holds a text.
inline constexpr std::size_t most_parked = 5000;

/// What the server refused, so that it is not asked for the same in every sweep. `Asked` is what was asked for a thing:
/// something else may be tried at once. Kept from sweep to sweep; bounded.
template <class Id, class Asked>
class parking_lot {
public:
    struct entry {
        Id id;
        Asked asked;
        growing_pause pause;
        std::string words; ///< What the server said the last time.
    };

    explicit parking_lot(std::size_t most = most_parked) : most_(most) {}
    parking_lot(const parking_lot&) = delete; // places_ points into entries_.
    parking_lot& operator=(const parking_lot&) = delete;

    /// Parks the thing. A refusal of the same as before makes the pause longer, one of something else begins anew. When
    /// the lot is full, that goes whose refusal is the oldest.
    void refuse(Id id, Asked asked, std::string words, sweep_moment at) {
        entry next{id, std::move(asked), {}, std::move(words)};
        if (const auto* last = find(id); last && last->asked == next.asked)
            next.pause = last->pause;
        next.pause.begin(at);
        forget(id);
        if (entries_.size() >= most_)
            forget(entries_.front().id);
        entries_.push_back(std::move(next));
        places_[id] = std::prev(entries_.end());
    }

    /// What was asked for it has succeeded.
    void forget(Id id) {
        const auto place = places_.find(id);
        if (place == places_.end())
            return;
        entries_.erase(place->second);
        places_.erase(place);
    }

    /// Why this must not be asked for now; null when it may be. An entry whose pause is over stays: if the same is
    /// refused again, the next pause is longer.
    const entry* parked(Id id, const Asked& asked, sweep_moment at) const {
        const auto* known = find(id);
        return known && known->asked == asked && !known->pause.is_over(at) ? known : nullptr;
    }

    /// What is known of it, parked or not; null when it was not refused since its last success.
    const entry* find(Id id) const {
        const auto place = places_.find(id);
        return place == places_.end() ? nullptr : &*place->second;
    }

    std::size_t size() const { return entries_.size(); }

private:
    std::size_t most_;
    std::list<entry> entries_; ///< The oldest refusal first.
    std::unordered_map<Id, typename std::list<entry>::iterator> places_;
};

/// Devices whose write was refused, with the contact that was to be written.
using parked_devices = parking_lot<device_id, contact_id>;

/// Companies whose rows the server could not give. There is but one thing that is asked of them.
using parked_companies = parking_lot<company_id, std::monostate>;

/// Leaves the changes of the plan alone that the server refused a while ago: they become `parked`, and take nothing
/// from an allowance.
void leave_parked(company_plan& plan, const parked_devices& lot, sweep_moment at);

} // namespace core
