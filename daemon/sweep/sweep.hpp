#pragma once

#include "daemon/sweep/instance_sweep.hpp"

#include <boost/asio/awaitable.hpp>
#include <span>

namespace contactd {

/// Sweeps the chosen instances side by side; none waits for another. Everything that happens is told to the context's
/// listener. `make_sink` is called once for each instance and decides whether anything can be written.
boost::asio::awaitable<void> sweep(sweep_context context, std::span<instance* const> instances,
                                   std::function<sink_factory(const instance&)> make_sink);

} // namespace contactd
