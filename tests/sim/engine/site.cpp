#include "tests/sim/engine/site.hpp"

#include "tests/sandbox/model/world.hpp"
#include "tests/sim/engine/mandate_text.hpp"
#include "tests/support/model_instances.hpp"

#include <utility>

namespace simulation {

site::site(std::unique_ptr<sandbox::autotask> server, std::size_t which, std::uint64_t seed, machine& host,
           test_support::virtual_clock& time, sandbox::random_source& dice)
    : model(std::move(server)), watch(*model, which, time),
      people(seed, {model.get()}, [&time] { return sandbox::time_point{time.true_time().time_since_epoch()}; }),
      faults(*model, host, time, dice) {
    model->options().rmm_sync_touches_last_modified = dice.per_mille(700);
    leaves_traces = dice.per_mille(750);
}

std::unique_ptr<sandbox::autotask> make_site_model(std::uint64_t seed, std::size_t which, std::size_t companies,
                                                   std::size_t devices) {
    sandbox::world_options options;
    options.data = {seed + which * 1'000'003, companies, devices, seed % 3 == 0};
    options.login.username = user_of(which);
    options.login.tracking_identifier = tracking_of(which);
    auto model = sandbox::make_world(options);
    test_support::place_on_network(*model);
    return model;
}

} // namespace simulation
