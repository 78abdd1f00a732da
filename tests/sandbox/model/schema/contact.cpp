#include "tests/sandbox/model/schema/tables.hpp"

namespace sandbox {
namespace {

using enum field_type;

constexpr field fields[] = {
    {"id", long_integer, 0, required | read_only},
    {"additionalAddressInformation", text, 100, no_flags},
    {"addressLine", text, 128, no_flags},
    {"addressLine1", text, 128, no_flags},
    {"alternatePhone", text, 25, no_flags},
    {"apiVendorID", integer, 0, read_only | picklist},
    {"bulkEmailOptOutTime", date, 0, read_only},
    {"city", text, 32, no_flags},
    {"companyID", integer, 0, required | only_on_create, "Company"},
    {"companyLocationID", integer, 0, no_flags, "CompanyLocation"},
    {"countryID", integer, 0, no_flags, "Country"},
    {"createDate", date, 0, read_only},
    {"emailAddress", text, 254, no_flags},
    {"emailAddress2", text, 254, no_flags},
    {"emailAddress3", text, 254, no_flags},
    {"extension", text, 10, no_flags},
    {"externalID", text, 50, no_flags},
    {"facebookUrl", text, 200, no_flags},
    {"faxNumber", text, 25, no_flags},
    {"firstName", text, 50, required},
    {"impersonatorCreatorResourceID", integer, 0, read_only, "Resource"},
    {"isActive", integer, 0, required},
    {"isOptedOutFromBulkEmail", boolean, 0, not_queryable},
    {"lastActivityDate", date, 0, read_only},
    {"lastModifiedDate", date, 0, read_only},
    {"lastName", text, 50, required},
    {"linkedInUrl", text, 200, no_flags},
    {"middleInitial", text, 50, no_flags},
    {"mobilePhone", text, 25, no_flags},
    {"namePrefix", integer, 0, picklist},
    {"nameSuffix", integer, 0, picklist},
    {"note", text, 50, no_flags},
    {"receivesEmailNotifications", boolean, 0, no_flags},
    {"phone", text, 25, no_flags},
    {"primaryContact", boolean, 0, no_flags},
    {"roomNumber", text, 50, no_flags},
    {"solicitationOptOut", boolean, 0, not_queryable},
    {"solicitationOptOutTime", date, 0, read_only},
    {"state", text, 40, no_flags},
    {"surveyOptOut", boolean, 0, not_queryable},
    {"title", text, 50, no_flags},
    {"twitterUrl", text, 200, no_flags},
    {"zipCode", text, 16, no_flags},
    {"soapParentPropertyId", text, 50, read_only | not_queryable},
};

} // namespace

std::span<const field> contact_fields() { return fields; }

} // namespace sandbox
