#pragma once

#include <string>

namespace contactd {

/// Opens a file, or creates it readable for its owner and group only, as it names people. What root creates belongs to
/// the owner of the directory: the service of another user has to be able to go on with it. `flags` are those of
/// open(2) without O_CREAT. A descriptor, or -1 with errno set.
int open_private(const std::string& path, int flags);

} // namespace contactd
