#include "autotask/gate.hpp"

#include <algorithm>

namespace autotask {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

/// The server has been seen to need some tens of milliseconds: one lesson should do.
constexpr std::chrono::milliseconds first_rest = 60ms;
constexpr std::chrono::milliseconds longest_rest = 400ms;

} // namespace

gate::slot::slot(gate& owner, std::string entity, std::size_t index)
    : owner_(&owner), entity_(std::move(entity)), index_(index), entered_(owner.time_.now()) {}

gate::slot::slot(slot&& other) noexcept
    : owner_(std::exchange(other.owner_, nullptr)), entity_(std::move(other.entity_)), index_(other.index_),
      entered_(other.entered_) {}

gate::slot::~slot() {
    if (owner_)
        owner_->leave(entity_, index_);
}

void gate::slot::refused() {
    owner_->learn(entered_);
}

gate::gate(asio::any_io_executor on, autotask::clock& time, stop_signal& stop, std::chrono::milliseconds rest)
    : time_(time), stop_(stop), changed_(on), listening_(stop, changed_.timer()), rest_(rest) {}

std::optional<std::size_t> gate::free_slot(const lane& of) {
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < slots_per_entity; ++i)
        if (!of.taken[i] && (!best || of.rests_until[i] < of.rests_until[*best]))
            best = i;
    return best;
}

bool gate::is_first(const lane& of, urgency how, std::uint64_t ticket) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(how); ++i)
        if (!of.queues[i].empty())
            return false;
    return of.queues[static_cast<std::size_t>(how)].front() == ticket;
}

asio::awaitable<std::optional<gate::slot>> gate::enter(std::string entity, urgency how, bool even_when_stopping) {
    auto& mine = lanes_[entity];
    auto& queue = mine.queues[static_cast<std::size_t>(how)];
    const auto ticket = next_ticket_++;
    queue.push_back(ticket);
    std::optional<std::size_t> index;
    while (even_when_stopping || !stop_.requested()) {
        if (is_first(mine, how, ticket))
            index = free_slot(mine);
        if (index)
            break;
        co_await changed_.wait();
    }
    std::erase(queue, ticket);
    if (!index) {
        changed_.wake_all(); // Somebody who has to be sent even now may have waited behind this one.
        co_return std::nullopt;
    }

    mine.taken[*index] = true;
    highest_ = std::max(highest_, static_cast<int>(std::ranges::count(mine.taken, true)));
    changed_.wake_all(); // Whoever is first now may find another slot.
    slot taken(*this, entity, *index);
    const auto rest = mine.rests_until[*index] - time_.now();
    // The server needs its moment also when this is sent after a stop.
    if (rest > 0ns)
        co_await time_.sleep_for(std::chrono::ceil<std::chrono::milliseconds>(rest),
                                 even_when_stopping ? never_ : stop_);
    if (stop_.requested() && !even_when_stopping)
        co_return std::nullopt;
    co_return std::move(taken);
}

void gate::leave(const std::string& entity, std::size_t index) {
    auto& mine = lanes_.find(entity)->second;
    mine.taken[index] = false;
    mine.rests_until[index] = time_.now() + rest_;
    changed_.wake_all();
}

void gate::learn(std::chrono::steady_clock::time_point entered) {
    // Requests that were sent before the last lesson do not know of it.
    if (entered < learned_)
        return;
    rest_ = std::clamp(rest_ + rest_ / 2, first_rest, longest_rest);
    learned_ = time_.now();
    // Slots that were freed under the old rule rest by the new one, or they would teach the same lesson once more.
    for (auto& [entity, one] : lanes_)
        for (auto& until : one.rests_until)
            until = std::max(until, learned_ + rest_);
}

} // namespace autotask
