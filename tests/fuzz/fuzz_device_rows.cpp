// A page of configuration items.

#include "tests/fuzz/input.hpp"
#include "tests/fuzz/row_checks.hpp"

namespace {

using fuzz::items_of;
using fuzz::require;

void check_row(const boost::json::object& from, const core::device& row) {
    require(items_of::number(from, "companyID") == row.company.value, "no device changes its company");
    require(items_of::number(from, "contactID").value_or(0) == (row.contact ? row.contact->value : 0),
            "no device changes its contact");
    require(!row.contact || row.contact->value != 0, "0 is no contact");
    require(items_of::number(from, "configurationItemType") == row.type, "no device changes its type");
    require(items_of::holds(from, "rmmDeviceAuditHostname", row.hostname), "a hostname is what stands there");
    require(items_of::holds(from, "referenceTitle", row.title), "a title is what stands there");
    require(items_of::holds(from, "rmmDeviceAuditLastUser", row.last_user), "a last user is what stands there");
    require(row.has_last_user || row.last_user.empty(), "there is no last user where there is none");
    require(row.active || from.contains("isActive"), "only what is said to be inactive is");
    require(!row.name().empty(), "a device can be called something");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::check_pages(fuzz::text_of(data, size), "configuration item", autotask::read_devices, check_row);
    return 0;
}
