// A date as the API writes it.

#include "autotask/api_date.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    const auto read = autotask::read_api_date(text);
    if (!read)
        return 0;
    constexpr std::size_t whole_seconds = 19;
    const auto written = autotask::write_api_date(*read);
    fuzz::require(autotask::read_api_date(written) == read, "a date can be written and read again");
    fuzz::require(text.substr(0, whole_seconds) == std::string_view(written).substr(0, whole_seconds),
                  "a date is read to the letter");
    auto fraction = text.substr(whole_seconds);
    if (fraction.ends_with('Z'))
        fraction.remove_suffix(1);
    fuzz::require(std::string_view(written).substr(whole_seconds).starts_with(fraction.substr(0, 4)),
                  "no digit of a fraction is lost down to the millisecond");
    return 0;
}
