#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace core {

/// The ways in which a name is typed on a keyboard that lacks some of its letters: without the marks ("muller",
/// "lefevre"), and as German and Nordic writers replace them ("mueller"). One where both are the same. `folded` went
/// through fold().
std::vector<std::string> plain_spellings(std::string_view folded);

} // namespace core
