#pragma once

#include "core/device_past.hpp"

#include <string>

namespace contactd {

/// "a person chose contact 5 instead (noticed 2026-11-24 18:45 UTC, while jane used the device)": who chose the contact
/// of a device last.
std::string choice_words(const core::contact_choice& choice);

} // namespace contactd
