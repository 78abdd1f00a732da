#pragma once

#include "autotask/clock.hpp"
#include "autotask/spawn.hpp"

#include <array>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace autotask {

/// In which order requests pass a full gate: what was begun is finished before something new is read.
enum class urgency { write, verify, read };

/// The requests that may be under way at a time: three for each entity of one tracking identifier. Every request passes
/// here, a repeated one too. The server frees a slot a little after its answer; how much, the gate learns from the
/// first refusals and from then on leaves a slot empty for so long. Source: developer help, "Thread limiting".
class gate {
public:
    /// `rest` is what an earlier gate to the same server has learned.
    gate(boost::asio::any_io_executor on, autotask::clock& time, stop_signal& stop,
         std::chrono::milliseconds rest = std::chrono::milliseconds{0});

    /// A slot of one entity; gives it back when it goes. Lives no longer than the gate.
    class slot {
    public:
        slot(gate& owner, std::string entity, std::size_t index);
        slot(slot&& other) noexcept;
        slot& operator=(slot&&) = delete;
        ~slot();

        /// Tells the gate that the server refused this request for want of a free slot.
        void refused();

    private:
        gate* owner_;
        std::string entity_;
        std::size_t index_;
        std::chrono::steady_clock::time_point entered_;
    };

    /// Waits for a slot. Nothing when a stop was requested first, unless the request has to be sent even then.
    boost::asio::awaitable<std::optional<slot>> enter(std::string entity, urgency how, bool even_when_stopping);

    /// How long a slot is left empty after an answer, as far as it has been learned.
    std::chrono::milliseconds rest() const { return rest_; }

    /// The most slots of one entity that were ever taken at a time.
    int highest_concurrency() const { return highest_; }

private:
    static constexpr std::size_t slots_per_entity = 3;

    struct lane {
        std::array<bool, slots_per_entity> taken{};
        std::array<std::chrono::steady_clock::time_point, slots_per_entity> rests_until{};
        std::array<std::deque<std::uint64_t>, 3> queues; ///< Tickets of those who wait, by urgency.
    };

    static std::optional<std::size_t> free_slot(const lane& of);
    static bool is_first(const lane& of, urgency how, std::uint64_t ticket);
    void leave(const std::string& entity, std::size_t index);
    void learn(std::chrono::steady_clock::time_point entered);

    autotask::clock& time_;
    stop_signal& stop_;
    stop_signal never_; ///< For the sleeps that a stop does not end.
    wake_point changed_;
    stop_signal::listener listening_;
    std::map<std::string, lane, std::less<>> lanes_;
    std::chrono::milliseconds rest_; ///< How long a slot stays empty after an answer.
    std::chrono::steady_clock::time_point learned_{};
    std::uint64_t next_ticket_ = 0;
    int highest_ = 0;
};

} // namespace autotask
