#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>

namespace contactd {

/// The directory for what contactd remembers, held by one process at a time: two that write to the same Autotask would
/// not know of each other's slots, allowance and writes.
class state_directory {
public:
    /// Creates the directory where it is missing and takes it. `command` is what this process does, for whoever comes
    /// second. The error is a sentence: who has it, and what to do instead.
    static std::expected<std::unique_ptr<state_directory>, std::string> take(const std::string& path,
                                                                             std::string_view command);

    ~state_directory();
    state_directory(const state_directory&) = delete;
    state_directory& operator=(const state_directory&) = delete;

    const std::string& path() const { return path_; }

private:
    state_directory(std::string path, int lock) : path_(std::move(path)), lock_(lock) {}

    std::string path_;
    int lock_;
};

} // namespace contactd
