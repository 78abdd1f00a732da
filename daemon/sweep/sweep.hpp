#pragma once

#include "daemon/sweep/instance_sweep.hpp"

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <span>

namespace contactd {

/// Runs something on every instance, side by side; none waits for another, unless a limit of changes holds for all of
/// them together. Instances of one API user share its limits.
boost::asio::awaitable<void> for_each_instance(const sweep_context& context, std::span<instance* const> instances,
                                               const std::function<boost::asio::awaitable<void>(instance&)>& run);

/// Sweeps the chosen instances side by side; none waits for another. Everything that happens is told to the context's
/// listener. `make_sink` is called once for each instance and decides whether anything can be written.
boost::asio::awaitable<void> sweep(sweep_context context, std::span<instance* const> instances,
                                   std::function<sink_factory(const instance&)> make_sink);

} // namespace contactd
