#pragma once

#include "tests/sim/engine/mandate.hpp"
#include "tests/support/model_instances.hpp"

#include <chrono>
#include <string>

namespace simulation {

/// How long after one sweep the next one begins, in every configuration.
inline constexpr std::chrono::minutes sweep_every{10};
inline constexpr std::chrono::minutes sweep_jitter{1};

/// The name of the API user of a site.
std::string user_of(std::size_t site);

/// And its tracking identifier.
std::string tracking_of(std::size_t site);

/// contactd.toml, as the operator writes it.
std::string config_text(const mandate& wanted);

/// The files beside it: organizations and aliases.
test_support::further_files other_files(const mandate& wanted);

} // namespace simulation
