#pragma once

#include "autotask/clock.hpp"
#include "autotask/lane.hpp"
#include "autotask/late_release.hpp"
#include "autotask/waiting_room.hpp"

#include <array>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace autotask {

/// In which order requests pass a full gate: what was begun is finished before something new is read.
enum class urgency { write, verify, read };

/// The requests that may be under way at a time: three for each entity of one tracking identifier. Every request passes
/// here, a repeated one too. The server frees a slot a little after its answer; how much, the gate learns for all
/// entities together (`late_release`), and who may use which slot it keeps for each of them (`lane`).
class gate {
public:
    /// So many equally urgent requests may wait for the slots of one entity. Whoever sends requests bounds them; more
    /// is a bug, and enter() throws std::length_error.
    static constexpr std::size_t most_waiting = 1000;

    /// `rest` is what an earlier gate to the same server has learned. `time` and `stop` live longer than the gate.
    gate(autotask::clock& time, stop_signal& stop, std::chrono::milliseconds rest = std::chrono::milliseconds{0});

    /// A slot of one entity; gives it back when it goes. Lives no longer than the gate.
    class slot {
    public:
        slot(slot&& other) noexcept;
        slot& operator=(slot&&) = delete;
        ~slot();

        /// Tells the gate that the API did, or would not do, what it was asked: the request had its slot. Not to be
        /// called for answers that may have come from before the slots, such as refused credentials.
        void answered() { end_ = slot_end::answered; }

        /// Tells the gate that the server refused this request for want of a free slot.
        void refused() { end_ = slot_end::refused; }

        /// Which of the entity's slots it is, from 0 on.
        std::size_t index() const { return index_; }

    private:
        friend gate;
        slot(gate& owner, lane& in, std::size_t index) : owner_(&owner), lane_(&in), index_(index) {}

        gate* owner_;
        lane* lane_;
        std::size_t index_;
        slot_end end_ = slot_end::unknown;
    };

    /// Waits for a slot, first come first served among equally urgent ones. Nothing when a stop was requested first,
    /// unless the request has to be sent even then. What the gate learns counts from here: send at once.
    boost::asio::awaitable<std::optional<slot>> enter(std::string entity, urgency how, bool even_when_stopping);

    /// How long a slot is left empty after an answer, as far as it has been learned: for the next gate.
    std::chrono::milliseconds rest() const { return known_.learned(); }

private:
    static constexpr std::size_t urgencies = 3;

    struct line {
        lane slots;
        std::array<std::deque<waiting_room*>, urgencies> queues; ///< Who waits, by urgency.

        waiting_room* first() const;
    };

    std::optional<lane::entry> next(const line& of);
    void leave(lane& in, std::size_t index, slot_end how);
    void wake_first_ones();

    autotask::clock& time_;
    stop_signal& stop_;
    std::map<std::string, line, std::less<>> lines_;
    late_release known_;
    bool probing_ = false; ///< A request is under way that may be refused because it tries a shorter rest.
    std::chrono::steady_clock::time_point grew_old_; ///< When what is known was last put in doubt.
};

} // namespace autotask
