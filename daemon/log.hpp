#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace spdlog {
class logger;
}

namespace contactd {

/// The operator's log, on standard error. Under systemd every line carries its journal priority and no time, because
/// the journal adds its own. A thin front, so that no other file has to compile the library behind it.
class log {
public:
    enum class style {
        journal, ///< "<4>message" (sd-daemon(3)).
        service, ///< "2026-11-21T18:45:12.123Z warning: message".
        command, ///< "contactd: warning: message", coloured on a terminal.
    };

    /// `level` is one of trace, debug, info, warn, error.
    log(style how, const std::string& level);

    /// Every line goes to a function, as "warning: message".
    log(std::function<void(const std::string& line)> to, const std::string& level);
    ~log();

    void debug(std::string_view message);
    void info(std::string_view message);
    void warn(std::string_view message);
    void error(std::string_view message);

    void set_level(const std::string& level);

private:
    std::shared_ptr<spdlog::logger> logger_;
};

/// The level names the configuration and the command line accept.
bool is_log_level(std::string_view name);

} // namespace contactd
