#pragma once

#include <string>
#include <string_view>

namespace contactd {

/// The form in which two names of organizations are equal: without the blanks around them and without regard to case.
/// Empty for a name of blanks only.
std::string name_key(std::string_view name);

/// A company's name as it can stand in the file: Autotask takes names with blanks at their ends and with anything in
/// them.
std::string tidy_name(std::string_view name);

} // namespace contactd
