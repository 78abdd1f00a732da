#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace contactd {

/// Where the lines of the audit log go. Tests put a sink here that fails when they want it to.
class audit_sink {
public:
    virtual ~audit_sink() = default;

    /// Appends one line, whole or not at all; `line` comes without its line feed. The error is a sentence.
    virtual std::expected<void, std::string> append(std::string_view line) = 0;

    /// Returns when what was appended would survive a power cut.
    virtual std::expected<void, std::string> sync() = 0;
};

} // namespace contactd
