#include "daemon/config/complaints.hpp"

#include <algorithm>
#include <utility>

namespace contactd {

complaints::complaints(std::string file, std::string origin) : file_(std::move(file)), origin_(std::move(origin)) {}

void complaints::add(int line, std::string_view key, fault fault) {
    const auto behind = std::upper_bound(errors_.begin(), errors_.end(), line,
                                         [](int wanted, const config_error& error) { return wanted < error.line; });
    errors_.insert(behind, {.file = file_,
                            .line = line,
                            .column = 0,
                            .key = std::string(key),
                            .what = std::move(fault.what),
                            .remedy = std::move(fault.remedy)});
}

std::vector<config_error> complaints::take() {
    return std::exchange(errors_, {});
}

} // namespace contactd
