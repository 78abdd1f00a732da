#pragma once

#include <cstddef>

namespace contactd {

/// How many companies one query asks for. A query's last page is seldom full, so few long queries cost fewer requests
/// than many short ones; but a company is complete only at the end of its query, and until then its rows wait in
/// memory. Aims at a few pages a query and learns from what the companies turned out to hold.
class chunk_sizer {
public:
    std::size_t next() const;

    /// A query for so many companies returned so many rows, of devices or contacts, whichever were more.
    void learn(std::size_t companies, std::size_t rows);

private:
    double companies_seen_ = 0;
    double rows_seen_ = 0;
};

} // namespace contactd
