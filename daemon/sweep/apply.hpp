#pragma once

#include "daemon/sweep/instance_apply.hpp"

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <span>
#include <vector>

namespace contactd {

/// Makes the changes of a plan in all these instances side by side, as sweep() sweeps them. `chosen` has those of every
/// one of them, found by its name. `make_sink` decides whether anything can be written.
boost::asio::awaitable<void> apply_plan(sweep_context context, std::span<instance* const> instances,
                                        std::vector<chosen_changes> chosen, apply_terms terms,
                                        std::function<sink_factory(const instance&)> make_sink);

} // namespace contactd
