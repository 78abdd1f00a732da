#pragma once

#include "autotask/gate.hpp"
#include "tests/support/virtual_clock.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace autotask_tests {

/// A server that serves three requests at a time for each entity and counts each of them for a while after its answer.
class slot_server {
public:
    explicit slot_server(test_support::virtual_clock& time) : time_(time) {}

    /// How long one answer takes, and how long it is counted afterwards.
    std::function<std::chrono::milliseconds()> latency = [] { return std::chrono::milliseconds{50}; };
    std::function<std::chrono::milliseconds()> release = [] { return std::chrono::milliseconds{50}; };

    /// True when the request is accepted; then give_back() follows.
    bool take(const std::string& entity) {
        auto& of = counted_[entity];
        std::erase_if(of.until, [this](auto end) { return end <= time_.now(); });
        const bool accepted = of.under_way + of.until.size() < autotask::lane::slots;
        of.under_way += accepted ? 1 : 0;
        return accepted;
    }

    void give_back(const std::string& entity) {
        auto& of = counted_[entity];
        --of.under_way;
        of.until.push_back(time_.now() + release());
    }

private:
    struct counted {
        std::size_t under_way = 0;
        std::vector<std::chrono::steady_clock::time_point> until;
    };

    test_support::virtual_clock& time_;
    std::map<std::string, counted> counted_;
};

/// Callers that send requests through a gate as a session does: whoever is refused comes again after a pause.
class busy_callers {
public:
    using time_point = std::chrono::steady_clock::time_point;

    /// Starts so many callers of an entity that send so many requests altogether.
    void start(const std::string& entity, int callers, int requests) {
        left_[entity] = requests;
        for (int i = 0; i < callers; ++i)
            loop.start(call(entity));
    }

    /// Somebody else who uses the slots, asking again and again until `until`.
    void start_stranger(const std::string& entity, std::chrono::milliseconds stays, std::chrono::milliseconds away,
                        std::chrono::milliseconds until) {
        loop.start(visit(entity, stays, away, until));
    }

    test_support::virtual_loop loop;
    autotask::stop_signal stop;
    slot_server server{loop.time()};
    autotask::gate gate{loop.time(), stop};
    std::minstd_rand dice{1};
    std::function<bool()> lost = [] { return false; };
    std::vector<std::chrono::milliseconds> refused;  ///< When.
    std::vector<std::chrono::milliseconds> answered; ///< When.

    /// How many were refused after that moment.
    long refused_after(std::chrono::milliseconds moment) const {
        return std::ranges::count_if(refused, [moment](auto at) { return at > moment; });
    }

private:
    boost::asio::awaitable<void> call(std::string entity) {
        while (left_[entity] > 0 && !stop.requested()) {
            --left_[entity];
            while (!co_await attempt(entity)) {
                if (stop.requested())
                    co_return;
                const std::chrono::milliseconds pause(500 + static_cast<int>(dice() % 500));
                co_await loop.time().sleep_for(pause, never_);
            }
            answered.push_back(loop.time().elapsed());
        }
    }

    boost::asio::awaitable<bool> attempt(std::string entity) {
        auto slot = co_await gate.enter(entity, autotask::urgency::read, false);
        if (!slot)
            co_return false;
        if (!server.take(entity)) {
            co_await loop.time().sleep_for(server.latency() / 2, never_); // A refusal is quick.
            refused.push_back(loop.time().elapsed());
            slot->refused();
            co_return false;
        }
        if (lost()) {
            // We wait no longer, but the server is busy with it for a while.
            loop.start(finish(entity, 10 * server.latency()));
            co_return false;
        }
        co_await loop.time().sleep_for(server.latency(), never_);
        server.give_back(entity);
        slot->answered();
        co_return true;
    }

    boost::asio::awaitable<void> finish(std::string entity, std::chrono::milliseconds time) {
        co_await loop.time().sleep_for(time, never_);
        server.give_back(entity);
    }

    boost::asio::awaitable<void> visit(std::string entity, std::chrono::milliseconds stays,
                                       std::chrono::milliseconds away, std::chrono::milliseconds until) {
        while (loop.time().elapsed() < until) {
            const bool accepted = server.take(entity);
            constexpr std::chrono::milliseconds pause_after_refusal{10};
            const auto pause = accepted ? stays : pause_after_refusal;
            co_await loop.time().sleep_for(pause, never_);
            if (accepted) {
                server.give_back(entity);
                co_await loop.time().sleep_for(away, never_);
            }
        }
    }

    autotask::stop_signal never_;
    std::map<std::string, int> left_;
};

} // namespace autotask_tests
