#pragma once

#include "tests/sim/engine/administrator.hpp"
#include "tests/sim/engine/host_trouble.hpp"
#include "tests/sim/engine/machine.hpp"
#include "tests/sim/engine/punctuality.hpp"
#include "tests/sim/engine/simulation.hpp"
#include "tests/sim/engine/site.hpp"
#include "tests/support/process.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace simulation {

/// One seed, from its beginning to its end.
class run {
public:
    explicit run(std::uint64_t seed);
    ~run();
    run(const run&) = delete;
    run& operator=(const run&) = delete;

    verdict to_its_end();

private:
    void make_sites();
    void listen();
    void note(const std::string& what);
    void join(const attached_network& fresh);
    site& site_of(std::string_view instance);

    void heard(std::string_view line);
    void heard_of_a_lost(std::string_view line);
    void logged(const std::string& line);
    void taken_over();
    std::vector<punctuality::subject> subjects() const;
    std::int64_t under_way(const site& there, const std::string& entity) const;

    void disturb_the_sweep(site& there);
    void something_happens(site& there);
    void trouble_begins(site& there);
    boost::asio::awaitable<void> keep_people_busy(site& there);
    boost::asio::awaitable<void> keep_trouble_coming();
    boost::asio::awaitable<void> keep_the_administrator_busy();
    void the_administrator_acts();
    void save(const mandate& wanted);

    void in(std::chrono::milliseconds rest, std::function<void()> what);
    void run_for(std::chrono::milliseconds rest);
    void step();
    void start();
    void crash();
    void start_again();
    void be_on_time();

    void make_good();
    void sweep_once();
    void expect_peace();
    void add_up();
    std::int64_t writes() const;

    std::uint64_t seed_;
    sandbox::random_source dice_;
    support::temporary_directory place_{support::memory_disk()};
    test_support::virtual_clock time_;
    boost::asio::io_context server_{1};
    std::vector<std::unique_ptr<site>> sites_; ///< Whose requests outlive contactd.
    machine machine_;
    std::unique_ptr<administrator> administrator_;
    host_trouble host_trouble_;
    punctuality on_time_;
    std::shared_ptr<const mandate> saved_;      ///< What the files say.
    std::shared_ptr<const mandate> taken_over_; ///< What contactd has read.
    verdict result_;
    std::uint64_t dies_in_ = 0;           ///< Steps; 0 is not at all.
    std::uint64_t crashes_per_mille_ = 0; ///< Of the sweeps that begin.
    bool starting_ = false;
    bool calm_ = false;
    bool finished_ = false;
};

} // namespace simulation
