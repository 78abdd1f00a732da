// What zoneInformation answers: it says where the credentials go next.

#include "autotask/zone.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/require.hpp"

#include <array>
#include <string>

namespace {

using fuzz::require;

const std::array<std::string, 2> trusted{"localhost", "proxy.example"};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto body = fuzz::text_of(data, size);
    const auto read = autotask::read_zone(body, trusted);
    if (!read) {
        require(read.error().kind == autotask::error_kind::protocol && read.error().doing.empty() &&
                    !read.error().said.empty() && !read.error().maybe_done,
                "what is no zone is said");
        require(autotask::read_zone(body, {}).has_value() == false, "who trusts nobody reads no more");
        return 0;
    }
    const auto& host = read->url.host;
    require(host.ends_with(".autotask.net") || host == trusted[0] || host == trusted[1],
            "no credentials go where nobody sent them");
    require(autotask::parse_base_url(read->url.text()) == read->url, "the zone's URL can be written and read again");
    return 0;
}
