#include "tests/sim/engine/disk.hpp"

#include <filesystem>
#include <stdexcept>

namespace simulation {

namespace fs = std::filesystem;

audit_on_disk::audit_on_disk(const std::string& path, const bool& disk_is_full)
    : path_(path), disk_is_full_(disk_is_full) {
    auto opened = contactd::audit_file::open(path);
    if (!opened)
        throw std::runtime_error(opened.error());
    file_ = std::move(*opened);
    safe_ = fs::file_size(path_);
}

std::expected<void, std::string> audit_on_disk::append(std::string_view line) {
    if (disk_is_full_ && on_lost_line)
        on_lost_line(line);
    if (disk_is_full_)
        return std::unexpected("writing the audit log: No space left on device");
    auto done = file_->append(line);
    if (done && on_line)
        on_line(line);
    return done;
}

std::expected<void, std::string> audit_on_disk::sync() {
    const auto size = fs::file_size(path_);
    auto done = file_->sync();
    if (done)
        safe_ = size;
    return done;
}

void audit_on_disk::lose_power(sandbox::random_source& dice) {
    const auto size = fs::file_size(path_);
    fs::resize_file(path_, safe_ + dice.below(size - safe_ + 1));
}

} // namespace simulation
