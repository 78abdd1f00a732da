#include "daemon/sweep/instance_apply.hpp"

#include "core/fold.hpp"
#include "core/leave_alone.hpp"
#include "daemon/sweep/open_writes.hpp"
#include "daemon/sweep/preparation.hpp"
#include "daemon/sweep/recall.hpp"
#include "daemon/sweep/swept_companies.hpp"
#include "daemon/sweep/trouble.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace contactd {

namespace asio = boost::asio;

namespace {

/// As many as one read-back proves: what was looked at is written soon after, and looking costs two requests for a
/// hundred writes.
constexpr std::size_t looked_at_together = 100;

core::allowance allowance_of(std::int64_t most_changes) {
    return core::allowance(most_changes == 0 ? std::nullopt : std::optional(most_changes));
}

} // namespace

instance_apply::instance_apply(sweep_context& context, instance& subject, chosen_changes chosen,
                               const apply_terms& terms, const sink_factory& make_sink)
    : context_(context), subject_(subject), chosen_(std::move(chosen)), terms_(terms),
      session_(context.on, *subject.network, context.time, context.stop, subject.login, subject.reached, context.dice),
      news_(
          session_, subject.settings, context.listener,
          [this] {
              return work_left{progress_.companies - progress_.companies_done, time_left()};
          },
          [this](bool waiting) {
              progress_.waiting = waiting;
              show_progress();
          }),
      reader_(session_), sink_(make_sink(session_)),
      allowance_(allowance_of(subject.settings.policy.max_changes.value)), started_(context.time.now()) {}

asio::awaitable<void> instance_apply::run() {
    const auto& name = subject_.settings.name.value;
    context_.listener.instance_started(name);
    const bool ready = co_await prepare();
    if (ready)
        co_await apply_changes();
    reach_no_more();
    co_await sink_->finish();
    if (ready && error_.empty() && session_.ended())
        fail(*session_.ended()); // Perhaps only a write met it.
    finish_companies();

    finished_instance summary;
    summary.instance = name;
    for (const auto& [id, counts] : counts_)
        summary.counts.add(counts);
    progress_.requests = session_.requests();
    summary.final = progress_;
    summary.time = std::chrono::duration_cast<std::chrono::milliseconds>(context_.time.now() - started_);
    summary.interrupted = context_.stop.requested();
    summary.error = error_;
    summary.refused_for_slots = news_.refused_for_slots();
    context_.listener.instance_finished(summary);
}

asio::awaitable<bool> instance_apply::prepare() {
    const selection everything;
    selection_found found;
    std::optional<translation> labels;
    auto ready = co_await prepare_sweep(subject_.settings, subject_.clients, session_, everything, found, labels);
    if (!ready) {
        fail(std::move(ready.error()));
        co_return false;
    }
    if (!is_the_same_database())
        co_return false;
    tell_troubles(std::move(ready->troubles));
    rules_ = std::move(ready->rules);
    reader_.want(rules_->wanted(ready->companies));
    take_companies(std::move(ready->companies), ready->all);
    auto known = co_await find_out_open_writes(context_, subject_.settings, news_, reader_, *sink_);
    if (!known)
        fail(known.error());
    if (!known || context_.stop.requested())
        co_return false;
    auto name = subject_.settings.name.value;
    const std::chrono::seconds nobody_counts_people{0};
    auto past = co_await recall(context_, std::move(name), nobody_counts_people);
    if (!past)
        fail(make_trouble(subject_.settings, past.error()));
    else
        past_ = std::move(*past);
    co_return past.has_value();
}

/// Ids mean other things in another database: nothing would be safer than what looks the same there.
bool instance_apply::is_the_same_database() {
    const auto now = session_.zone().url.text();
    const bool same_zone = core::fold(now) == core::fold(chosen_.of.zone);
    if (same_zone && core::fold(subject_.login.username) == core::fold(chosen_.of.username))
        return true;
    fail(make_trouble(subject_.settings, "the plan was made at " + chosen_.of.zone + " as " + chosen_.of.username +
                                             ", and this instance is at " + now + " as " + subject_.login.username +
                                             ": it may be another Autotask database, so nothing is applied; make a new "
                                             "plan"));
    return false;
}

