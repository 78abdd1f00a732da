#pragma once

#include "daemon/config/config_message.hpp"
#include "daemon/config/fault.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace contactd {

/// Collects everything that is wrong with one file while it is read, so that its author sees all of it at once.
class complaints {
public:
    explicit complaints(std::string file);

    void add(int line, std::string_view key, fault fault);

    bool any() const { return !errors_.empty(); }

    /// Everything that was added, in the order of the lines.
    std::vector<config_error> take();

private:
    std::string file_;
    std::vector<config_error> errors_;
};

} // namespace contactd
