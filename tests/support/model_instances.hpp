#pragma once

#include "daemon/config/config.hpp"
#include "daemon/instances.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox {
class autotask;
}

namespace test_support {

class model_transport;
class virtual_clock;

/// Files beside a configuration, by their paths from its folder: "organizations.toml", files of aliases.
using further_files = std::map<std::string, std::string>;

/// The instances of a configuration whose network is the in-memory Autotask.
struct model_instances {
    contactd::config settings;
    contactd::instance_list instances;
    std::vector<model_transport*> networks; ///< Of the instances, in their order.
};

/// `text` is that of a configuration file; env:SECRET is the secret of every user of the model. Throws
/// std::invalid_argument with everything that is wrong with it.
model_instances make_model_instances(std::string_view text, virtual_clock& time, sandbox::autotask& model,
                                     const further_files& others = {});

/// The same, where every instance has an Autotask of its own: `model_of` gives that of an instance by its name.
model_instances make_model_instances(std::string_view text, virtual_clock& time,
                                     const std::function<sandbox::autotask&(const std::string&)>& model_of,
                                     const further_files& others);

/// Gives the zones of a generated model the names they have in the real world: webservices3 and
/// webservices4.autotask.net, and webservices.autotask.net, which tells which, so that a configuration without
/// addresses works. It behaves as over a network: 30 ms latency, threads free 50 ms late.
void place_on_network(sandbox::autotask& model);

} // namespace test_support
