#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace lint {

/// What a file can name, and what the code that it can name can name in turn: the headers of ours that it includes,
/// theirs, and those of the sources that belong to them, which are the files of the same name, and of a name that goes
/// on behind it: sweep.cpp and sweep_failures.cpp of sweep.hpp. Maps every file that was reached to the one that led
/// there. `texts` is the tree, by path.
std::map<std::string, std::string> reachable_from(const std::string& path,
                                                  const std::map<std::string, std::string>& texts);

/// The way to a file that was reached, as "a.cpp > b.hpp > c.hpp".
std::string way_to(const std::string& path, const std::map<std::string, std::string>& reached);

} // namespace lint
