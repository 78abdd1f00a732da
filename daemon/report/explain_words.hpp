#pragma once

#include "daemon/explain/explained_device.hpp"

#include <string>

namespace contactd {

// What the parts of an explanation are called in words. Nothing here is made harmless yet but the value itself.

/// "the right contact is set", "left alone: no contact matches".
std::string decision_words(const core::decision& one);

/// One step of reading a value, and why.
std::string step_words(const core::reading_step& one, const core::account_reading& all);

/// What a rule looks for: "a contact whose whole e-mail address is the account".
std::string rule_words(core::rule one);

/// What a rule came to, other than contacts: "nobody", "not asked: a rule above has decided".
std::string answer_words(core::rule_answer one, const core::account& who);

/// Why a contact is none: "is inactive".
std::string near_miss_words(const core::near_miss& one);

/// Why a sweep does not look at the device.
std::string scope_words(core::out_of_scope why);

/// "2026-11-24 19:00:05 UTC"
std::string moment_words(core::wall_time when);

} // namespace contactd
