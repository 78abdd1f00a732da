#pragma once

#include "daemon/audit/audit_sink.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace contactd {

/// The audit log as a file of JSON Lines, appended to and never rewritten. One write a line, so that whoever tails it
/// sees whole lines only.
class audit_file final : public audit_sink {
public:
    /// Opens or creates the file. A last line that was torn by a power cut is mended: completed when only its line feed
    /// is missing, else cut off. The error is a sentence that names the file.
    static std::expected<std::unique_ptr<audit_file>, std::string> open(const std::string& path);

    ~audit_file() override;
    audit_file(const audit_file&) = delete;
    audit_file& operator=(const audit_file&) = delete;

    std::expected<void, std::string> append(std::string_view line) override;
    std::expected<void, std::string> sync() override;
    std::vector<std::string> lines_of(std::string_view sweep) override;

    /// Opens the path anew: after logrotate has moved the file away. On an error the old file stays in use. What was
    /// appended to the old file is synchronised with the next sync().
    std::expected<void, std::string> reopen();

private:
    audit_file(std::string path, int descriptor);

    std::string path_;
    int descriptor_;
    std::mutex guard_;         ///< Of what follows, and of changes to descriptor_.
    std::vector<int> retired_; ///< Of files that were moved away, and are to be synchronised.
    std::string lost_;         ///< Why it is unknown whether what was appended is on the disk; empty as a rule.
};

} // namespace contactd
