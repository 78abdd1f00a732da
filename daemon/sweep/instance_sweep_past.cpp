#include "daemon/sweep/instance_sweep_work.hpp"
#include "daemon/sweep/recall.hpp"

#include <utility>

// What a sweep knows of the time before it, and what it leaves to the next one.

namespace contactd {

namespace asio = boost::asio;

asio::awaitable<void> instance_sweep::recall() {
    auto name = subject_.settings.name.value;
    auto past = co_await contactd::recall(context_, std::move(name), rules_->longest_shared_window());
    if (past) {
        past_ = std::move(*past);
        co_return;
    }
    warn(past.error());
    sink_->forbid_writes(past.error());
}

core::retrospect instance_sweep::looking_back() const {
    return core::retrospect{&past_.devices, context_.time.wall()};
}

void instance_sweep::learn(const core::company_plan& plan) {
    if (context_.records == nullptr)
        return;
    const auto past = looking_back();
    learned_devices learned;
    learned.when = past.now;
    learned.instance = subject_.settings.name.value;
    const auto& limits = rules_of(*plan.subject).policy;
    for (const auto& one : plan.decisions)
        if (auto news = core::news_of(one, past.of(one.subject->id), limits, past.now); news.any())
            learned.news.push_back(std::move(news));
    if (!learned.news.empty())
        context_.records->journal().note(std::move(learned));
}

void instance_sweep::tell_held(const core::snapshot& company, const core::company_plan& plan) {
    held_company held{subject_.settings.name.value, company.company.id, company.company.name, plan.brake, {}};
    for (const auto& one : plan.decisions)
        if (one.why == core::reason::held)
            held.changes.push_back(make_outcome(held.instance, company, one));
    context_.listener.company_held(held);
}

/// What a person let go and could not be made stays let go.
void instance_sweep::end_hold(const company_in_work& company) {
    const bool was_held = past_.held.contains(company.summary.company_id);
    if (context_.records != nullptr && was_held && !company.held && company.approved.empty())
        context_.records->journal().note(released_company{company.summary.instance, company.summary.company_id});
}

} // namespace contactd
