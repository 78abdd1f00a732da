#include "daemon/sweep/instance_sweep_work.hpp"
#include "daemon/sweep/recall.hpp"
#include "daemon/sweep/trouble.hpp"

#include <utility>

// What a sweep knows of the time before it, and what it leaves to the next one.

namespace contactd {

namespace asio = boost::asio;

asio::awaitable<void> instance_sweep::recall() {
    auto name = subject_.settings.name.value;
    auto past = co_await contactd::recall(context_, std::move(name), rules_->longest_shared_window());
    if (past) {
        past_ = std::move(*past);
        // A company of which only one device is decided is neither held nor released.
        keeps_records_ = context_.records != nullptr && !context_.chosen.device;
        co_return;
    }
    context_.listener.trouble_met(make_trouble(subject_.settings, past.error()));
    sink_->forbid_writes(past.error());
    knows_the_past_ = false;
}

core::retrospect instance_sweep::looking_back() const {
    return core::retrospect{&past_.devices, context_.time.wall()};
}

void instance_sweep::learn(const core::company_plan& plan) {
    if (context_.records == nullptr || !knows_the_past_)
        return;
    const auto past = looking_back();
    learned_devices learned;
    learned.when = past.now;
    learned.instance = subject_.settings.name.value;
    const auto& limits = rules_of(*plan.subject).policy;
    for (const auto& one : plan.decisions)
        if (auto news = core::news_of(one, past.of(one.subject->id), limits, past.now); news.any())
            learned.news.push_back(std::move(news));
    for (const auto& one : plan.decisions)
        if (const auto* known = past.of(one.subject->id); known && known->streak)
            streaks_met_.insert(one.subject->id);
    if (!learned.news.empty())
        context_.records->journal().note(std::move(learned));
}

void instance_sweep::tell_held(const core::snapshot& company, const core::company_plan& plan) {
    held_company held{
        subject_.settings.name.value, company.company.id, company.company.name, plan.brake, keeps_records_, {}};
    for (const auto& one : plan.decisions)
        if (one.why == core::reason::held)
            held.changes.push_back(make_outcome(held.instance, company, one));
    context_.listener.company_held(held);
}

/// What a person let go and could not be made stays let go.
void instance_sweep::end_hold(const company_in_work& company) {
    const bool was_held = past_.held.contains(company.summary.company_id);
    if (keeps_records_ && was_held && !company.held && company.approved.empty())
        context_.records->journal().note(released_company{company.summary.instance, company.summary.company_id});
}

/// After a sweep that reached everything it is known what it did not meet: devices whose streak has ended, because they
/// have no last user or nobody looks at them, and held companies that are not swept any more.
void instance_sweep::end_what_was_not_met() {
    const bool reached_all = decided_.size() == static_cast<std::size_t>(progress_.companies);
    if (!keeps_records_ || !reached_all || abandoned_ || context_.stop.requested() ||
        !context_.chosen.companies.empty())
        return;
    learned_devices learned;
    learned.when = context_.time.wall();
    learned.instance = subject_.settings.name.value;
    for (const auto& [device, known] : past_.devices)
        if (known.streak && !streaks_met_.contains(device)) {
            auto& news = learned.news.emplace_back();
            news.device = device;
            news.streak.emplace();
        }
    if (!learned.news.empty())
        context_.records->journal().note(std::move(learned));
    for (const auto company : past_.held)
        if (!decided_.contains(company))
            context_.records->journal().note(released_company{subject_.settings.name.value, company});
}

} // namespace contactd
