#include "autotask/gate.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace autotask {

namespace asio = boost::asio;

namespace {

/// As often as this one refusal may be risked to find out whether the server has become faster.
constexpr std::chrono::hours memory{1};

} // namespace

gate::slot::slot(slot&& other) noexcept
    : owner_(std::exchange(other.owner_, nullptr)), lane_(other.lane_), index_(other.index_), end_(other.end_) {}

gate::slot::~slot() {
    if (owner_)
        owner_->leave(*lane_, index_, end_);
}

gate::gate(autotask::clock& time, stop_signal& stop, std::chrono::milliseconds rest)
    : time_(time), stop_(stop), known_(rest), grew_old_(time.now()) {}

waiting_room* gate::line::first() const {
    for (const auto& queue : queues)
        if (!queue.empty())
            return queue.front();
    return nullptr;
}

asio::awaitable<std::optional<gate::slot>> gate::enter(std::string entity, urgency how, bool even_when_stopping) {
    auto& mine = lines_[std::move(entity)];
    auto& queue = mine.queues[static_cast<std::size_t>(how)];
    if (queue.size() >= most_waiting)
        throw std::length_error("too many requests wait for one entity");
    // Each waits in a room of its own, so that only the first one is woken: the others could do nothing.
    waiting_room room(time_, stop_);
    queue.push_back(&room);
    std::optional<slot> taken;
    while (even_when_stopping || !stop_.requested()) {
        const auto way_in = mine.first() == &room ? next(mine) : std::nullopt;
        if (way_in && way_in->at <= time_.now()) {
            mine.slots.enter(*way_in, known_, time_.now());
            probing_ = probing_ || way_in->probe;
            taken.emplace(slot(*this, mine.slots, way_in->index));
            break;
        }
        // Named before it is awaited: g++ 12 evaluates both sides of a conditional in the statement that awaits.
        const auto until = way_in ? way_in->at : std::chrono::steady_clock::time_point::max();
        co_await room.wait(until);
    }
    std::erase(queue, &room);
    wake_first_ones(); // Whoever is first now may find another slot; or wait for a proof that has to be sent even now.
    co_return taken;
}

std::optional<lane::entry> gate::next(const line& of) {
    const auto now = time_.now();
    if (now - grew_old_ >= memory) {
        known_.grow_old();
        grew_old_ = now;
    }
    return of.slots.next(known_, !probing_, now);
}

void gate::leave(lane& in, std::size_t index, slot_end how) {
    if (in.leave(index, how, known_, time_.now()))
        probing_ = false;
    wake_first_ones();
}

/// In every line: what was learned in one of them counts for all.
void gate::wake_first_ones() {
    for (auto& [entity, one] : lines_)
        if (auto* room = one.first())
            room->wake_all();
}

} // namespace autotask
