#include "tests/sandbox/model/schema/tables.hpp"

namespace sandbox {
namespace {

using enum field_type;

constexpr field fields[] = {
    {"id", long_integer, 0, required | read_only},
    {"additionalAddressInformation", text, 100, no_flags},
    {"address1", text, 128, no_flags},
    {"address2", text, 128, no_flags},
    {"alternatePhone1", text, 25, no_flags},
    {"alternatePhone2", text, 25, no_flags},
    {"apiVendorID", integer, 0, read_only | picklist},
    {"assetValue", real, 0, not_queryable},
    {"billToCompanyLocationID", integer, 0, no_flags, "CompanyLocation"},
    {"billToAdditionalAddressInformation", text, 100, no_flags},
    {"billingAddress1", text, 150, no_flags},
    {"billingAddress2", text, 150, no_flags},
    {"billToAddressToUse", integer, 0, picklist},
    {"billToAttention", text, 50, no_flags},
    {"billToCity", text, 50, no_flags},
    {"billToCountryID", integer, 0, no_flags, "Country"},
    {"billToState", text, 128, no_flags},
    {"billToZipCode", text, 50, no_flags},
    {"city", text, 30, no_flags},
    {"classification", integer, 0, picklist},
    {"companyName", text, 100, required},
    {"companyNumber", text, 50, no_flags},
    {"companyType", integer, 0, required | picklist},
    {"competitorID", integer, 0, picklist},
    {"countryID", integer, 0, no_flags, "Country"},
    {"createDate", date, 0, read_only},
    {"createdByResourceID", integer, 0, read_only, "Resource"},
    {"currencyID", integer, 0, picklist},
    {"fax", text, 25, no_flags},
    {"impersonatorCreatorResourceID", integer, 0, read_only, "Resource"},
    {"invoiceEmailMessageID", integer, 0, no_flags},
    {"invoiceMethod", integer, 0, picklist},
    {"invoiceNonContractItemsToParentCompany", boolean, 0, no_flags},
    {"invoiceTemplateID", integer, 0, no_flags, "InvoiceTemplate"},
    {"isActive", boolean, 0, no_flags},
    {"isClientPortalActive", boolean, 0, no_flags},
    {"isEnabledForComanaged", boolean, 0, no_flags},
    {"isTaskFireActive", boolean, 0, no_flags},
    {"isTaxExempt", boolean, 0, no_flags},
    {"lastActivityDate", date, 0, read_only},
    {"lastTrackedModifiedDateTime", date, 0, read_only},
    {"marketSegmentID", integer, 0, picklist},
    {"ownerResourceID", integer, 0, required, "Resource"},
    {"parentCompanyID", integer, 0, no_flags, "Company"},
    {"phone", text, 25, required},
    {"postalCode", text, 10, no_flags},
    {"quoteEmailMessageID", integer, 0, no_flags},
    {"quoteTemplateID", integer, 0, not_queryable, "QuoteTemplate"},
    {"sicCode", text, 32, not_queryable},
    {"state", text, 40, no_flags},
    {"stockMarket", text, 10, not_queryable},
    {"stockSymbol", text, 10, not_queryable},
    {"surveyCompanyRating", real, 0, no_flags},
    {"taxID", text, 50, no_flags},
    {"taxRegionID", integer, 0, no_flags, "TaxRegion"},
    {"territoryID", integer, 0, picklist},
    {"webAddress", text, 255, no_flags},
};

} // namespace

std::span<const field> company_fields() { return fields; }

} // namespace sandbox
