#pragma once

#include "daemon/audit/audit_file.hpp"
#include "tests/sandbox/model/random.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace simulation {

/// The real audit log on a disk that can be full, and whose power can be cut. Lives as long as a process that writes
/// it.
class audit_on_disk final : public contactd::audit_sink {
public:
    /// Throws std::runtime_error when the file cannot be opened. Owns nothing.
    audit_on_disk(const std::string& path, const bool& disk_is_full);

    std::expected<void, std::string> append(std::string_view line) override;
    std::expected<void, std::string> sync() override;
    std::vector<std::string> lines_of(std::string_view sweep) override { return file_->lines_of(sweep); }

    /// What was not synchronised may be lost, down to the middle of a line.
    void lose_power(sandbox::random_source& dice);

    std::function<void(std::string_view line)> on_line;      ///< Hears of every line. May be empty.
    std::function<void(std::string_view line)> on_lost_line; ///< Of those for which there was no room. May be empty.

private:
    std::string path_;
    const bool& disk_is_full_;
    std::unique_ptr<contactd::audit_file> file_;
    std::size_t safe_ = 0; ///< So many bytes are on the disk for certain.
};

} // namespace simulation
