#pragma once

#include <string>

namespace contactd {

/// What is wrong with a value and what to do about it: two full sentences for people.
struct fault {
    std::string what;
    std::string remedy;
};

} // namespace contactd
