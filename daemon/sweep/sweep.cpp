#include "daemon/sweep/sweep.hpp"

#include "core/fold.hpp"

#include <map>
#include <utility>

namespace contactd {

namespace asio = boost::asio;

namespace {

/// The slots belong to the API user and its tracking identifier: instances that share both share their slots.
class shared_gates {
public:
    std::shared_ptr<autotask::gate> of(const instance& one, const sweep_context& context) {
        auto& gate = gates_[{core::fold(one.login.username), one.login.tracking_identifier}];
        if (!gate)
            gate = std::make_shared<autotask::gate>(context.on, context.time, context.stop, one.reached.slot_rest);
        return gate;
    }

private:
    std::map<std::pair<std::string, std::string>, std::shared_ptr<autotask::gate>> gates_;
};

} // namespace

asio::awaitable<void> sweep(sweep_context context, std::span<instance* const> instances,
                            std::function<sink_factory(const instance&)> make_sink) {
    shared_gates gates;
    std::vector<std::unique_ptr<instance_sweep>> sweeps;
    autotask::task_group side_by_side(context.on);
    for (auto* one : instances) {
        auto reached = one->reached;
        reached.slots = gates.of(*one, context);
        auto sink = make_sink(*one);
        sweeps.push_back(std::make_unique<instance_sweep>(context, *one, std::move(reached), sink));
        side_by_side.start(sweeps.back()->run());
        // What a limit leaves to the next instance is known only when this one has ended.
        if (context.command_allowance.limited())
            co_await side_by_side.join();
    }
    co_await side_by_side.join();
}

} // namespace contactd
