#include "daemon/sweep/write_queue.hpp"

#include <algorithm>

namespace contactd {

namespace asio = boost::asio;

namespace {

/// As many as the slots the gate has for one entity.
constexpr int workers = 3;
/// Enough for the workers never to starve; more would only take memory.
constexpr std::size_t most_waiting = 500;
/// With so many waiting the workers stay busy while the next companies are read.
constexpr std::size_t enough_to_go_on = 60;
/// One read-back for so many writes: a hundredth of the requests, and little to look at again after a crash.
constexpr std::size_t proof_batch = 100;
/// After so many refusals in a row the API user plainly may not write; the rest is not worth asking.
constexpr int denials_that_settle_it = 3;
/// How often one write is sent whose answer is lost each time: a single device must not hold up the end.
constexpr int most_sends = 6;

constexpr const char* unreadable = "the read-back holds a row that cannot be read";
constexpr const char* unrecorded = "the audit log cannot be written, so nothing is";

core::reason reason_of(autotask::error_kind kind) {
    switch (kind) {
    case autotask::error_kind::permission:
        return core::reason::permission_denied;
    case autotask::error_kind::cancelled:
        return core::reason::cancelled;
    default:
        return core::reason::api_error;
    }
}

bool is_an_answer(const autotask::error& failure) {
    const bool in_unknown_form = failure.maybe_done && failure.kind != autotask::error_kind::network;
    return in_unknown_form || failure.kind == autotask::error_kind::business;
}

} // namespace

write_queue::write_queue(const asio::any_io_executor& on, autotask::session& session, autotask::stop_signal& stop,
                         sweep_recorder& records)
    : session_(session), writer_(session), reader_(session), stop_(stop), records_(records), changed_(on),
      workers_(on) {
    for (int i = 0; i < workers; ++i)
        workers_.start(work());
}

asio::awaitable<void> write_queue::submit(change one) {
    while (waiting_.size() >= most_waiting)
        co_await changed_.wait();
    waiting_.push_back(std::move(one));
    session_.limits().allowance.expect_writes(1);
    changed_.wake_all();
}

asio::awaitable<void> write_queue::ready_for_more() {
    while (waiting_.size() >= enough_to_go_on)
        co_await changed_.wait();
}

asio::awaitable<void> write_queue::finish() {
    closed_ = true;
    changed_.wake_all();
    co_await workers_.join();
    while (!unproved_.empty())
        co_await prove();
}

asio::awaitable<void> write_queue::work() {
    while (true) {
        while (waiting_.empty() && !closed_)
            co_await changed_.wait();
        if (waiting_.empty())
            co_return;
        auto next = std::move(waiting_.front());
        waiting_.pop_front();
        changed_.wake_all();
        co_await write(std::move(next));
        session_.limits().allowance.expect_writes(-1);
        // When nothing more is written, what was written is told before what was not.
        if (unproved_.size() >= proof_batch || (given_up_ && !unproved_.empty()))
            co_await prove();
    }
}

asio::awaitable<void> write_queue::write(change one) {
    for (int sends = 1; !must_not_be_sent(one); ++sends) {
        autotask::precondition recorded = [this, &one] { return record(one.planned); };
        auto done = co_await writer_.set_contact(one.planned.device_id, *one.planned.contact_id, std::move(recorded));
        // A refusal needs a proof like a success: the server may have stored the value before something behind it
        // failed. And an answer in a form nobody knows is an answer all the same: there is no outage to wait out.
        if (done || is_an_answer(done.error())) {
            outage_ = {};
            denials_in_a_row_ = 0;
            written sent{std::move(one), std::nullopt};
            if (!done)
                sent.doubt = std::move(done.error());
            unproved_.push_back(std::move(sent));
            co_return;
        }
        if (!done.error().maybe_done) {
            refused(one, done.error());
            co_return;
        }
        const auto doubt = std::move(done.error());
        const bool not_stored = co_await resolve(one, doubt);
        if (!not_stored)
            co_return;
        one.planned.in_doubt = true; // It may still arrive, whatever becomes of the next one.
        if (sends == most_sends)
            co_return settle(one, core::reason::api_error, doubt.message());
    }
}

/// What is about to be sent is on the disk before it leaves, and when it left the last time.
asio::awaitable<std::expected<void, std::string>> write_queue::record(device_outcome& planned) {
    if (records_.broken())
        co_return std::unexpected(std::string(unrecorded));
    if (planned.write) {
        auto repeated = co_await records_.repeat(*planned.write);
        co_return repeated;
    }
    auto number = co_await records_.intend(planned);
    if (!number) {
        given_up_ = core::reason::cancelled;
        co_return std::unexpected(std::move(number.error()));
    }
    planned.write = *number;
    if (records_.broken())
        co_return std::unexpected(std::string(unrecorded));
    co_return std::expected<void, std::string>();
}

/// Settles the change where nothing may be sent any more.
bool write_queue::must_not_be_sent(change& one) {
    if (stop_.requested())
        settle(one, core::reason::cancelled,
               one.planned.write ? "the sweep was stopped before the write was sent again"
                                 : "the sweep was stopped before the write");
    else if (records_.broken())
        settle(one, core::reason::cancelled, unrecorded);
    else if (!forbidden_.empty())
        settle(one, core::reason::cancelled, forbidden_);
    else if (unknown_.contains(one.planned.device_id))
        settle(one, core::reason::cancelled, "it is not known what became of an earlier write to this device");
    else if (given_up_)
        settle(one, *given_up_, "not sent: the last writes failed in the same way");
    else
        return false;
    return true;
}

/// A device that is refused says nothing about the next one; a permission that is missing does.
void write_queue::refused(change& one, const autotask::error& failure) {
    const auto why = reason_of(failure.kind);
    denials_in_a_row_ = why == core::reason::permission_denied ? denials_in_a_row_ + 1 : 0;
    if (denials_in_a_row_ >= denials_that_settle_it)
        given_up_ = why;
    settle(one, why, failure.message());
}

/// The answer of a write was lost. Waits, looks whether it was stored all the same, and settles it if so. True when it
/// was not and may be sent again.
asio::awaitable<bool> write_queue::resolve(change& one, autotask::error doubt) {
    const bool worth_waiting = co_await session_.wait_out(doubt, outage_);
    if (!worth_waiting) {
        if (!stop_.requested())
            given_up_ = core::reason::api_error;
        written sent{std::move(one), std::move(doubt)};
        unproved_.push_back(std::move(sent)); // The last word is that of the proof.
        co_return false;
    }
    std::vector<core::device_id> id{one.planned.device_id};
    auto now = co_await reader_.read_back(std::move(id));
    if (!now || !now->bad.empty()) {
        one.planned.in_doubt = true;
        settle(one, core::reason::api_error,
               doubt.message() + "; then " + (now ? std::string(unreadable) : now.error().message()));
        co_return false;
    }
    if (now->good.empty())
        co_return true;          // Gone, or not shown: the server will say which.
    one.planned.in_doubt = true; // Unless it is there, it may still arrive.
    const auto& device = now->good.front();
    if (device.contact == one.planned.contact_id)
        settle(one, std::nullopt, {});
    else if (device.contact != one.planned.previous_contact_id || device.last_user != one.planned.last_user)
        settle(one, core::reason::not_stored,
               doubt.message() + "; not sent again, because meanwhile the device has " + contact_words(device) +
                   " and " + (device.last_user == one.planned.last_user ? "the same" : "another") + " last user");
    else
        co_return true;
    co_return false;
}

asio::awaitable<void> write_queue::prove() {
    const auto batch_size = std::min(unproved_.size(), autotask::longest_list);
    const auto end = unproved_.begin() + static_cast<std::ptrdiff_t>(batch_size);
    std::vector<written> batch(std::make_move_iterator(unproved_.begin()), std::make_move_iterator(end));
    unproved_.erase(unproved_.begin(), end);
    std::vector<core::device_id> ids;
    for (const auto& one : batch)
        ids.push_back(one.what.planned.device_id);
    auto now = co_await reader_.read_back(std::move(ids));
    for (auto& one : batch)
        if (now) {
            settle_proved(one, *now);
        } else {
            one.what.planned.in_doubt = true;
            one.what.planned.refused = one.doubt && one.doubt->kind == autotask::error_kind::business;
            settle(one.what, core::reason::api_error,
                   one.doubt ? one.doubt->message() + "; then " + now.error().message()
                             : "written, but not proved: " + now.error().message());
        }
}

void write_queue::settle_proved(written& one, const autotask::rows<core::device>& now) {
    auto& wanted = one.what.planned;
    const auto found = std::ranges::find(now.good, wanted.device_id, &core::device::id);
    if (found == now.good.end() && !now.bad.empty()) {
        wanted.in_doubt = true;
        return settle(one.what, core::reason::api_error, std::string("written, but not proved: ") + unreadable);
    }
    if (found != now.good.end() && found->contact == wanted.contact_id)
        return settle(one.what, std::nullopt, {});
    // It was answered, however oddly, and is not there: a rule of the server may put another value back every time.
    wanted.refused = !one.doubt || one.doubt->kind != autotask::error_kind::network;
    wanted.in_doubt = wanted.in_doubt || !wanted.refused; // It may still arrive.
    if (one.doubt)
        return settle(one.what, core::reason::api_error, one.doubt->message());
    settle(one.what, core::reason::not_stored,
           "written, but " + read_back_words(found == now.good.end() ? nullptr : &*found));
}

void write_queue::settle(change& one, std::optional<core::reason> why, std::string error) {
    auto& outcome = one.planned;
    outcome.why = why;
    outcome.error = std::move(error);
    outcome.in_doubt = outcome.in_doubt && why;
    if (why)
        outcome.what = core::event::failed;
    else
        outcome.what = once_done(outcome.what);
    one.settled(outcome);
}

} // namespace contactd
