#include "daemon/sweep/instance_sweep.hpp"
#include "daemon/sweep/open_writes.hpp"

// What a sweep does about the writes that an earlier one left open.

namespace contactd {

namespace asio = boost::asio;

/// First what was begun: until it is known what became of a write, nothing is decided on top of it.
asio::awaitable<bool> instance_sweep::find_out_earlier_writes() {
    auto found = co_await find_out_open_writes(context_, subject_.settings, news_, reader_, *sink_);
    if (!found) {
        fail(found.error(), {});
        if (error_.empty() && found.error().kind != autotask::error_kind::cancelled)
            error_ = found.error().message();
        co_return false;
    }
    co_return !context_.stop.requested();
}

} // namespace contactd
