#pragma once

#include "autotask/reader.hpp"
#include "daemon/memory/row_memory.hpp"
#include "daemon/sweep/splitting.hpp"

#include <boost/asio/awaitable.hpp>
#include <expected>
#include <functional>
#include <string>
#include <unordered_set>
#include <vector>

namespace contactd {

/// Companies that were asked for together, and all their rows.
struct chunk_rows {
    std::vector<core::company> companies;
    autotask::rows<core::device> devices;
    autotask::rows<core::contact> contacts;
    std::unordered_set<core::company_id> remembered; ///< Companies of which some rows were not read in this sweep.
};

/// Companies that could not be read together.
struct failed_chunk {
    std::vector<core::company> companies;
    autotask::error why;
};

/// What became of a chunk that was asked for again in parts: each of its companies is in one of them.
struct chunk_parts {
    std::vector<chunk_rows> read;
    std::vector<failed_chunk> failed;
};

struct chunk_ids;

/// Reads the rows of many companies with one query for their devices and one for their contacts and those of their
/// parents, side by side, and
/// finds the companies for which the server cannot answer. Lives no longer than the session.
class chunk_reader {
public:
    /// `ends_everything` says of a failure that nothing further can succeed. What is remembered is not asked for, and
    /// what is read is remembered; `memory` may be null.
    chunk_reader(boost::asio::any_io_executor on, autotask::reader& from, row_memory* memory,
                 std::function<bool(const autotask::error&)> ends_everything);

    /// So many of the companies, from there on, as fit into one query that may name `most_named` of them and their
    /// parents.
    static std::vector<core::company> some_of(const std::vector<core::company>& all, std::size_t from,
                                              std::size_t wanted, std::size_t most_named);

    /// Reads companies that fit into one query.
    boost::asio::awaitable<std::expected<chunk_rows, failed_chunk>> read(std::vector<core::company> companies);

    /// Asks for the halves of a chunk that failed, for the halves of those that fail again, and so on, as far as that
    /// is worth it. One query after the other: at the end of a sweep, when it is known whether others were answered.
    boost::asio::awaitable<chunk_parts> read_parts(failed_chunk chunk);

    const splitting& judge() const { return judge_; }

    /// Another question was answered: the server is there.
    void answered() { judge_.answered(); }

private:
    void remember(const chunk_ids& asked, chunk_rows& rows);

    boost::asio::any_io_executor on_;
    autotask::reader& from_;
    row_memory* memory_;
    std::function<bool(const autotask::error&)> ends_everything_;
    splitting judge_;
};

} // namespace contactd
