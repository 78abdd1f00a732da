#include "daemon/sweep/instance_sweep_work.hpp"
#include "daemon/sweep/parked_words.hpp"
#include "daemon/sweep/preparation.hpp"
#include "daemon/sweep/trouble.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace contactd {

namespace asio = boost::asio;

namespace {

/// Chunks under way at a time. Each asks for devices and contacts page after page, so that three of them fill the three
/// slots of both entities; one more keeps them full while a chunk decides and writes.
constexpr int chunks_at_a_time = 4;

/// 0 is no limit.
core::allowance allowance_of(std::int64_t most_changes) {
    return core::allowance(most_changes == 0 ? std::nullopt : std::optional(most_changes));
}

/// How many contacts came along that belong to none of the companies, but to a parent of theirs.
std::size_t rows_of_parents(const chunk_rows& read) {
    std::unordered_set<core::company_id> own;
    for (const auto& one : read.companies)
        own.insert(one.id);
    return static_cast<std::size_t>(std::ranges::count_if(
        read.contacts.good, [&own](const core::contact& one) { return !own.contains(one.company); }));
}

bool has_changes(const core::company_plan& plan) {
    return std::ranges::any_of(plan.decisions, &core::decision::is_change);
}

} // namespace

instance_sweep::instance_sweep(sweep_context& context, instance& subject, const sink_factory& make_sink)
    : context_(context), subject_(subject),
      session_(context.on, *subject.network, context.time, context.stop, subject.login, subject.reached, context.dice),
      news_(
          session_, subject.settings, context.listener,
          [this] {
              return work_left{companies_left(), time_left()};
          },
          [this](bool waiting) {
              progress_.waiting = waiting;
              show_progress();
          }),
      reader_(session_),
      chunks_(context.on, reader_, subject.memory.get(),
              [this](const autotask::error& failure) { return abandoned_ || ends_the_sweep(failure); }),
      sink_(make_sink(session_)), allowance_(allowance_of(subject.settings.policy.max_changes.value)),
      dry_allowance_(allowance_), turn_changed_(context.on), started_(context.time.now()) {}

asio::awaitable<void> instance_sweep::run() {
    const auto& name = subject_.settings.name.value;
    context_.listener.instance_started(name);
    ++subject_.sweeps;
    if (subject_.memory)
        subject_.memory->plan(moment());
    if (!reads_in_part())
        subject_.labels.reset();
    else if (subject_.zone)
        session_.expect_zone(*subject_.zone);

    const bool ready = co_await prepare();
    if (ready)
        co_await sweep_companies();
    co_await sink_->finish();
    if (ready && session_.ended())
        fail(*session_.ended(), {}); // Perhaps only a write met it.
    if (ready && !abandoned_)
        subject_.pause.swept();
    if (ready)
        judge_companies();
    if (ready)
        end_what_was_not_met();
    if (ready && subject_.memory)
        co_await end_memory();
    // A zone without companies may be one that was moved away from.
    const bool is_at_home = ready && session_.accepted() && progress_.companies > 0;
    subject_.zone = is_at_home ? std::optional(session_.zone()) : std::nullopt;

    finished_instance summary;
    summary.instance = name;
    summary.counts = counts_;
    progress_.requests = session_.requests();
    summary.final = progress_;
    summary.companies_not_reached = progress_.companies - static_cast<std::int64_t>(decided_.size());
    summary.time = std::chrono::duration_cast<std::chrono::milliseconds>(context_.time.now() - started_);
    summary.interrupted = context_.stop.requested();
    summary.error = error_;
    summary.refused_for_slots = news_.refused_for_slots();
    summary.remembers = ready && subject_.memory;
    summary.devices_in_part = ready && subject_.memory && subject_.memory->devices.in_part();
    summary.contacts_in_part = ready && subject_.memory && subject_.memory->contacts.in_part();
    context_.listener.instance_finished(summary);
}

