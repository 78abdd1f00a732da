// The tools that everything else reads texts with: folding, trimming, measuring.

#include "core/fold.hpp"
#include "core/text.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/require.hpp"
#include "tests/fuzz/texts.hpp"

#include <string>

namespace {

void check_folding(std::string_view text) {
    const auto folded = core::fold(text);
    fuzz::require(core::fold(folded) == folded, "folding twice is folding once");
    fuzz::require(core::fold(fuzz::with_other_case(text)) == folded, "folding ignores the case of ASCII letters");
    fuzz::require(fuzz::is_utf8(folded) == fuzz::is_utf8(text), "folding keeps a text as valid as it was");
    fuzz::require(folded.empty() == text.empty(), "folding leaves something of every text");
}

void check_trimming(std::string_view text) {
    const auto trimmed = core::trim(text);
    const auto without_blanks = core::trim_blanks(text);
    fuzz::require(core::trim(trimmed) == trimmed, "trimming twice is trimming once");
    fuzz::require(core::trim_blanks(trimmed) == trimmed, "what is trimmed has no blanks around it");
    fuzz::require(core::trim_blanks(without_blanks) == without_blanks, "trimming blanks twice is trimming once");
    fuzz::require(text.contains(trimmed) && text.contains(without_blanks), "trimming takes from the ends only");
    fuzz::require(core::trim(without_blanks) == trimmed, "blanks first or all at once comes to the same");
    fuzz::require(!fuzz::is_utf8(text) || fuzz::is_utf8(trimmed), "trimming never cuts into a character");
}

void check_zero_width(std::string_view text) {
    const auto without = core::without_zero_width(text);
    // Out of halves of a character, taking one away can make another.
    if (fuzz::is_utf8(text))
        fuzz::require(core::without_zero_width(without) == without && fuzz::is_utf8(without),
                      "no zero-width character is left, and every other one is");
    fuzz::require(without.size() <= text.size(), "taking characters away makes nothing longer");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    check_folding(text);
    check_trimming(text);
    check_zero_width(text);
    const auto units = core::utf16_units(text);
    fuzz::require(units <= text.size() && 4 * units >= text.size(), "a UTF-16 unit stands for one to four bytes");
    fuzz::require(!core::is_ascii(text) || units == text.size(), "of ASCII every byte is a unit");
    return 0;
}
