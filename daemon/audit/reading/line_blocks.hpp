#pragma once

#include "daemon/audit/reading/byte_source.hpp"

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace contactd {

/// Cuts the bytes of a source into blocks of whole lines. What it holds in memory does not depend on the length of a
/// file or of a line.
class line_blocks {
public:
    /// A longer line is none of ours; it is passed over.
    static constexpr std::size_t longest_line = 1 << 20;

    /// `offset` is that of the first byte in its file.
    explicit line_blocks(std::uint64_t offset = 0);

    struct block {
        std::string_view lines;   ///< Whole lines with their line feeds; empty where there are none at the moment.
        std::uint64_t offset = 0; ///< Of the first of them in the file.
        bool at_end = false;      ///< The source had nothing more to give.
    };

    /// Reads on. `too_long` hears where a line begins that is passed over. The views live until the next call.
    std::expected<block, std::string> next(byte_source& from, const std::function<void(std::uint64_t at)>& too_long);

    /// A last line without a line feed, which is over then.
    block take_rest();

    /// How much of the source has been read.
    std::uint64_t offset() const { return offset_ + end_; }

    /// Goes on in another file, at its beginning. What is left of a line is dropped; take it first.
    void begin_another_file();

private:
    void make_room();

    std::vector<char> buffer_;
    std::size_t used_ = 0;     ///< What was handed out.
    std::size_t end_ = 0;      ///< What was read.
    std::size_t searched_ = 0; ///< Where a line feed was looked for in vain.
    std::uint64_t offset_ = 0; ///< Of the first byte of the buffer in the file.
    bool passing_over_ = false;
};

} // namespace contactd
