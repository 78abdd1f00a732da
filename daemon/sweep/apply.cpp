#include "daemon/sweep/apply.hpp"

#include "daemon/sweep/sweep.hpp"

#include <algorithm>
#include <utility>

namespace contactd {

namespace asio = boost::asio;

asio::awaitable<void> apply_plan(sweep_context context, std::span<instance* const> instances,
                                 std::vector<chosen_changes> chosen, apply_terms terms,
                                 std::function<sink_factory(const instance&)> make_sink) {
    const std::function<asio::awaitable<void>(instance&)> apply_one = [&](instance& subject) -> asio::awaitable<void> {
        const auto& name = subject.settings.name.value;
        const auto ours =
            std::ranges::find_if(chosen, [&name](const chosen_changes& one) { return one.of.instance == name; });
        if (ours == chosen.end())
            co_return;
        const auto sink = make_sink(subject);
        instance_apply running(context, subject, std::move(*ours), terms, sink);
        co_await running.run();
    };
    co_await for_each_instance(context, instances, apply_one);
}

} // namespace contactd
