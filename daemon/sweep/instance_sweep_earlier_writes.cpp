#include "daemon/sweep/earlier_writes.hpp"
#include "daemon/sweep/instance_sweep.hpp"
#include "daemon/sweep/trouble.hpp"

#include <utility>

// What a sweep does about the writes that an earlier one left open.

namespace contactd {

namespace asio = boost::asio;

/// First what was begun: until it is known what became of a write, nothing is decided on top of it.
asio::awaitable<bool> instance_sweep::find_out_earlier_writes() {
    if (context_.records == nullptr)
        co_return true;
    auto open = co_await context_.records->open_writes(subject_.settings.name.value);
    if (!open) {
        warn(open.error());
        sink_->forbid_writes("it cannot be found out what became of earlier writes: " + open.error());
        co_return true;
    }
    earlier_writes earlier(reader_, context_.time, context_.stop);
    earlier.on_waiting = [this](std::size_t writes, std::chrono::milliseconds rest) {
        warn(std::to_string(writes) + (writes == 1 ? " write" : " writes") +
             " of an earlier sweep may still arrive; waiting " + std::to_string((rest.count() + 999) / 1000) + " s");
    };
    earlier.on_unreadable = [this](const std::string& why) {
        context_.listener.trouble_met(
            make_trouble(subject_.settings, "it is not known what became of an earlier write: " + why));
    };
    auto found = co_await earlier.find_out(std::move(*open));
    if (!found) {
        fail(found.error(), {});
        if (error_.empty() && found.error().kind != autotask::error_kind::cancelled)
            error_ = found.error().message();
        co_return false;
    }
    for (const auto& one : found->writes)
        context_.listener.write_found_out(one);
    sink_->leave_alone(found->unknown);
    co_return !context_.stop.requested();
}

} // namespace contactd
