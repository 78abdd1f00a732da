#pragma once

#include "daemon/audit/audit_file.hpp"
#include "daemon/config/config.hpp"
#include "daemon/journal/background_journal.hpp"
#include "daemon/journal/decision_memory.hpp"
#include "daemon/journal/state_directory.hpp"
#include "daemon/log.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace contactd {

/// Where a process that writes records what it does: the state directory, which it has for itself, the audit log and
/// the journal.
class records {
public:
    /// The error is a sentence. Nothing is owned of what is passed by reference; it lives longer, and so does the loop.
    static std::expected<std::unique_ptr<records>, std::string> open(const daemon_settings& settings,
                                                                     std::string_view command,
                                                                     const boost::asio::any_io_executor& on,
                                                                     autotask::clock& time, log& messages);

    audit_file& audit() { return *audit_; }
    contactd::journal& journal() { return *journal_; }
    decision_memory& decisions() { return decisions_; }

    /// Says of which instances writes are open that nobody will find out about, because they are not among these.
    void warn_of_strangers(const std::vector<std::string>& instances, log& messages);

private:
    records() = default;

    std::unique_ptr<state_directory> directory_;
    std::unique_ptr<audit_file> audit_;
    std::unique_ptr<journal_store> store_;
    std::unique_ptr<background_journal> journal_;
    decision_memory decisions_;
    std::unique_ptr<worker_thread> worker_; ///< The first to go: it works on the others.
};

} // namespace contactd
