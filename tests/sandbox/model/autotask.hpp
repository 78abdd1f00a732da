#pragma once

#include <cstdint>
#include <deque>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "tests/sandbox/model/counters.hpp"
#include "tests/sandbox/model/database.hpp"
#include "tests/sandbox/model/faults.hpp"
#include "tests/sandbox/model/http.hpp"
#include "tests/sandbox/model/query.hpp"
#include "tests/sandbox/model/route.hpp"
#include "tests/sandbox/model/switches.hpp"

namespace sandbox {

/// What the API has decided when a request arrives.
struct admission {
    std::uint64_t ticket = 0;
    duration hold_back{}; ///< how long the reply waits; the thread is taken meanwhile
};

/// The Autotask world in memory: zones, databases, users, rows, limits, faults. It opens no socket, reads no clock
/// and starts no thread; whoever owns it calls it from one thread at a time.
///
/// A request has a beginning and an end, because a thread slot is taken in between:
///     auto admitted = world.begin(request, now);
///     // ... admitted.hold_back later
///     auto reply = world.execute(admitted.ticket, now);
///     // ... once the reply is sent, or could not be
///     world.end(admitted.ticket, now);
class autotask {
public:
    explicit autotask(std::uint64_t seed = 1);
    ~autotask();
    autotask(const autotask&) = delete;
    autotask& operator=(const autotask&) = delete;

    // --- building the world -----------------------------------------------------------------------------------
    std::size_t add_zone(zone described);
    [[nodiscard]] zone& zone_at(std::size_t index) { return zones_.at(index); }
    [[nodiscard]] std::size_t zone_count() const { return zones_.size(); }
    /// The references stay valid as long as the world.
    database& add_database();
    api_user& add_user(api_user fresh, database& tenant);
    [[nodiscard]] database& tenant(std::size_t index = 0) { return *databases_.at(index); }
    [[nodiscard]] std::size_t tenant_count() const { return databases_.size(); }
    [[nodiscard]] api_user* user(std::string_view name);
    [[nodiscard]] std::deque<api_user>& users() { return users_; }

    [[nodiscard]] switches& options() { return options_; }
    [[nodiscard]] fault_list& faults() { return faults_; }

    // --- the API ----------------------------------------------------------------------------------------------
    [[nodiscard]] admission begin(http_request request, time_point now);
    [[nodiscard]] http_response execute(std::uint64_t ticket, time_point now);
    void end(std::uint64_t ticket, time_point now);
    /// All three at one moment, for whoever does not care about time.
    http_response serve(http_request request, time_point now);
    /// Adds what the web server in front adds to every reply: the date (RFC 9110, 6.6.1). execute() has done so; this
    /// is for replies that are made elsewhere.
    void stamp(http_response& reply, time_point now) const;

    // --- what happens besides the API -------------------------------------------------------------------------
    /// Plays what was due by now, such as a workflow rule that puts a value back.
    void settle(time_point now);
    [[nodiscard]] const counters& counts() const { return counts_; }
    void reset_counters() { counts_ = {}; }

private:
    struct ticket_state;
    struct revert {
        time_point due;
        database* tenant;
        old_value before;
    };

    std::optional<http_response> authenticate(ticket_state& state);
    std::optional<http_response> log_in(ticket_state& state);
    void admit(ticket_state& state, admission& result, time_point now);
    void count_arrival(const ticket_state& state);
    void enter(ticket_state& state);

    http_response apply(ticket_state& state, time_point now);
    http_response dispatch(ticket_state& state, time_point now);
    http_response zone_information(const http_request& request) const;
    http_response query(ticket_state& state, page_direction direction);
    http_response item(ticket_state& state) const;
    http_response children(ticket_state& state);
    http_response write(ticket_state& state, time_point now);
    http_response threshold(const ticket_state& state, time_point now) const;
    [[nodiscard]] query_context context_of(const ticket_state& state) const;
    [[nodiscard]] http_response throttled(unsigned status, std::string text, time_point now,
                                          std::optional<std::int64_t> retry_after) const;
    [[nodiscard]] http_response spoil(const fault_rule& fault, http_response reply) const;

    switches options_;
    std::vector<zone> zones_;
    std::vector<std::unique_ptr<database>> databases_;
    std::deque<api_user> users_;
    fault_list faults_;
    thread_slots slots_;
    std::map<thread_slots::key, std::int64_t> in_progress_;
    counters counts_;
    std::vector<revert> reverts_;
    std::uint64_t next_ticket_ = 1;
    std::unordered_map<std::uint64_t, std::unique_ptr<ticket_state>> tickets_;
};

} // namespace sandbox
