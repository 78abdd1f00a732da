#include "daemon/memory/refresh.hpp"
#include "daemon/sweep/instance_sweep.hpp"

#include <algorithm>
#include <utility>

// What a sweep of the daemon does with the rows that it remembers, and which changes it therefore asks about once more.

namespace contactd {

namespace asio = boost::asio;

bool instance_sweep::reads_in_part() const {
    return subject_.memory && subject_.memory->in_part();
}

asio::awaitable<void> instance_sweep::begin_memory() {
    auto& memory = *subject_.memory;
    memory.want(reader_.wanted());
    const auto now = session_.server_time();
    auto people_of = companies_;
    for (const auto& one : companies_)
        if (one.parent)
            people_of.emplace_back().id = *one.parent;
    memory.devices.begin(now, companies_, [&memory](const core::device& one) { return memory.wanted.wants(one); });
    memory.contacts.begin(now, people_of, [&memory](const core::contact& one) { return memory.wanted.wants(one); });
    const question_listener listener{
        [this] { chunks_.answered(); },
        [this](const autotask::error& failure) { miss_memory(failure, "what it is about is read in full instead"); }};
    co_await refresh(memory, context_.on, reader_, listener);
}

/// A question that only saves others has failed. Without an answer there is another way, unless the failure concerns
/// that as well.
void instance_sweep::miss_memory(const autotask::error& failure, std::string_view instead) {
    if (concerns_everything(failure))
        fail(failure, {});
    else
        warn(failure.message() + "; " + std::string(instead));
}

asio::awaitable<void> instance_sweep::end_memory() {
    auto& memory = *subject_.memory;
    const question_listener listener{
        [] {}, [this](const autotask::error& failure) { miss_memory(failure, "nothing is left out because of it"); }};
    if (!abandoned_ && !session_.ended() && !context_.stop.requested())
        co_await look_after_vanished(memory, reader_, listener);
    const auto tell = [this](std::string table, const std::optional<shortcut_turned>& how) {
        if (how)
            context_.listener.shortcut_turned({subject_.settings.name.value, std::move(table), *how});
    };
    tell("configuration items", memory.devices.end());
    tell("contacts", memory.contacts.end());
}

/// What follows from remembered rows is written only after asking once more, for many companies at a time.
asio::awaitable<void> instance_sweep::confirm_changes() {
    const auto waiting = std::exchange(unconfirmed_, {});
    if (waiting.empty())
        co_return;
    const auto confirmed = co_await confirm(waiting, *subject_.memory, reader_);
    if (confirmed)
        chunks_.answered();
    else
        miss_confirmation(confirmed.error());
    for (std::size_t i = 0; i < waiting.size(); ++i) {
        const auto& company = waiting[i].rows;
        const bool good = confirmed && (*confirmed)[i];
        auto plan = plan_for(company);
        // Time has passed: a pause may be over, and a change be due that was not asked about.
        if (good && changes_of(plan) == waiting[i].changes)
            co_await carry_out(company, std::move(plan));
        else
            doubtful_.push_back(company.company);
    }
}

/// The next sweeps read everything: they would have the same changes to confirm.
void instance_sweep::miss_confirmation(const autotask::error& failure) {
    subject_.memory->devices.read_all_next();
    subject_.memory->contacts.read_all_next();
    miss_memory(failure, "the companies are read in full instead");
}

/// Companies whose changes were not confirmed are read like those of which nothing is known.
asio::awaitable<void> instance_sweep::read_doubtful() {
    const auto all = std::exchange(doubtful_, {});
    for (const auto& one : all) {
        subject_.memory->devices.doubt(one.id);
        subject_.memory->contacts.doubt(one.id);
        if (one.parent)
            subject_.memory->contacts.doubt(*one.parent);
    }
    for (std::size_t from = 0, size = 0; from < all.size(); from += size) {
        co_await sink_->ready_for_more();
        if (abandoned_ || context_.stop.requested())
            co_return;
        auto chunk = chunk_reader::some_of(all, from, subject_.chunks.next(), reader_.wanted().most_companies());
        size = chunk.size();
        co_await sweep_chunk(std::move(chunk), next_turn_);
    }
}

/// What was written and proved is known; what became of a write that failed may not be.
void instance_sweep::remember(const device_outcome& outcome) {
    if (!subject_.memory)
        return;
    auto& devices = subject_.memory->devices;
    const bool was_not_sent = outcome.why == core::reason::permission_denied || outcome.why == core::reason::cancelled;
    if (outcome.what == core::event::assigned || outcome.what == core::event::reassigned)
        devices.wrote(outcome.company_id, outcome.device_id,
                      [contact = outcome.contact_id](core::device& one) { one.contact = contact; });
    else if (outcome.what == core::event::failed && !was_not_sent)
        devices.lost_track(outcome.company_id);
}

} // namespace contactd
