#include <fmt/format.h>

#include "tests/sandbox/model/generator/extras.hpp"
#include "tests/sandbox/model/generator/last_user.hpp"
#include "tests/sandbox/model/generator/plan.hpp"

namespace sandbox {
namespace {

constexpr std::int64_t workstation = 1;
constexpr std::int64_t server = 2;

std::int64_t random_type(random_source& random) {
    const auto share = random.below(100);
    if (share < 66)
        return workstation;
    if (share < 76)
        return 27;
    if (share < 88)
        return server;
    if (share < 92)
        return 3;
    if (share < 94)
        return 4;
    if (share < 95)
        return 11;
    return 0; // none
}

std::string_view operating_system(std::int64_t type, random_source& random) {
    static constexpr std::string_view desktops[] = {"Microsoft Windows 11 Pro 10.0.26100",
                                                    "Microsoft Windows 10 Pro 10.0.19045", "macOS 15.1"};
    static constexpr std::string_view servers[] = {"Microsoft Windows Server 2022 Standard 10.0.20348",
                                                   "Microsoft Windows Server 2019 Standard 10.0.17763"};
    return type == server ? random.pick(std::span<const std::string_view>{servers})
                          : random.pick(std::span<const std::string_view>{desktops});
}

/// An active contact its login finds; null when the company has none.
const planned_contact* random_person(const planned_company& company, random_source& random) {
    for (int attempt = 0; attempt < 20 && !company.contacts.empty(); ++attempt) {
        const planned_contact& candidate = company.contacts[random.below(company.contacts.size())];
        if (candidate.is_plain)
            return &candidate;
    }
    return nullptr;
}

/// Whose device it is, by last user and by contact.
struct ownership {
    std::optional<std::string> last_user; ///< nothing: null
    std::int64_t contact = 0;             ///< 0: none
    std::string odd_account{};            ///< of that contact, when it is not the one its address would have
};

ownership random_owner(const planned_company& company, const std::string& host, std::int64_t type,
                       std::size_t& odd_forms, random_source& random) {
    const planned_contact* person = random_person(company, random);
    const planned_contact nobody{0, "Max", "Mustermann", "mmuster", true, true};
    const planned_contact& user = person != nullptr ? *person : nobody;
    ownership result{std::nullopt, user.id};
    const auto share = random.below(1'000);
    if (type == server || type == 3 || type == 4) {
        result.contact = 0;
        if (type == server)
            result.last_user =
                share < 600 ? company.netbios + "\\Administrator" : odd_last_user(odd_forms++, company, user, host);
        return result;
    }
    if (share < 60) {
        // Nobody has logged on yet, or the audit has not run.
        result.contact = random.below(2) == 0 ? user.id : 0;
        return result;
    }
    if (share < 180) {
        result.last_user = odd_last_user(odd_forms++, company, user, host);
        return result;
    }
    result.last_user = common_last_user(company, user, random);
    if (share < 190 && !company.contacts.empty()) {
        // A contact that is no ordinary one: left, doubled, without an address, known under an alias.
        const planned_contact& other = company.contacts[random.below(company.contacts.size())];
        if (!other.login.empty())
            result.last_user = company.netbios + "\\" + other.login;
    } else if (share < 205) {
        result.odd_account = user.login + "x"; // a typing error of whoever made the account
        result.last_user = company.netbios + "\\" + result.odd_account;
    } else if (share < 285) {
        result.contact = 0;
    } else if (share < 365) {
        const planned_contact* other = random_person(company, random);
        result.contact = other != nullptr ? other->id : 0;
    }
    return result;
}

} // namespace

void make_devices(database& tenant, const planned_company& company, std::int64_t& next_id, std::size_t& odd_forms,
                  random_source& random, const extras& more) {
    table& rows = tenant.rows(entity::configuration_items);
    for (std::size_t i = 0; i < company.devices; ++i) {
        const std::int64_t id = next_id++;
        const std::int64_t type = random_type(random);
        const std::string host =
            fmt::format("{}-{}{:04}", company.netbios.substr(0, 8), type == server ? "SRV" : "PC", i + 1);
        const ownership owner = random_owner(company, host, type, odd_forms, random);
        const auto number = static_cast<std::uint64_t>(id);
        const std::int64_t created =
            world_date - random.between(100, 2'000) * day_length - random.between(0, day_length - 1);
        row_builder builder{rows, id};
        builder.number("companyID", company.id)
            .flag("isActive", !random.per_mille(70))
            .number("productID", random.per_mille(8) ? 9'012 : 9'001 + static_cast<std::int64_t>(number % 11))
            .text("referenceTitle", host)
            .text("serialNumber", fmt::format("SN{:08X}", number * 2'654'435'761ULL % 0xFFFFFFFFULL))
            .number("createDate", created)
            .number("createdByPersonID", 29'682'885)
            .number("installDate", (world_date - random.between(100, 2'000) * day_length) / day_length * day_length)
            .number("lastModifiedTime", random_modification(created, random))
            .number("lastActivityPersonID", 29'682'885)
            .number("lastActivityPersonType", 1)
            .number("rmmDeviceID", 5'000'000'000 + id)
            .text("rmmDeviceUID", fmt::format("{:08x}-6f9e-4c1d-9a3b-{:012x}", number, number * 7'919))
            .text("rmmDeviceAuditHostname", host)
            .text("rmmDeviceAuditIPAddress",
                  fmt::format("10.{}.{}.{}", number >> 16U & 0xFFU, number >> 8U & 0xFFU, number & 0xFFU))
            .text("rmmDeviceAuditExternalIPAddress",
                  fmt::format("192.0.2.{}", static_cast<std::uint64_t>(company.id) % 254 + 1))
            .text("rmmDeviceAuditMacAddress", fmt::format("02:00:{:02x}:{:02x}:{:02x}:01", number >> 16U & 0xFFU,
                                                          number >> 8U & 0xFFU, number & 0xFFU))
            .text("rmmDeviceAuditOperatingSystem", operating_system(type, random))
            .number("rmmDeviceAuditDeviceTypeID", type == server ? 3 : (type == 27 ? 2 : 1))
            .number("rmmDeviceAuditMemoryBytes", 17'179'869'184)
            .number("rmmOpenAlertCount", random.between(0, 3));
        if (type != 0)
            builder.number("configurationItemType", type);
        if (owner.contact != 0)
            builder.number("contactID", owner.contact);
        if (owner.last_user)
            builder.text("rmmDeviceAuditLastUser", *owner.last_user);
        if (!random.per_mille(20))
            builder.user_defined("Cost Centre", std::to_string(100 + number % 7 * 10));
        if (random.per_mille(300))
            builder.user_defined("Asset Tag", fmt::format("A-{}", id));
        more.add_to_device(builder, id, type);
        if (!owner.odd_account.empty() && owner.contact != 0)
            more.note_account(tenant, company, owner.contact, owner.odd_account);
        rows.insert(builder.take());
    }
}

} // namespace sandbox
