#include "daemon/sweep/open_writes.hpp"

#include "daemon/sweep/earlier_writes.hpp"
#include "daemon/sweep/trouble.hpp"

#include <utility>

namespace contactd {

namespace asio = boost::asio;

asio::awaitable<autotask::result<void>> find_out_open_writes(const sweep_context& context, const instance_settings& of,
                                                             const session_news& news, autotask::reader& reader,
                                                             change_sink& sink) {
    if (context.records == nullptr)
        co_return autotask::result<void>();
    auto open = co_await context.records->open_writes(of.name.value);
    if (!open) {
        news.warn(open.error());
        sink.forbid_writes("it cannot be found out what became of earlier writes: " + open.error());
        co_return autotask::result<void>();
    }
    earlier_writes earlier(reader, context.time, context.stop);
    earlier.on_waiting = [&news](std::size_t writes, std::chrono::milliseconds rest) {
        news.warn(std::to_string(writes) + (writes == 1 ? " write" : " writes") +
                  " of an earlier sweep may still arrive; waiting " + std::to_string((rest.count() + 999) / 1000) +
                  " s");
    };
    earlier.on_unreadable = [&context, &of](const std::string& why) {
        context.listener.trouble_met(make_trouble(of, "it is not known what became of an earlier write: " + why));
    };
    auto found = co_await earlier.find_out(std::move(*open));
    if (!found)
        co_return std::unexpected(std::move(found.error()));
    for (const auto& one : found->writes)
        context.listener.write_found_out(one);
    sink.leave_alone(found->unknown);
    co_return autotask::result<void>();
}

} // namespace contactd
