#pragma once

#include "daemon/audit/reading/byte_source.hpp"

#include <string>

namespace contactd {

/// SIGINT and SIGTERM, which no longer end the process but can be waited for.
class end_signals {
public:
    end_signals();

    /// Readable as soon as one of them has come.
    int descriptor() const { return descriptor_.get(); }
    bool has_come() const;

private:
    owned_descriptor descriptor_;
};

/// Waits for changes in the folder of a log.
class log_watch {
public:
    /// `reader` is whom the output is for: when it has gone, nothing is waited for.
    log_watch(const std::string& path, const end_signals& signals, int reader);

    /// Returns when something may have changed, after a second at the latest, because some file systems do not tell;
    /// false when it is time to end.
    bool wait();

private:
    std::string folder_;
    const end_signals& signals_;
    int reader_;
    owned_descriptor inotify_;
    bool watching_ = false;
};

} // namespace contactd