asio::awaitable<bool> instance_sweep::prepare() {
    auto ready = co_await prepare_sweep(subject_.settings, subject_.clients, session_, context_.chosen, context_.found,
                                        subject_.labels);
    if (!ready) {
        pause_after(ready.error().kind, ready.error().message);
        error_ = ready.error().message;
        if (ready.error().kind != autotask::error_kind::cancelled) // Whoever stopped the sweep knows.
            context_.listener.trouble_met(ready.error());
        co_return false;
    }
    for (const auto& one : ready->troubles)
        context_.listener.trouble_met(one);
    rules_ = std::move(ready->rules);
    reader_.want(rules_->wanted(ready->companies));
    companies_ = std::move(ready->companies);
    co_await tell_company_news(std::move(ready->all));
    progress_.companies = static_cast<std::int64_t>(companies_.size());
    const bool all_known = co_await find_out_earlier_writes();
    if (!all_known)
        co_return false;
    co_await recall();
    if (subject_.memory)
        co_await begin_memory();
    leave_parked_companies();
    co_return true;
}

void instance_sweep::leave_parked_companies() {
    const auto& lot = subject_.parked_companies;
    const auto costs_nothing = [this](core::company_id id) { return subject_.memory && subject_.memory->recalls(id); };
    auto order = order_companies(std::move(companies_), subject_.unreached, lot, moment(), costs_nothing);
    companies_ = std::move(order.queue);
    one_by_one_from_ = order.one_by_one_from;
    for (auto& one : order.parked) {
        const auto& why = *lot.find(one.id);
        auto what = make_trouble(subject_.settings, "parked: " + parked_words(why.words, why.pause, subject_.sweeps));
        what.companies.push_back(std::move(one));
        context_.listener.trouble_met(what);
    }
}

/// What the next sweep has to know of the companies of this one.
void instance_sweep::judge_companies() {
    for (const auto& one : chunks_.judge().suspects())
        if (chunks_.judge().any_answer() || subject_.parked_companies.find(one.company))
            subject_.parked_companies.refuse(one.company, {}, one.words, moment());
    subject_.unreached.clear();
    for (const auto& one : companies_)
        if (!decided_.contains(one.id) && subject_.unreached.size() < most_unreached)
            subject_.unreached.insert(one.id);
}

asio::awaitable<void> instance_sweep::sweep_companies() {
    autotask::task_group side_by_side(context_.on);
    if (!context_.chosen.device)
        side_by_side.start(count_devices_without_user());
    for (int i = 0; i < chunks_at_a_time; ++i)
        side_by_side.start(work_on_chunks());
    co_await side_by_side.join();
    co_await sweep_failed_chunks();
    co_await confirm_changes();
    co_await read_doubtful();
    co_await sweep_failed_chunks(); // Of the doubtful ones.
}

instance_sweep::company_list instance_sweep::next_chunk() {
    const bool one_by_one = next_company_ >= one_by_one_from_;
    const auto size = one_by_one ? 1 : std::min(subject_.chunks.next(), one_by_one_from_ - next_company_);
    auto chunk = chunk_reader::some_of(companies_, next_company_, size, reader_.wanted().most_companies());
    next_company_ += chunk.size();
    return chunk;
}

asio::awaitable<void> instance_sweep::work_on_chunks() {
    while (true) {
        co_await sink_->ready_for_more();
        if (next_company_ >= companies_.size() || abandoned_ || context_.stop.requested())
            co_return;
        auto chunk = next_chunk();
        const auto turn = next_turn_++;
        co_await sweep_chunk(std::move(chunk), turn);
        turn_ = std::max(turn_, turn + 1);
        turn_changed_.wake_all();
    }
}

