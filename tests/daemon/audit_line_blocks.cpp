#include "daemon/audit/reading/line_blocks.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

namespace {

using namespace contactd;

/// Gives the text in pieces of these sizes, again and again.
class text_source final : public byte_source {
public:
    text_source(std::string text, std::vector<std::size_t> pieces)
        : text_(std::move(text)), pieces_(std::move(pieces)) {}

    std::expected<std::size_t, std::string> read(std::span<char> into) override {
        const auto size = std::min({into.size(), text_.size() - at_, pieces_[next_++ % pieces_.size()]});
        std::copy_n(text_.data() + at_, size, into.data());
        at_ += size;
        return size;
    }

private:
    std::string text_;
    std::vector<std::size_t> pieces_;
    std::size_t at_ = 0;
    std::size_t next_ = 0;
};

struct everything_read {
    std::string lines;
    std::string rest;
    std::vector<std::uint64_t> too_long;
};

everything_read read(const std::string& text, std::vector<std::size_t> pieces) {
    text_source source(text, std::move(pieces));
    line_blocks blocks(1000);
    everything_read all;
    while (true) {
        const auto block = blocks.next(source, [&all](std::uint64_t at) { all.too_long.push_back(at - 1000); });
        REQUIRE(block);
        if (!block->lines.empty()) {
            CHECK(block->lines.ends_with('\n'));
            CHECK(text.substr(block->offset - 1000, block->lines.size()) == block->lines);
        }
        all.lines += block->lines;
        if (block->at_end)
            break;
    }
    CHECK(blocks.offset() == 1000 + text.size());
    all.rest = blocks.take_rest().lines;
    return all;
}

} // namespace

TEST_CASE("blocks are whole lines, however the bytes come") {
    std::mt19937 random(3);
    for (int round = 0; round < 200; ++round) {
        std::string text;
        for (auto lines = random() % 20; lines > 0; --lines)
            text += std::string(random() % 40, 'x') + '\n';
        const std::string rest(random() % 30, 'y');
        const auto got = read(text + rest, {1 + random() % 50, 1 + random() % 7});
        REQUIRE(got.lines == text);
        REQUIRE(got.rest == rest);
        REQUIRE(got.too_long.empty());
    }
}

TEST_CASE("a line that is too long is told and passed over, and the lines around it are read") {
    for (const std::size_t piece : {std::size_t{100'000}, std::size_t{1} << 30}) {
        const std::string before = "one\n";
        const std::string monster(5'000'000, 'x');
        const auto got = read(before + monster + "\ntwo\n" + monster, {piece});
        CHECK(got.lines == "one\ntwo\n");
        CHECK(got.rest.empty());
        CHECK(got.too_long == std::vector<std::uint64_t>{4, 4 + 5'000'000 + 5});
    }
}
