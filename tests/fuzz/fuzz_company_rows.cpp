// A page of companies.

#include "tests/fuzz/input.hpp"
#include "tests/fuzz/row_checks.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto check_row = [](const boost::json::object& from, const core::company& row) {
        fuzz::require(fuzz::items_of::holds(from, "companyName", row.name), "a name is what stands there");
        fuzz::require(row.active || from.contains("isActive"), "only what is said to be inactive is");
    };
    fuzz::check_pages(fuzz::text_of(data, size), "company", autotask::read_companies, check_row);
    return 0;
}