asio::awaitable<void> instance_sweep::sweep_chunk(company_list chunk, std::size_t turn) {
    const bool costs_requests = std::ranges::any_of(
        chunk, [this](const core::company& one) { return !subject_.memory || !subject_.memory->recalls(one.id); });
    if (costs_requests) // What was begun comes first.
        co_await confirm_changes();
    auto rows = co_await chunks_.read(std::move(chunk));
    show_progress();

    // With a limit on the changes it matters who comes first: the order of the companies, not that of the replies.
    while ((allowance_.limited() || context_.command_allowance.limited()) && turn_ < turn)
        co_await turn_changed_.wait();
    if (rows)
        co_await sweep_rows(std::move(*rows));
    else if (ends_the_sweep(rows.error().why))
        fail(rows.error().why, std::move(rows.error().companies));
    else
        failed_chunks_.push_back(std::move(rows.error()));
}

/// Only now it is known whether others were answered, so that it is worth while to look for the company that was not.
asio::awaitable<void> instance_sweep::sweep_failed_chunks() {
    auto failed = std::exchange(failed_chunks_, {});
    for (auto& chunk : failed) {
        co_await sink_->ready_for_more();
        auto parts = co_await chunks_.read_parts(std::move(chunk));
        for (auto& one : parts.read)
            co_await sweep_rows(std::move(one));
        for (auto& one : parts.failed)
            fail(one.why, std::move(one.companies));
    }
}

asio::awaitable<void> instance_sweep::sweep_rows(chunk_rows read) {
    const auto of_parents = rows_of_parents(read);
    subject_.chunks.learn(read.companies.size(),
                          std::max(read.devices.good.size(), read.contacts.good.size() - of_parents));
    progress_.devices += static_cast<std::int64_t>(read.devices.good.size());

    auto rows = assemble(read.companies, std::move(read.devices), std::move(read.contacts));
    for (auto& one : rows.ignored)
        warn(std::move(one));
    for (auto& one : rows.unread_devices)
        context_.listener.trouble_met(make_trouble(subject_.settings, std::move(one)));
    for (auto& one : rows.unreadable) {
        auto what =
            make_trouble(subject_.settings, "the reply holds " + one.what + ", so that a match could not be trusted");
        what.companies.push_back(std::move(one.company));
        context_.listener.trouble_met(what);
    }
    for (auto& company : rows.complete) {
        company.aliases = rules_->aliases(company.company.id);
        auto plan = plan_for(company);
        if (read.remembered.contains(company.company.id) && has_changes(plan) &&
            !allowances_for(company.company).of_instance.spent())
            unconfirmed_.push_back({std::move(company), &rules_of(company.company).match, changes_of(plan)});
        else
            co_await carry_out(company, std::move(plan));
    }
    std::size_t changes = 0;
    for (const auto& one : unconfirmed_)
        changes += one.changes.size();
    // With a limit on the changes, these companies come before those of the next chunk.
    if (changes >= confirmed_at_a_time || allowance_.limited())
        co_await confirm_changes();
}

/// Those of a company that is swept: they have been found usable.
const company_rules& instance_sweep::rules_of(const core::company& company) const {
    return **rules_->of(company.id);
}

instance_sweep::allowances instance_sweep::allowances_for(const core::company& company) {
    if (rules_of(company).dry_run)
        return {dry_allowance_, context_.dry_command_allowance};
    return {allowance_, context_.command_allowance};
}

core::company_plan instance_sweep::plan_for(const core::snapshot& company) {
    const auto& rules = rules_of(company.company);
    auto plan = core::make_plan(company, rules.match, rules.policy, looking_back());
    if (context_.chosen.device) {
        std::erase_if(plan.decisions,
                      [this](const core::decision& one) { return one.subject->id != context_.chosen.device; });
        context_.found.device = context_.found.device || !plan.decisions.empty();
    }
    core::leave_parked(plan, subject_.parked_devices, moment());
    return plan;
}

