#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace contactd {

/// Where the lines of the audit log go. Tests put a sink here that fails when they want it to.
class audit_sink {
public:
    virtual ~audit_sink() = default;

    /// Appends one line, whole or not at all; `line` comes without its line feed. The error is a sentence.
    virtual std::expected<void, std::string> append(std::string_view line) = 0;

    /// Returns when what was appended would survive a power cut. May be called from another thread than the rest, and
    /// meanwhile.
    virtual std::expected<void, std::string> sync() = 0;

    /// The lines of that sweep, as far as they are among the last `recent_bytes` of the log: whether something was told
    /// shortly before a crash.
    virtual std::vector<std::string> lines_of(std::string_view sweep) = 0;
    static constexpr std::size_t recent_bytes = 16 << 20;
};

} // namespace contactd