/// What concerns companies that the plan does not change is for a sweep to tell.
void instance_apply::tell_troubles(std::vector<trouble> met) {
    const auto is_ours = [this](const core::company& one) {
        return std::ranges::find(chosen_.changes, one.id, &device_outcome::company_id) != chosen_.changes.end();
    };
    for (const auto& one : met) {
        if (one.companies.empty() ? !one.only_a_warning : std::ranges::any_of(one.companies, is_ours))
            context_.listener.trouble_met(one);
        for (const auto& company : one.companies)
            left_out_[company.id] = one.message;
    }
}

/// The configuration of today is the operator's word: what it does not sweep is not written.
void instance_apply::take_companies(std::vector<core::company> swept, const std::vector<core::company>& all) {
    for (const auto& one : chosen_.changes) {
        if (companies_.contains(one.company_id) || left_out_.contains(one.company_id))
            continue;
        ++progress_.companies;
        const auto found = std::ranges::find(swept, one.company_id, &core::company::id);
        const auto passing = std::ranges::find(all, one.company_id, &core::company::id);
        if (found != swept.end()) {
            companies_[one.company_id] = *passing; // Which names its parent, whether or not a rule looks there.
            if (const auto most = (*rules_->of(one.company_id))->most_changes; most > 0)
                of_companies_.emplace(one.company_id, allowance_of(most));
        } else if (passing != all.end()) {
            const auto why = why_left_out(*passing, subject_.settings, subject_.clients);
            left_out_[one.company_id] =
                "its company is not swept: " + (why ? to_words(*why) : std::string("see above"));
        } else {
            left_out_[one.company_id] =
                "its company is not swept: it is inactive, gone, or does not pass company_filter";
        }
    }
}

asio::awaitable<void> instance_apply::apply_changes() {
    while (next_ < chosen_.changes.size()) {
        co_await sink_->ready_for_more(); // What was looked at is written before the next is looked at.
        if (context_.stop.requested() || session_.ended())
            co_return;
        const auto from = chosen_.changes.begin() + static_cast<std::ptrdiff_t>(next_);
        const auto size = std::min(looked_at_together, chosen_.changes.size() - next_);
        change_list some(from, from + static_cast<std::ptrdiff_t>(size));
        auto now = co_await read_now(some);
        if (!now)
            co_return fail(now.error());
        next_ += size;
        progress_.devices += static_cast<std::int64_t>(size);
        co_await apply_some(std::move(some), *now);
        show_progress();
    }
}

asio::awaitable<autotask::result<instance_apply::rows_now>> instance_apply::read_now(const change_list& some) {
    rows_now now;
    std::vector<core::device_id> devices;
    std::vector<core::contact_id> contacts;
    for (const auto& one : some)
        if (companies_.contains(one.company_id)) {
            devices.push_back(one.device_id);
            contacts.push_back(*one.contact_id);
        }
    std::ranges::sort(contacts);
    contacts.erase(std::ranges::unique(contacts).begin(), contacts.end());
    const row_question<core::device> ask_devices = [this](std::vector<core::device_id> ids) {
        return reader_.look_up_devices(std::move(ids));
    };
    const row_question<core::contact> ask_contacts = [this](std::vector<core::contact_id> ids) {
        return reader_.look_up_contacts(std::move(ids));
    };
    // The devices last, because it is their state that a human or the RMM changes all the time.
    auto done = co_await look_up(contacts, ask_contacts, "contact", now.contacts);
    if (done)
        done = co_await look_up(devices, ask_devices, "configuration item", now.devices);
    if (!done)
        co_return std::unexpected(std::move(done.error()));
    co_return now;
}

bool instance_apply::is_left_to_people(const device_outcome& planned, const core::device& now) const {
    const auto past = past_.devices.find(planned.device_id);
    if (past == past_.devices.end())
        return false;
    core::decision present;
    present.subject = &now;
    present.person = core::person_key(planned.account);
    const auto manual = (*rules_->of(planned.company_id))->policy.manual;
    return core::is_left_to_people(present, past->second, manual, context_.time.wall());
}

change_verdict instance_apply::judge(const device_outcome& planned, const rows_now& now) const {
    if (const auto why = left_out_.find(planned.company_id); why != left_out_.end())
        return {change_standing::left_out, why->second};
    if (const auto* why = now.devices.why_not(planned.device_id))
        return {change_standing::not_reached, *why};
    present_rows rows{now.devices.find(planned.device_id), now.contacts.find(*planned.contact_id),
                      companies_.at(planned.company_id).parent};
    const auto* const unread = now.contacts.why_not(*planned.contact_id);
    auto verdict = compare_with_now(planned, rows);
    if (unread && verdict.how != change_standing::done_already)
        return {change_standing::not_reached, *unread};
    if (verdict.how != change_standing::holds)
        return verdict;
    if (is_left_to_people(planned, *rows.device))
        return {change_standing::left_out, "a person pinned or chose its contact, as \"contactd pins list\" shows"};
    if (auto why = why_unwanted(planned, *rows.device, **rules_->of(planned.company_id), terms_.dry_run))
        return {change_standing::left_out, std::move(*why)};
    return verdict;
}

