#pragma once

#include "autotask/clock.hpp"
#include "autotask/session.hpp"
#include "core/policy.hpp"
#include "daemon/journal/sweep_recorder.hpp"
#include "daemon/sweep/change_sink.hpp"
#include "daemon/sweep/listener.hpp"
#include "daemon/sweep/selection.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <expected>
#include <functional>
#include <memory>
#include <string>

namespace contactd {

/// Makes the sink of an instance's changes from the session that the sweep opened.
using sink_factory = std::function<std::unique_ptr<change_sink>(autotask::session&)>;

/// What is known of an instance from before, for whoever only looks: see journal::past(). The error is a sentence.
using past_source =
    std::function<std::expected<instance_past, std::string>(const std::string& instance, core::wall_time people_since)>;

/// What a sweep needs beside its instances. Owns nothing.
struct sweep_context {
    boost::asio::any_io_executor on;
    autotask::clock& time;
    autotask::stop_signal& stop;
    sweep_listener& listener;
    const selection& chosen;
    selection_found& found;
    core::allowance& command_allowance;     ///< `--limit`, for all instances together ...
    core::allowance& dry_command_allowance; ///< ... and for their companies in a dry run, which take nothing from it.
    std::function<double()> dice;           ///< Random numbers in [0, 1).
    sweep_recorder* records = nullptr;      ///< Null for a plan.
    past_source read_past = {};             ///< Where a plan, which records nothing, reads what is known; may be empty.
};

} // namespace contactd
