#include "daemon/audit/reading/line_blocks.hpp"

#include <cstring>

namespace contactd {

namespace {

/// What is read at a time: much less than the caches of a processor hold, much more than a call of the kernel costs.
constexpr std::size_t block_size = 256 << 10;

} // namespace

line_blocks::line_blocks(std::uint64_t offset) : buffer_(line_blocks::longest_line + block_size), offset_(offset) {}

void line_blocks::make_room() {
    std::memmove(buffer_.data(), buffer_.data() + used_, end_ - used_);
    offset_ += used_;
    searched_ -= used_;
    end_ -= used_;
    used_ = 0;
}

std::expected<line_blocks::block, std::string>
line_blocks::next(byte_source& from, const std::function<void(std::uint64_t at)>& too_long) {
    make_room();
    const auto got = from.read(std::span(buffer_).subspan(end_, block_size));
    if (!got)
        return std::unexpected(got.error());
    end_ += *got;
    block made;
    made.at_end = *got == 0;
    std::string_view lines(buffer_.data() + used_, end_ - used_);
    if (passing_over_) {
        const auto feed = lines.find('\n');
        used_ = feed == std::string_view::npos ? end_ : feed + 1;
        passing_over_ = feed == std::string_view::npos;
        searched_ = used_;
        lines = {buffer_.data() + used_, end_ - used_};
    }
    const auto last = lines.substr(searched_ - used_).rfind('\n');
    made.offset = offset_ + used_;
    if (last != std::string_view::npos) {
        made.lines = lines.substr(0, searched_ - used_ + last + 1);
        used_ += made.lines.size();
    } else if (lines.size() > longest_line) {
        too_long(made.offset);
        passing_over_ = true;
        used_ = end_;
    }
    searched_ = end_;
    return made;
}

line_blocks::block line_blocks::take_rest() {
    block rest{{buffer_.data() + used_, end_ - used_}, offset_ + used_, true};
    used_ = end_;
    searched_ = end_;
    passing_over_ = false;
    return rest;
}

void line_blocks::begin_another_file() {
    used_ = 0;
    end_ = 0;
    searched_ = 0;
    offset_ = 0;
    passing_over_ = false;
}

} // namespace contactd