asio::awaitable<void> instance_sweep::carry_out(const core::snapshot& company, core::company_plan plan) {
    decided_.insert(company.company.id);
    subject_.parked_companies.forget(company.company.id);
    const auto& rules = rules_of(company.company);
    auto of_company = allowance_of(rules.most_changes);
    const auto shared = allowances_for(company.company);
    learn(plan);
    core::limit_changes(plan, std::array{&of_company, &shared.of_instance, &shared.of_command});

    const auto work = std::make_shared<company_in_work>();
    work->summary.instance = subject_.settings.name.value;
    work->summary.company_id = company.company.id;
    work->summary.company = company.company.name;
    work->summary.unreadable_contacts = plan.unreadable_contacts;
    work->held = plan.held;
    if (plan.held)
        tell_held(company, plan);
    for (const auto& one : plan.decisions) {
        auto outcome = make_outcome(work->summary.instance, company, one);
        if (one.why == core::reason::parked)
            if (const auto* parked = subject_.parked_devices.find(outcome.device_id)) // Not pushed out meanwhile.
                outcome.error = parked_words(parked->words, parked->pause, subject_.sweeps);
        const bool is_to_come =
            one.is_change() || one.why == core::reason::limit_reached || one.why == core::reason::parked;
        if (is_to_come && core::is_approved(one, looking_back().of(outcome.device_id)))
            work->approved.insert(outcome.device_id);
        if (!one.is_change()) {
            work->summary.counts.add(outcome.what, outcome.why);
            context_.listener.device_decided(outcome);
            continue;
        }
        ++work->open_changes;
        change on_its_way;
        on_its_way.planned = std::move(outcome);
        on_its_way.settled = [this, work](const device_outcome& how) { settled(work, how); };
        if (rules.dry_run)
            on_its_way.settled(on_its_way.planned);
        else
            co_await sink_->submit(std::move(on_its_way));
    }
    work->all_submitted = true;
    close(work);
}

void instance_sweep::settled(const std::shared_ptr<company_in_work>& company, const device_outcome& outcome) {
    --company->open_changes;
    ++progress_.changes;
    company->summary.counts.add(outcome.what, outcome.why);
    if (outcome.what == core::event::assigned || outcome.what == core::event::reassigned)
        company->approved.erase(outcome.device_id);
    park_or_release(outcome);
    remember(outcome);
    context_.listener.device_decided(outcome);
    show_progress();
    close(company);
}

void instance_sweep::park_or_release(const device_outcome& outcome) {
    if (outcome.refused)
        subject_.parked_devices.refuse(outcome.device_id, *outcome.contact_id, outcome.error, moment());
    else if (outcome.what == core::event::assigned || outcome.what == core::event::reassigned)
        subject_.parked_devices.forget(outcome.device_id);
}

core::sweep_moment instance_sweep::moment() const {
    return core::sweep_moment{subject_.sweeps, context_.time.wall()};
}

void instance_sweep::close(const std::shared_ptr<company_in_work>& company) {
    if (!company->all_submitted || company->open_changes > 0)
        return;
    counts_.add(company->summary.counts);
    ++progress_.companies_done;
    end_hold(*company);
    context_.listener.company_finished(company->summary);
    show_progress();
}

/// Devices without a last user are not worth reading, but worth knowing of.
asio::awaitable<void> instance_sweep::count_devices_without_user() {
    for (const auto& group : rules_->by_kind(companies_)) {
        for (std::size_t from = 0; from < group.companies.size(); from += autotask::longest_list) {
            if (abandoned_ || context_.stop.requested())
                co_return;
            const auto to = std::min(from + autotask::longest_list, group.companies.size());
            std::vector<core::company_id> some(group.companies.begin() + static_cast<std::ptrdiff_t>(from),
                                               group.companies.begin() + static_cast<std::ptrdiff_t>(to));
            const auto count = co_await reader_.count_without_last_user(std::move(some), group.types, group.categories);
            if (count) {
                counts_.add(core::event::skipped, core::reason::no_last_user, *count);
                continue;
            }
            // Without the number nothing is left undone; what speaks of more than this question ends the sweep.
            if (ends_the_sweep(count.error()))
                fail(count.error(), {});
            else
                warn(count.error().message());
            co_return;
        }
    }
}

} // namespace contactd
