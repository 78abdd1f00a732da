#include "daemon/sweep/sweep.hpp"

#include <memory>

namespace contactd {

namespace asio = boost::asio;

namespace {

/// Gives every instance the limits of its API user: those it has from an earlier sweep, or those of another instance of
/// the same user, or new ones.
void share_limits(std::span<instance* const> instances, const sweep_context& context) {
    for (auto* one : instances) {
        for (const auto* other : instances)
            if (!one->reached.limits && is_same_user(*one, *other))
                one->reached.limits = other->reached.limits;
        if (!one->reached.limits)
            one->reached.limits = std::make_shared<autotask::api_limits>(context.time, context.stop, context.dice);
    }
}

} // namespace

asio::awaitable<void> for_each_instance(const sweep_context& context, std::span<instance* const> instances,
                                        const std::function<asio::awaitable<void>(instance&)>& run) {
    share_limits(instances, context);
    autotask::task_group side_by_side(context.on);
    for (auto* one : instances) {
        side_by_side.start(run(*one));
        // What a limit leaves to the next instance is known only when this one has ended.
        if (context.command_allowance.limited())
            co_await side_by_side.join();
    }
    co_await side_by_side.join();
}

asio::awaitable<void> sweep(sweep_context context, std::span<instance* const> instances,
                            std::function<sink_factory(const instance&)> make_sink) {
    const std::function<asio::awaitable<void>(instance&)> sweep_one =
        [&context, &make_sink](instance& subject) -> asio::awaitable<void> {
        const auto sink = make_sink(subject);
        instance_sweep running(context, subject, sink);
        co_await running.run();
    };
    co_await for_each_instance(context, instances, sweep_one);
}

} // namespace contactd
