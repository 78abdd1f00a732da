#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace contactd {

/// Looks up an environment variable: its value, or nothing when it is not set. Passed in, so that whatever reads the
/// environment can be tested without touching the one of the process.
using environment = std::function<std::optional<std::string>(const std::string& name)>;

/// The environment of this process.
environment process_environment();

/// An environment of exactly these variables.
environment fixed_environment(std::map<std::string, std::string> variables);

} // namespace contactd
