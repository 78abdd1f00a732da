#pragma once

#include "daemon/memory/row_packing.hpp"

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

namespace contactd {

/// So much of one table of one instance is kept in memory at the most: 100,000 devices take about 8 MiB.
inline constexpr std::size_t most_bytes_known = std::size_t{64} << 20;

/// The rows of a table by company, packed. Bounded: of a company that finds no room any more nothing is kept.
template <class Row>
class known_rows {
public:
    explicit known_rows(std::size_t most_bytes = most_bytes_known) : most_bytes_(most_bytes) {}

    bool knows(core::company_id company) const { return companies_.contains(company); }

    /// All rows of a company; none where it is not known.
    std::vector<Row> of(core::company_id company) const {
        std::vector<Row> rows;
        if (const auto found = companies_.find(company); found != companies_.end()) {
            rows.reserve(found->second.rows);
            unpack(found->second.packed, company, rows);
        }
        return rows;
    }

    /// Replaces the rows of a company.
    void put(core::company_id company, const std::vector<Row>& rows) {
        forget(company);
        auto packed = pack(rows);
        if (bytes_ + cost(packed) > most_bytes_)
            return;
        bytes_ += cost(packed);
        rows_ += rows.size();
        companies_.emplace(company, entry{std::move(packed), rows.size()});
    }

    void forget(core::company_id company) {
        const auto found = companies_.find(company);
        if (found == companies_.end())
            return;
        bytes_ -= cost(found->second.packed);
        rows_ -= found->second.rows;
        companies_.erase(found);
    }

    std::size_t count(core::company_id company) const {
        const auto found = companies_.find(company);
        return found == companies_.end() ? 0 : found->second.rows;
    }

    std::vector<core::company_id> companies() const {
        std::vector<core::company_id> ids;
        for (const auto& [id, rows] : companies_)
            ids.push_back(id);
        return ids;
    }

    std::size_t rows() const { return rows_; }
    std::size_t bytes() const { return bytes_; }

private:
    struct entry {
        std::string packed;
        std::size_t rows;
    };

    /// With what the table itself takes for a company.
    static std::size_t cost(const std::string& packed) { return packed.capacity() + 100; }

    std::size_t most_bytes_;
    std::size_t bytes_ = 0;
    std::size_t rows_ = 0;
    std::unordered_map<core::company_id, entry> companies_;
};

} // namespace contactd
