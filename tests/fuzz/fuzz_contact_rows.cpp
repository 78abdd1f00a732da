// A page of contacts, with two of the three e-mail fields taken.

#include "tests/fuzz/input.hpp"
#include "tests/fuzz/row_checks.hpp"

namespace {

using fuzz::items_of;
using fuzz::require;

autotask::wanted_rows wanted() {
    autotask::wanted_rows made;
    made.address_fields = {"emailAddress3", "emailAddress"};
    made.login_fields = {"Login name"};
    return made;
}

const autotask::wanted_rows fields = wanted();

void check_addresses(const boost::json::object& from, const core::contact& row) {
    bool any = false;
    require(row.addresses.size() == fields.address_fields.size(), "every field has its place");
    require(row.logins.size() == fields.login_fields.size(), "so has every user-defined one");
    for (std::size_t i = 0; i < row.addresses.size(); ++i) {
        const auto* value = autotask::json_value::member(from, fields.address_fields[i]);
        any = any || value;
        require(row.addresses[i] == (value ? std::string_view(value->get_string()) : std::string_view()),
                "addresses are what stands in the fields, in their order");
    }
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
