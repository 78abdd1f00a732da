#pragma once

#include "autotask/reader.hpp"
#include "core/scope.hpp"
#include "daemon/sweep/splitting.hpp"

#include <boost/asio/awaitable.hpp>
#include <expected>
#include <functional>
#include <string>
#include <vector>

namespace contactd {

/// Companies that were asked for together, and all their rows.
struct chunk_rows {
    std::vector<core::company> companies;
    autotask::rows<core::device> devices;
    autotask::rows<core::contact> contacts;
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

/// Reads the rows of many companies with one query for their devices and one for their contacts, side by side, and
/// finds the companies for which the server cannot answer. Lives no longer than the session.
class chunk_reader {
public:
    /// What every query asks for.
    struct scope {
        core::device_types types;
        std::vector<std::string> email_fields;
    };

    /// `ends_everything` says of a failure that nothing further can succeed.
    chunk_reader(boost::asio::any_io_executor on, autotask::reader& from,
                 std::function<bool(const autotask::error&)> ends_everything);

    /// Reads so many companies as a query may name, `autotask::longest_list`.
    boost::asio::awaitable<std::expected<chunk_rows, failed_chunk>> read(std::vector<core::company> companies,
                                                                         const scope& wanted);

    /// Asks for the halves of a chunk that failed, for the halves of those that fail again, and so on, as far as that
    /// is worth it. One query after the other: at the end of a sweep, when it is known whether others were answered.
    boost::asio::awaitable<chunk_parts> read_parts(failed_chunk chunk, const scope& wanted);

    const splitting& judge() const { return judge_; }

private:
    boost::asio::any_io_executor on_;
    autotask::reader& from_;
    std::function<bool(const autotask::error&)> ends_everything_;
    splitting judge_;
};

} // namespace contactd