asio::awaitable<void> instance_apply::apply_some(change_list some, const rows_now& now) {
    for (auto& one : some) {
        auto verdict = judge(one, now);
        if (verdict.how != change_standing::holds) {
            unmade(std::move(one), std::move(verdict));
            continue;
        }
        std::vector<core::allowance*> allowances{&allowance_, &context_.command_allowance};
        if (const auto of_company = of_companies_.find(one.company_id); of_company != of_companies_.end())
            allowances.push_back(&of_company->second);
        if (std::ranges::any_of(allowances, &core::allowance::spent)) {
            unmade(std::move(one), {change_standing::beyond_limit, "the limit of changes is reached"});
            continue;
        }
        for (auto* each : allowances)
            each->take();
        change on_its_way;
        on_its_way.planned = std::move(one);
        on_its_way.settled = [this](const device_outcome& how) { settled(how); };
        co_await sink_->submit(std::move(on_its_way));
    }
}

void instance_apply::unmade(device_outcome planned, change_verdict verdict) {
    if (verdict.how == change_standing::done_already) {
        auto in_sync = planned;
        in_sync.what = core::event::in_sync;
        counts_[planned.company_id].add(in_sync.what, std::nullopt);
        context_.listener.device_decided(in_sync);
    }
    terms_.unmade({std::move(planned), std::move(verdict)});
}

/// What was not looked at, because it was stopped or the instance cannot be reached.
void instance_apply::reach_no_more() {
    for (; next_ < chosen_.changes.size(); ++next_)
        unmade(chosen_.changes[next_],
               {change_standing::not_reached, error_.empty() ? std::string("it was not looked at") : error_});
}

void instance_apply::settled(const device_outcome& outcome) {
    // A stop came before it was begun: nothing has failed, and the plan can be applied again.
    if (context_.stop.requested() && outcome.why == core::reason::cancelled && !outcome.write) {
        auto planned = outcome;
        planned.what = outcome.previous_contact_id ? core::event::would_reassign : core::event::would_assign;
        planned.why.reset();
        planned.error.clear();
        return unmade(std::move(planned), {change_standing::not_reached, "it was not begun"});
    }
    ++progress_.changes;
    counts_[outcome.company_id].add(outcome.what, outcome.why);
    context_.listener.device_decided(outcome);
    show_progress();
}

/// At the end, because the changes of one company are settled in no order.
void instance_apply::finish_companies() {
    for (const auto& [id, counts] : counts_) {
        finished_company done;
        done.instance = subject_.settings.name.value;
        done.company_id = id;
        const auto of_plan = std::ranges::find(chosen_.changes, id, &device_outcome::company_id);
        const auto now = companies_.find(id);
        done.company = now == companies_.end() ? of_plan->company : now->second.name;
        done.counts = counts;
        ++progress_.companies_done;
        context_.listener.company_finished(done);
    }
}

void instance_apply::fail(const autotask::error& failure) {
    if (failure.kind != autotask::error_kind::cancelled) // Whoever stopped it knows.
        fail(make_trouble(subject_.settings, session_.ended() ? *session_.ended() : failure));
}

void instance_apply::fail(trouble what) {
    if (what.kind == autotask::error_kind::cancelled)
        return;
    error_ = what.message;
    context_.listener.trouble_met(what);
}

/// From what was done so far: as long again for each change that is left.
std::optional<std::chrono::milliseconds> instance_apply::time_left() const {
    if (progress_.changes == 0)
        return std::nullopt;
    const auto left = static_cast<double>(chosen_.changes.size()) - static_cast<double>(progress_.devices);
    return std::chrono::duration_cast<std::chrono::milliseconds>((context_.time.now() - started_) * left /
                                                                 static_cast<double>(progress_.changes));
}

void instance_apply::show_progress() {
    progress_.requests = session_.requests();
    progress_.left = time_left();
    context_.listener.progressed(subject_.settings.name.value, progress_);
}

} // namespace contactd
