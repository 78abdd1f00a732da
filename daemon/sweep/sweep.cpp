#include "daemon/sweep/sweep.hpp"

namespace contactd {

namespace asio = boost::asio;

asio::awaitable<void> sweep(sweep_context context, std::span<instance* const> instances,
                            std::function<sink_factory(const instance&)> make_sink) {
    std::vector<std::unique_ptr<instance_sweep>> sweeps;
    autotask::task_group side_by_side(context.on);
    for (auto* one : instances) {
        auto sink = make_sink(*one);
        sweeps.push_back(std::make_unique<instance_sweep>(context, *one, sink));
        side_by_side.start(sweeps.back()->run());
    }
    co_await side_by_side.join();
}

} // namespace contactd
