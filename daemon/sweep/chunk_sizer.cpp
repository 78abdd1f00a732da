#include "daemon/sweep/chunk_sizer.hpp"

#include "autotask/query.hpp"

#include <algorithm>

namespace contactd {
namespace {

constexpr double rows_wanted = 6 * static_cast<double>(autotask::page_size);
constexpr double first_guess = 25;

} // namespace

std::size_t chunk_sizer::next() const {
    const double wanted = companies_seen_ > 0 ? rows_wanted * companies_seen_ / std::max(rows_seen_, 1.0) : first_guess;
    return static_cast<std::size_t>(std::clamp(wanted, 1.0, static_cast<double>(autotask::longest_list)));
}

void chunk_sizer::learn(std::size_t companies, std::size_t rows) {
    companies_seen_ += static_cast<double>(companies);
    rows_seen_ += static_cast<double>(rows);
}

} // namespace contactd
