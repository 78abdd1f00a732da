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
    /// `origin` is what comes before "line 12" where the origin of a value is shown: nothing for the main file, the
    /// name of any other.
    explicit complaints(std::string file, std::string origin = {});

    const std::string& origin() const { return origin_; }

    void add(int line, std::string_view key, fault fault);

    bool any() const { return !errors_.empty(); }

    /// Everything that was added, in the order of the lines.
    std::vector<config_error> take();

private:
    std::string file_;
    std::string origin_;
    std::vector<config_error> errors_;
};

} // namespace contactd
