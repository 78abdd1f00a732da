#include "core/read_id.hpp"

#include <catch2/catch.hpp>

TEST_CASE("An id is digits and nothing else") {
    CHECK(core::read_id("0") == 0);
    CHECK(core::read_id("29682") == 29682);
    CHECK(core::read_id("9223372036854775807") == 9223372036854775807);
    for (const auto* text : {"", "-1", "+1", " 1", "1 ", "1.0", "0x1", "9223372036854775808", "one"}) {
        CAPTURE(text);
        CHECK_FALSE(core::read_id(text));
    }
}
