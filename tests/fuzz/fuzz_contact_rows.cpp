// A page of contacts, with two of the three e-mail fields taken.

#include "tests/fuzz/input.hpp"
#include "tests/fuzz/row_checks.hpp"

#include <array>

namespace {

using fuzz::items_of;
using fuzz::require;

const std::array<std::string, 2> fields{"emailAddress3", "emailAddress"};

void check_addresses(const boost::json::object& from, const core::contact& row) {
    std::size_t taken = 0;
    bool any = false;
    for (const auto& field : fields) {
        const auto* value = autotask::json_value::member(from, field);
        any = any || value;
        if (value && !value->get_string().empty())
            require(taken < row.addresses.size() && row.addresses[taken++] == std::string_view(value->get_string()),
                    "addresses are what stands in the fields, in their order");
    }
    require(taken == row.addresses.size(), "no address is taken from elsewhere");
    require(any == row.has_address, "a contact has an address when a field is not null");
}

void check_row(const boost::json::object& from, const core::contact& row) {
    require(items_of::number(from, "companyID") == row.company.value, "no contact changes its company");
    require(items_of::holds(from, "firstName", row.first_name), "a first name is what stands there");
    require(items_of::holds(from, "lastName", row.last_name), "a last name is what stands there");
    require(row.active || from.contains("isActive"), "only what is said to be inactive is");
    check_addresses(from, row);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto read = [](std::string_view body, std::optional<std::int64_t> after) {
        return autotask::read_contacts(body, after, fields);
    };
    fuzz::check_pages(fuzz::text_of(data, size), "contact", read, check_row);
    return 0;
}
