#pragma once

#include "daemon/audit/audit_sink.hpp"

#include <memory>
#include <string>

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

    /// Opens the path anew: after logrotate has moved the file away. On an error the old file stays in use.
    std::expected<void, std::string> reopen();

private:
    audit_file(std::string path, int descriptor);

    std::string path_;
    int descriptor_;
};

} // namespace contactd
