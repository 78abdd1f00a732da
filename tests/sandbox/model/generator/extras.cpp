#include "tests/sandbox/model/generator/extras.hpp"

#include <algorithm>

#include "tests/sandbox/model/generator/names.hpp"
#include "tests/sandbox/model/text.hpp"

namespace sandbox {
namespace {

enum category : std::int64_t {
    standard = 1,
    domain = 2,
    certificate = 3,
    workstation = 101,
    laptop = 102,
    server = 103,
    network_device = 104,
    printer = 105,
    retired = 106
};

/// The domain with the letters of the name: `grünwald-zahnaerzte.example`.
std::string domain_with_umlauts(const planned_company& company) {
    return fold(company.name.substr(0, company.name.find(' '))) + company.domain.substr(company.domain.find('-'));
}

std::string upper(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return text;
}

std::string web_address(const planned_company& company, std::uint64_t form) {
    const std::string& domain = company.domain;
    switch (form) {
    case 0:
        return domain;
    case 1:
        return "www." + domain;
    case 2:
        return "http://" + domain + "/";
    case 3:
        return "https://www." + domain + "/de/kontakt.html?from=psa";
    case 4:
        return "HTTP://WWW." + upper(domain);
    case 5:
        return "  www." + domain + " ";
    case 6:
        return "http://https://www." + domain;
    case 7:
        return "www." + domain + "; www.group-" + domain;
    case 8:
        return "info@" + domain;
    case 9:
        return "https://portal." + domain + ":8443/login";
    case 10:
        return "https://social.example/" + domain.substr(0, domain.find('.'));
    case 11:
        return "www." + domain_with_umlauts(company);
    case 12:
        return "-";
    case 13:
        return "";
    default:
        return "https://www." + domain;
    }
}

/// The way a directory service spells the account of a person: `jsmith`.
std::string account_of(const planned_contact& contact) {
    return login_part(contact.first).substr(0, 1) + login_part(contact.last);
}

std::string first_letter_raised(std::string text) {
    if (!text.empty())
        text[0] = upper(text.substr(0, 1))[0];
    return text;
}

std::string login_name(const planned_company& company, const std::string& account, std::uint64_t form) {
    switch (form) {
    case 0:
        return company.netbios + "\\" + account;
    case 1:
        return " " + first_letter_raised(account) + " "; // typed by a person, or pasted
    case 2:
        return account + "@" + company.domain;
    case 3:
        return upper(account);
    default:
        return account;
    }
}

} // namespace

random_source extras::stream(purpose what, std::int64_t id) const {
    // Mixed once more, because neighbouring ids would otherwise give neighbouring streams.
    random_source mixed{seed_ ^ static_cast<std::uint64_t>(what) << 56U ^ static_cast<std::uint64_t>(id)};
    return random_source{mixed.next()};
}

std::string extras::company_name(std::int64_t id, const std::string& plain) {
    const auto blank = plain.find(' ');
    // So few that most of the names stay what they have always been.
    const bool is_branch = plain.find(" Filiale ") != std::string::npos; // it has its parent's name already
    if ((id % 7 != 2 && id % 7 != 3) || blank == std::string::npos || is_branch)
        return plain;
    const std::string stem = plain.substr(0, blank);
    const std::string rest = plain.substr(blank);
    switch (id % 5) {
    case 0:
        return stem + " & Söhne" + rest;
    case 1:
        return "Gebrüder " + stem + rest;
    case 2:
        return stem + "-Böhm" + rest;
    case 3:
        return stem + " und Töchter" + rest;
    default:
        return "Société " + stem + rest;
    }
}

void extras::add_to_company(row_builder& row, const planned_company& company) const {
    random_source random = stream(purpose::company, company.id);
    const auto form = random.below(29); // the upper half is the tidy one
    if (form != 28)
        row.text("webAddress", web_address(company, form));
    static constexpr std::string_view levels[] = {"Gold", "Silver", "Bronze"};
    if (random.below(100) < 85)
        row.user_defined("Service level", random.pick(std::span<const std::string_view>{levels}));
}

void extras::add_to_contact(row_builder& row, const planned_company& company, const planned_contact& contact,
                            std::string_view login, bool has_address) const {
    random_source random = stream(purpose::contact, contact.id);
    const auto share = random.below(100);
    const auto form = random.below(10);
    // Who has no address is known by the login name, if at all.
    const std::uint64_t filled = has_address ? 30 : 80;
    if (share < filled)
        row.user_defined("Login name",
                         login_name(company, has_address ? account_of(contact) : std::string{login}, form));
    else if (share < filled + 5)
        row.user_defined("Login name", "");
}

void extras::add_to_device(row_builder& row, std::int64_t id, std::int64_t type) const {
    random_source random = stream(purpose::device, id);
    const auto share = random.below(100);
    if (share < 4)
        return; // from a time before there were categories
    static constexpr std::int64_t any[] = {workstation, laptop, server, standard};
    std::int64_t fitting = random.pick(std::span<const std::int64_t>{any});
    if (type == 1)
        fitting = workstation;
    else if (type == 27)
        fitting = laptop;
    else if (type == 2)
        fitting = server;
    else if (type == 3)
        fitting = network_device;
    else if (type == 4)
        fitting = printer;
    else if (type == 11)
        fitting = retired;
    row.number("configurationItemCategoryID", share < 16 ? standard : fitting);
}

void extras::note_account(database& tenant, const planned_company& company, std::int64_t contact,
                          const std::string& account) const {
    random_source random = stream(purpose::account, contact);
    table& contacts = tenant.rows(entity::contacts);
    const auto field = contacts.find_user_defined("Login name");
    if (field && random.below(4) != 0)
        contacts.set(contact, *field, value::text(login_name(company, account, random.below(10))));
}

void make_categories(database& tenant) {
    struct described {
        std::int64_t id;
        std::string_view name;
        std::string_view nickname;
        bool is_active;
    };
    // The first three come with every tenant; the others are its own.
    static constexpr described categories[] = {{standard, "Standard", "STD", true},
                                               {domain, "Domain", "DOM", true},
                                               {certificate, "SSL Certificate", "SSL", true},
                                               {workstation, "Workstation", "WKS", true},
                                               {laptop, "Laptop", "LAP", true},
                                               {server, "Server", "SRV", true},
                                               {network_device, "Network Device", "NET", true},
                                               {printer, "Printer", "PRN", true},
                                               {retired, "Altgerät", "ALT", false}};
    table& rows = tenant.rows(entity::configuration_item_categories);
    std::int64_t colour = 1;
    for (const described& each : categories)
        rows.insert(row_builder{rows, each.id}
                        .text("name", each.name)
                        .text("nickname", each.nickname)
                        .number("displayColorRGB", colour++)
                        .flag("isActive", each.is_active)
                        .flag("isGlobalDefault", each.id == standard)
                        .flag("isClientPortalDefault", each.id == standard)
                        .take());
}

void move_people_to_parents(database& tenant, const std::vector<planned_company>& companies) {
    table& contacts = tenant.rows(entity::contacts);
    const field_index company_field = *contacts.company_field();
    const field_index primary = contacts.shape().at("primaryContact");
    std::size_t branches = 0;
    for (const planned_company& company : companies) {
        if (company.parent < 0 || ++branches % 2 != 0)
            continue;
        const std::vector<std::int64_t> people = *contacts.of_company(company.id);
        for (const std::int64_t id : people) {
            contacts.set(id, company_field, value::integer(company.parent));
            contacts.set(id, primary, value::boolean(false)); // the parent company has one
        }
    }
}

} // namespace sandbox
