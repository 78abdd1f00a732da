#include "core/leave_alone.hpp"

#include <algorithm>

namespace core {
namespace {

/// "Until the last user changes" needs a last user: without one nobody knows.
bool stands(const contact_choice& choice, const std::string& person, manual_changes manual) {
    if (choice.by == chooser::us || (choice.by == chooser::human && manual == manual_changes::never))
        return false;
    return manual == manual_changes::always || person.empty() || person == choice.person;
}

bool waits_for_stability(const policy& limits) {
    return limits.stable_sweeps > 1 || limits.stable_for.count() > 0;
}

/// The streak with this sweep in it.
contact_streak streak_now(const decision& wanted, const device_past* past, const policy& limits, wall_time now) {
    contact_streak made{wanted.found.front()->id, 0, now};
    // One that begins in the future began by a clock that was wrong.
    if (past && past->streak && past->streak->contact == made.contact && past->streak->since <= now)
        made = *past->streak;
    made.sweeps = std::min(made.sweeps + 1, limits.stable_sweeps); // More than is asked for is not worth recording.
    return made;
}

bool is_stable(const contact_streak& streak, const policy& limits, wall_time now) {
    return streak.sweeps >= limits.stable_sweeps && now - streak.since >= limits.stable_for;
}

bool is_shared(const decision& wanted, const device_past* past, const policy& limits, wall_time now) {
    if (past == nullptr)
        return false;
    std::int64_t people = wanted.person.empty() ? 0 : 1;
    for (const auto& one : past->people)
        if (one.person != wanted.person && now - one.last_seen <= limits.shared_window)
            ++people;
    return people > limits.shared_users;
}

} // namespace

const device_past* retrospect::of(device_id one) const {
    if (devices == nullptr)
        return nullptr;
    const auto found = devices->find(one);
    return found == devices->end() ? nullptr : &found->second;
}

std::optional<contact_choice> present_choice(const decision& of, const device_past& past, wall_time now) {
    if (past.choice && past.choice->contact != of.subject->contact)
        return contact_choice{chooser::human, of.subject->contact, of.person, now};
    auto choice = past.choice;
    // Nobody was known to use the device when it was noticed: then whoever is found there first is who it was made for.
    if (choice && choice->person.empty())
        choice->person = of.person;
    return choice;
}

bool is_left_to_people(const decision& of, const device_past& past, manual_changes manual, wall_time now) {
    const auto choice = present_choice(of, past, now);
    return past.pinned || (choice && stands(*choice, of.person, manual));
}

std::optional<reason> why_leave_alone(const decision& wanted, const device_past* past, const policy& limits,
                                      wall_time now) {
    if (past != nullptr && is_left_to_people(wanted, *past, limits.manual, now))
        return reason::pinned;
    if (limits.skip_shared && is_shared(wanted, past, limits, now))
        return reason::shared_device;
    if (waits_for_stability(limits) && !is_stable(streak_now(wanted, past, limits, now), limits, now))
        return reason::unstable_user;
    return std::nullopt;
}

bool is_approved(const decision& wanted, const device_past* past) {
    return past != nullptr && past->approved && wanted.wants_change() &&
           past->approved->from == wanted.subject->contact && past->approved->to == wanted.found.front()->id;
}

past_news news_of(const decision& decided, const device_past* past, const policy& limits, wall_time now) {
    past_news news;
    news.device = decided.subject->id;
    if (past != nullptr)
        if (auto choice = present_choice(decided, *past, now); choice != past->choice)
            news.choice = std::move(choice);

    const auto known = past ? past->streak : std::nullopt;
    std::optional<contact_streak> streak;
    if (decided.wants_change() && waits_for_stability(limits))
        streak = streak_now(decided, past, limits, now);
    if (streak != known)
        news.streak = streak;

    if (decided.person.empty())
        return news;
    static const std::vector<device_person> nobody;
    const auto& people = past ? past->people : nobody;
    const auto seen = std::ranges::find(people, decided.person, &device_person::person);
    if (seen == people.end() || now - seen->last_seen >= person_precision)
        news.person = decided.person;
    return news;
}

} // namespace core
