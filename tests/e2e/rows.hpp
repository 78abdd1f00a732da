#pragma once

#include <string>

namespace e2e {

/// Two customers and the provider itself, small enough to know every outcome by heart.
///
///   company 0   the provider: not a customer, so it is left alone
///   company 10  Acme: one of everything
///   company 20  Acme's branch: two domains, a name twice
inline const std::string known_rows = R"({
  "Companies": [
    {"id": 0, "companyName": "Provider", "companyType": 8, "isActive": true},
    {"id": 10, "companyName": "Acme", "companyType": 1, "isActive": true},
    {"id": 20, "companyName": "Acme Branch", "companyType": 1, "isActive": true, "parentCompanyID": 10},
    {"id": 30, "companyName": "Gone", "companyType": 1, "isActive": false},
    {"id": 40, "companyName": "A Lead", "companyType": 2, "isActive": true}
  ],
  "Contacts": [
    {"id": 101, "companyID": 10, "firstName": "Anna", "lastName": "Berg", "emailAddress": "anna@acme.example", "isActive": 1},
    {"id": 102, "companyID": 10, "firstName": "Ben", "lastName": "Cole", "emailAddress": "Ben@acme.example", "isActive": 1},
    {"id": 103, "companyID": 10, "firstName": "Carla", "lastName": "Gone", "emailAddress": "carla@acme.example", "isActive": 0},
    {"id": 201, "companyID": 20, "firstName": "Dora", "lastName": "One", "emailAddress": "dora@acme.example", "isActive": 1},
    {"id": 202, "companyID": 20, "firstName": "Dora", "lastName": "Two", "emailAddress": "dora@branch.example", "isActive": 1},
    {"id": 1, "companyID": 0, "firstName": "Anna", "lastName": "Provider", "emailAddress": "anna@provider.example", "isActive": 1}
  ],
  "ConfigurationItems": [
    {"id": 1001, "companyID": 10, "configurationItemType": 1, "isActive": true, "rmmDeviceAuditHostname": "PC-EMPTY", "rmmDeviceAuditLastUser": "ACME\\anna"},
    {"id": 1002, "companyID": 10, "configurationItemType": 1, "isActive": true, "rmmDeviceAuditHostname": "PC-WRONG", "rmmDeviceAuditLastUser": "ACME\\BEN", "contactID": 101},
    {"id": 1003, "companyID": 10, "configurationItemType": 1, "isActive": true, "rmmDeviceAuditHostname": "PC-RIGHT", "rmmDeviceAuditLastUser": "ben@acme.example", "contactID": 102},
    {"id": 1004, "companyID": 10, "configurationItemType": 1, "isActive": true, "rmmDeviceAuditHostname": "PC-LEFT", "rmmDeviceAuditLastUser": "ACME\\carla", "contactID": 103},
    {"id": 1005, "companyID": 10, "configurationItemType": 1, "isActive": true, "rmmDeviceAuditHostname": "PC-SYSTEM", "rmmDeviceAuditLastUser": "NT AUTHORITY\\SYSTEM"},
    {"id": 1006, "companyID": 10, "configurationItemType": 1, "isActive": true, "rmmDeviceAuditHostname": "PC-NOBODY"},
    {"id": 1007, "companyID": 10, "configurationItemType": 1, "isActive": false, "rmmDeviceAuditHostname": "PC-OLD", "rmmDeviceAuditLastUser": "ACME\\anna"},
    {"id": 1008, "companyID": 10, "configurationItemType": 7, "isActive": true, "rmmDeviceAuditHostname": "SERVER", "rmmDeviceAuditLastUser": "ACME\\anna"},
    {"id": 2001, "companyID": 20, "configurationItemType": 1, "isActive": true, "rmmDeviceAuditHostname": "BR-1", "rmmDeviceAuditLastUser": "ACME\\dora"},
    {"id": 2002, "companyID": 20, "configurationItemType": 1, "isActive": true, "rmmDeviceAuditHostname": "BR-2", "rmmDeviceAuditLastUser": "ACME\\anna"},
    {"id": 2003, "companyID": 20, "configurationItemType": 1, "isActive": true, "rmmDeviceAuditHostname": "BR-3", "rmmDeviceAuditLastUser": "dora@branch.example"},
    {"id": 1, "companyID": 0, "configurationItemType": 1, "isActive": true, "rmmDeviceAuditHostname": "OWN", "rmmDeviceAuditLastUser": "anna"}
  ]
})";

} // namespace e2e
