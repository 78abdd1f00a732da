#pragma once

#include "tests/sandbox/model/autotask.hpp"
#include "tests/sim/engine/judge.hpp"
#include "tests/sim/engine/trouble.hpp"
#include "tests/support/office.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>

namespace simulation {

/// An Autotask of its own: the server, the people who work with it, what goes wrong there, and who watches it. All
/// instances of a site have the same API user.
struct site {
    /// `server` comes from make_site_model(); the rest is not owned.
    site(std::unique_ptr<sandbox::autotask> server, std::size_t which, std::uint64_t seed, machine& host,
         test_support::virtual_clock& time, sandbox::random_source& dice);
    site(const site&) = delete;
    site& operator=(const site&) = delete;

    std::unique_ptr<sandbox::autotask> model;
    judge watch;
    test_support::office people;
    trouble faults;
    bool leaves_traces = true; ///< Edits, in their date of modification.
    bool is_spared = false;    ///< Nothing goes wrong there.
};

/// A server with generated data and the user of that site, at the addresses of the real one.
std::unique_ptr<sandbox::autotask> make_site_model(std::uint64_t seed, std::size_t which, std::size_t companies,
                                                   std::size_t devices);

} // namespace simulation
