#pragma once

#include "daemon/report/sweep_report.hpp"
#include "tests/sandbox/server/sandbox_server.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace bench {

/// What was measured of one sweep, or of anything else that talks to the server.
struct measured {
    contactd::sweep_report report; ///< Of a sweep.
    std::int64_t requests = 0;
    std::int64_t reads = 0; ///< Of these, all but the PATCHes; their proofs count.
    std::int64_t patches = 0;
    std::int64_t busiest = 0;  ///< Requests to the entity that had the most of them.
    std::int64_t refusals = 0; ///< 429 for one request too many at a time.
    double seconds = 0;
};

/// A local Autotask behind HTTPS with so many customers and devices, and the sweeps that contactd makes of it.
class bench_world {
public:
    bench_world(std::size_t companies, std::size_t devices, std::chrono::milliseconds latency,
                std::chrono::milliseconds late_release);
    ~bench_world();

    /// One sweep with what the daemon keeps from sweep to sweep; `afresh` forgets it first, as a start does.
    measured sweep(bool afresh);

    /// Counts what `work` asks of the server, and its time.
    template <class Work>
    measured count(Work work) {
        reset();
        const auto begun = std::chrono::steady_clock::now();
        work();
        auto result = counted();
        result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
        return result;
    }

    /// What is remembered of rows is forgotten, but not what was learned of the server.
    void forget_rows();

    /// How long three slots take for the requests to the busiest entity, in seconds.
    double allowed(const measured& one) const;

    /// So many people change their seats: the last user of a device becomes that of another one of the company.
    void let_people_move(std::size_t people, const contactd::sweep_report& first);

    /// So many contacts get another last name, as on any day.
    void let_contacts_change(std::size_t contacts);

    /// Whether the date of modification moves when the RMM reports another last user. Nobody knows of the real service.
    void rmm_leaves_dates(bool leaves);

    /// Whatever was modified so far was modified an hour ago or earlier. Sweeps of a benchmark follow one another in
    /// seconds, and what is that fresh would be read again.
    void an_hour_passes();

    /// The configuration of its one instance; the secret is in env:SECRET.
    std::string config() const;

    sandbox::sandbox_server& server() { return *server_; }

private:
    void reset();
    measured counted();

    struct daemon;
    std::unique_ptr<sandbox::sandbox_server> server_;
    std::unique_ptr<daemon> daemon_;
    std::size_t moved_ = 0;
    std::size_t edited_ = 0;
    std::chrono::milliseconds slot_taken_; ///< By one request.
};

} // namespace bench
