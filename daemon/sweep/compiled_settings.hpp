#pragma once

#include "core/decide.hpp"
#include "core/plan.hpp"
#include "core/policy.hpp"
#include "daemon/config/config.hpp"

namespace contactd {

/// What decisions are made by, from settings that have been checked. The device types are still missing: their labels
/// are translated by asking the instance.
core::match_rules make_rules(const match_settings& settings);

core::policy make_policy(const policy_settings& settings);

/// How many changes one sweep may make.
core::allowance make_allowance(const policy_settings& settings);

} // namespace contactd
