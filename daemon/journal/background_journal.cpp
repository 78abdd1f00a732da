#include "daemon/journal/background_journal.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace contactd {

namespace asio = boost::asio;

namespace {

/// What could not be recorded waits for the disk to recover, up to so much. Of what is lost then, a decision is told
/// once more after the next start, and a write is still open.
constexpr std::size_t most_notes = 200'000;

/// Of forgetting, at a time: each takes up to half a second.
constexpr int most_steps = 10;

} // namespace

/// Belongs to the background while it is recorded, and outlives whoever waits for it.
struct background_journal::batch {
    std::vector<std::shared_ptr<asked>> intents;
    std::vector<journal_entry> notes;
    bool audit_is_new = false;
    std::expected<void, std::string> intended; ///< What became of the intents ...
    std::expected<void, std::string> noted;    ///< ... and of the rest.
};

background_journal::background_journal(parts with)
    : with_(std::move(with)), next_id_(with_.store.first_free_id().value), recorded_(with_.on) {}

asio::awaitable<std::expected<write_id, std::string>> background_journal::intend(std::string sweep,
                                                                                 device_outcome what) {
    const auto mine = std::make_shared<asked>();
    mine->what.id.value = next_id_++;
    mine->what.sweep = std::move(sweep);
    mine->what.when = with_.time.wall();
    mine->what.planned = std::move(what);
    intents_.push_back(mine);
    start_writing();
    while (!mine->answer)
        co_await recorded_.wait();
    if (!*mine->answer)
        co_return std::unexpected(mine->answer->error());
    co_return mine->what.id;
}

void background_journal::note(journal_entry what) {
    if (notes_.size() >= most_notes)
        return;
    notes_.push_back(std::move(what));
    ++noted_;
    start_writing();
}

void background_journal::sync_audit() {
    audit_is_new_ = true;
    ++noted_;
    start_writing();
}

asio::awaitable<std::expected<void, std::string>> background_journal::flush() {
    ++noted_; // Also when nothing is new: what failed before is tried again.
    const auto mine = noted_;
    start_writing();
    while (handled_ < mine)
        co_await recorded_.wait();
    co_return last_;
}

/// Looks something up in the background, when everything that was noted before is on the disk.
template <class T, class Look>
asio::awaitable<std::expected<T, std::string>> background_journal::look_up(Look look) {
    auto flushed = co_await flush();
    if (!flushed)
        co_return std::unexpected(std::move(flushed.error()));
    const auto mine = std::make_shared<std::expected<T, std::string>>();
    auto work = [mine, look = std::move(look), &store = with_.store] { *mine = look(store); };
    co_await with_.work.run(std::move(work));
    co_return std::move(*mine);
}

asio::awaitable<std::expected<std::vector<open_write>, std::string>>
background_journal::open_writes(std::string instance) {
    auto look = [instance = std::move(instance)](journal_store& store) { return store.open_writes(instance); };
    return look_up<std::vector<open_write>>(std::move(look));
}

asio::awaitable<std::expected<std::vector<core::seen_company>, std::string>>
background_journal::known_companies(std::string instance) {
    auto look = [instance = std::move(instance)](journal_store& store) { return store.known_companies(instance); };
    return look_up<std::vector<core::seen_company>>(std::move(look));
}

asio::awaitable<std::expected<instance_past, std::string>> background_journal::past(std::string instance,
                                                                                    core::wall_time people_since) {
    auto look = [instance = std::move(instance), people_since](journal_store& store) {
        return store.past(instance, people_since);
    };
    return look_up<instance_past>(std::move(look));
}

asio::awaitable<bool> background_journal::forget(core::wall_time before) {
    const auto more = std::make_shared<std::expected<bool, std::string>>(true);
    for (int steps = 0; *more && **more && steps < most_steps; ++steps) {
        auto some = [more, before, &store = with_.store] { *more = store.forget_some(before); };
        co_await with_.work.run(std::move(some));
    }
    if (!*more)
        with_.complain(more->error());
    co_return !*more || !**more;
}

void background_journal::start_writing() {
    if (std::exchange(writing_, true))
        return;
    autotask::spawn(with_.on, write());
}

asio::awaitable<void> background_journal::write() {
    while (handled_ < noted_ || !intents_.empty()) {
        const auto one = std::make_shared<batch>();
        one->intents.assign(intents_.begin(), intents_.end());
        intents_.clear();
        one->notes = std::exchange(notes_, {});
        one->audit_is_new = std::exchange(audit_is_new_, false);
        const auto noted = noted_;
        auto work = [one, with = &with_] { record(*one, *with); };
        co_await with_.work.run(std::move(work));
        for (const auto& intent : one->intents)
            intent->answer = one->intended;
        take_back(*one);
        last_ = one->noted;
        handled_ = noted;
        tell(one->intended ? one->noted : one->intended);
        recorded_.wake_all();
    }
    writing_ = false;
}

/// In the background. The audit log comes first: see journal::note().
void background_journal::record(batch& one, const parts& with) {
    if (one.audit_is_new || !one.notes.empty())
        one.noted = with.audit.sync();
    if (!one.noted)
        one.intended = one.noted;
    std::vector<journal_entry> all;
    if (one.noted)
        all = one.notes;
    if (one.intended && !one.intents.empty()) {
        if (auto full = with.no_space())
            one.intended = std::unexpected(std::move(*full));
        else
            for (const auto& intent : one.intents)
                all.emplace_back(intent->what);
    }
    if (all.empty())
        return;
    const auto recorded = with.store.record(all);
    if (recorded)
        return;
    if (one.noted)
        one.noted = recorded;
    if (one.intended)
        one.intended = recorded;
}

/// What was not recorded is tried again with what came meanwhile, in its order.
void background_journal::take_back(batch& one) {
    if (one.noted)
        return;
    audit_is_new_ = audit_is_new_ || one.audit_is_new;
    auto all = std::exchange(one.notes, {});
    std::ranges::move(notes_, std::back_inserter(all));
    notes_ = std::move(all);
}

void background_journal::tell(const std::expected<void, std::string>& how) {
    if (how.has_value() != complained_)
        return;
    complained_ = !how.has_value();
    if (how)
        with_.relieve("the journal is written again");
    else
        with_.complain(how.error() + "; no contact is written until that is mended");
}

} // namespace contactd
