#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "tests/sandbox/model/generator/last_user.hpp"
#include "tests/sandbox/model/generator/names.hpp"
#include "tests/sandbox/model/render.hpp"
#include "tests/sandbox/model/text.hpp"
#include "tests/sandbox/model/world.hpp"

using sandbox::entity;

namespace {

std::unique_ptr<sandbox::autotask> world_of(std::uint64_t seed, std::size_t companies, std::size_t devices) {
    return sandbox::make_world({{seed, companies, devices}, {}});
}

/// Every row of every entity, as the API would show it.
std::string everything(const sandbox::database& tenant) {
    std::string out;
    for (const entity which : sandbox::all_entities)
        for (const sandbox::row& row : tenant.rows(which).rows())
            sandbox::append_row(out, tenant.rows(which), row, {});
    return out;
}

std::uint64_t fingerprint(const std::string& text) {
    std::uint64_t hash = 0xCBF29CE484222325ULL; // FNV-1a
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    return hash;
}

std::string_view text_of(const sandbox::table& rows, const sandbox::row& row, std::string_view field) {
    return row.get(rows.shape().at(field)).as_text();
}

} // namespace

TEST_CASE("the same seed makes the same data, another seed other data") {
    const auto first = everything(world_of(1, 20, 400)->tenant());
    CHECK(first == everything(world_of(1, 20, 400)->tenant()));
    CHECK(first != everything(world_of(2, 20, 400)->tenant()));
    // The same number with every compiler; it changes only when the generator does.
    CHECK(fingerprint(first) == 0xBB6B4A86AE261EF0ULL);
}

TEST_CASE("the generator makes as many customers and devices as it was asked for") {
    const auto world = world_of(3, 40, 1'500);
    const auto& companies = world->tenant().rows(entity::companies);
    std::map<std::int64_t, int> types;
    for (const auto& company : companies.rows())
        if (company.get(companies.shape().at("isActive")).as_boolean())
            ++types[company.get(companies.shape().at("companyType")).as_integer()];
    CHECK(types[1] == 40);
    CHECK(types[8] == 1);
    CHECK(types[2] > 0);
    CHECK(types[7] > 0);
    REQUIRE(companies.find(0) != nullptr);
    const auto& devices = world->tenant().rows(entity::configuration_items).rows();
    CHECK(devices.size() >= 1'500);
    CHECK(devices.size() < 1'520); // a few of customers that have left
}

TEST_CASE("every contact of a generated device exists, is of its company, and most devices have the right one") {
    const auto world = world_of(4, 30, 2'000);
    const auto& devices = world->tenant().rows(entity::configuration_items);
    const auto& contacts = world->tenant().rows(entity::contacts);
    int right = 0;
    int empty = 0;
    int people = 0;
    for (const auto& device : devices.rows()) {
        const auto& contact = device.get(devices.shape().at("contactID"));
        const auto type = device.get(devices.shape().at("configurationItemType")).as_integer();
        people += type == 1 ? 1 : 0;
        if (contact.is_null()) {
            empty += type == 1 ? 1 : 0;
            continue;
        }
        const auto* found = contacts.find(contact.as_integer());
        REQUIRE(found != nullptr);
        CHECK(found->get(*contacts.company_field()) == device.get(*devices.company_field()));
        const std::string user = sandbox::fold(text_of(devices, device, "rmmDeviceAuditLastUser"));
        const std::string address{text_of(contacts, *found, "emailAddress")};
        right += type == 1 && user.find(address.substr(0, address.find('@'))) != std::string::npos ? 1 : 0;
    }
    CHECK(right * 100 > people * 65);
    CHECK(empty * 100 > people * 4);
    CHECK(empty * 100 < people * 20);
}

TEST_CASE("every odd form of a last user occurs, none longer than its field") {
    const auto world = world_of(5, 40, 3'000);
    const auto& devices = world->tenant().rows(entity::configuration_items);
    std::string all;
    int nobody = 0;
    for (const auto& device : devices.rows()) {
        const auto user = text_of(devices, device, "rmmDeviceAuditLastUser");
        CHECK(sandbox::count_characters(user) <= 50);
        nobody += device.get(devices.shape().at("rmmDeviceAuditLastUser")).is_null() ? 1 : 0;
        all += "<" + std::string{user} + ">";
    }
    CHECK(nobody > 0);
    for (const char* form : {"<>",
                             "<None>",
                             "<NT AUTHORITY\\SYSTEM>",
                             "<NT-AUTORITÄT\\SYSTEM>",
                             "\\DWM-3>",
                             "\\Администратор>",
                             "<_mbsetupuser>",
                             "$>",
                             "#EXT#@",
                             "@AzureAD>",
                             "S-1-5-21-",
                             "\\S-1-12-1-",
                             ", ",
                             "|",
                             "\n",
                             " (Active)>",
                             " [Disc]>",
                             "(3f2a1b)>",
                             "<«",
                             "\\‘",
                             "\xE2\x80\x8B>",
                             "<\xEF\xBB\xBF",
                             "<.\\",
                             "<\\",
                             "\\>",
                             "\\\\",
                             "/mmuster>",
                             "+it>",
                             "<AzureAD\\",
                             ".LOCAL\\",
                             "<\xC2\xA0"}) {
        INFO(form);
        CHECK(all.find(form) != std::string::npos);
    }
}

TEST_CASE("one odd form is exactly twenty characters of a name, one exactly the fifty of the field") {
    sandbox::planned_company company;
    company.netbios = "ACME";
    company.domain = "acme.example";
    const sandbox::planned_contact person{1, "Jo", "Li", "jo.li", true, true};
    std::set<std::size_t> lengths;
    for (std::size_t i = 0; i < sandbox::count_odd_forms(); ++i) {
        const std::string form = sandbox::odd_last_user(i, company, person, "HOST1");
        CHECK(form.find('{') == std::string::npos); // every placeholder was filled in
        lengths.insert(form.substr(form.find('\\') + 1).size());
        if (form.size() == 50)
            lengths.insert(50);
    }
    CHECK(lengths.contains(20));
    CHECK(lengths.contains(50));
}

TEST_CASE("contacts come in every troublesome kind") {
    const auto world = world_of(6, 40, 2'000);
    const auto& contacts = world->tenant().rows(entity::contacts);
    std::map<std::string, std::map<std::int64_t, int>> by_address;
    std::set<std::string> names;
    int without = 0;
    int inactive = 0;
    int further = 0;
    int tagged = 0;
    for (const auto& contact : contacts.rows()) {
        const std::string address{text_of(contacts, contact, "emailAddress")};
        without += address.empty() ? 1 : 0;
        inactive += contact.get(contacts.shape().at("isActive")).as_integer() == 0 ? 1 : 0;
        further += text_of(contacts, contact, "emailAddress2").empty() ? 0 : 1;
        tagged += address.find("+it@") != std::string::npos ? 1 : 0;
        ++by_address[address][contact.get(*contacts.company_field()).as_integer()];
        names.emplace(text_of(contacts, contact, "lastName"));
    }
    CHECK(without > 0);
    CHECK(inactive > 0);
    CHECK(further > 0);
    CHECK(tagged > 0);
    CHECK(names.contains("O'Brien"));
    CHECK(names.contains("Müller"));
    int doubled = 0;
    for (const auto& [address, companies] : by_address)
        for (const auto& [company, count] : companies)
            doubled += !address.empty() && count > 1 ? 1 : 0;
    CHECK(doubled > 0);
}

TEST_CASE("a name becomes a login of plain letters, and a decomposed text is another text for the same name") {
    CHECK(sandbox::login_part("Müller-Lüdenscheidt") == "muellerluedenscheidt");
    CHECK(sandbox::login_part("François") == "francois");
    CHECK(sandbox::login_part("O'Brien") == "obrien");
    CHECK(sandbox::login_part("Łukasz Ærø") == "lukaszaero");
    CHECK(sandbox::decomposed("é") == "e\xCC\x81");
}

TEST_CASE("contacts have a login name in every form people type, some of them instead of an address") {
    const auto world = world_of(6, 40, 2'000);
    const auto& contacts = world->tenant().rows(entity::contacts);
    const auto field = contacts.find_user_defined("login name");
    REQUIRE(field.has_value());
    int plain = 0;
    int with_domain = 0;
    int with_blanks = 0;
    int empty = 0;
    int without = 0;
    int instead = 0;
    for (const auto& contact : contacts.rows()) {
        const auto& login = contact.get(*field);
        const auto text = login.as_text();
        without += login.is_null() ? 1 : 0;
        empty += !login.is_null() && text.empty() ? 1 : 0;
        with_domain += text.find('\\') != std::string_view::npos ? 1 : 0;
        with_blanks += text.starts_with(' ') && text.ends_with(' ') ? 1 : 0;
        plain += !text.empty() && text.find_first_of(" @\\") == std::string_view::npos ? 1 : 0;
        instead += !text.empty() && contact.get(contacts.shape().at("emailAddress")).is_null() ? 1 : 0;
    }
    for (const int count : {plain, with_domain, with_blanks, empty, without, instead})
        CHECK(count > 5);
}

TEST_CASE("some accounts of devices are found by the login name of a contact alone") {
    const auto world = world_of(6, 40, 2'000);
    const auto& contacts = world->tenant().rows(entity::contacts);
    const auto& devices = world->tenant().rows(entity::configuration_items);
    const auto field = *contacts.find_user_defined("Login name");
    int found = 0;
    for (const auto& device : devices.rows()) {
        const std::string user = sandbox::fold(text_of(devices, device, "rmmDeviceAuditLastUser"));
        const auto* contact = contacts.find(device.get(devices.shape().at("contactID")).as_integer());
        if (contact == nullptr || !user.ends_with("x"))
            continue;
        const std::string login = sandbox::fold(contact->get(field).as_text());
        found += !login.empty() && (login == user || login == user.substr(user.find('\\') + 1)) ? 1 : 0;
    }
    CHECK(found > 0);
}

TEST_CASE("companies have a service level and a web address in the many forms people type") {
    const auto world = world_of(3, 200, 400);
    const auto& companies = world->tenant().rows(entity::companies);
    const auto level = *companies.find_user_defined("Service level");
    std::set<std::string> levels;
    std::string names;
    std::string addresses;
    for (const auto& company : companies.rows()) {
        levels.emplace(company.get(level).as_text());
        names += "<" + std::string{text_of(companies, company, "companyName")} + ">";
        addresses += "<" + std::string{text_of(companies, company, "webAddress")} + ">";
    }
    CHECK(levels == std::set<std::string>{"", "Gold", "Silver", "Bronze"});
    for (const char* form : {"<https://www.", "<www.", "<http://https://", "<HTTP://WWW.", "<  www.", "<>", "<-",
                             "<info@", ":8443/", "; www.", "kontakt.html"}) {
        INFO(form);
        CHECK(addresses.find(form) != std::string::npos);
    }
    for (const char* part :
         {"Société ", " & Söhne ", "-Böhm ", "Gebrüder ", " und Töchter ", " GmbH & Co. KG>", " e.K.>"}) {
        INFO(part);
        CHECK(names.find(part) != std::string::npos);
    }
}

TEST_CASE("generated devices have the category that fits their type, the standard one, or none") {
    const auto world = world_of(4, 30, 2'000);
    const auto& categories = world->tenant().rows(entity::configuration_item_categories);
    const auto& devices = world->tenant().rows(entity::configuration_items);
    std::map<std::string, int> counts;
    for (const auto& device : devices.rows()) {
        const auto& category = device.get(devices.shape().at("configurationItemCategoryID"));
        const auto* found = categories.find(category.as_integer());
        CHECK((found != nullptr) != category.is_null());
        ++counts[found == nullptr ? "" : std::string{text_of(categories, *found, "name")}];
    }
    CHECK(counts["Workstation"] > counts["Laptop"]);
    for (const char* name : {"", "Standard", "Laptop", "Server", "Network Device", "Printer"}) {
        INFO(name);
        CHECK(counts[name] > 10);
    }
}

TEST_CASE("on request the people of every second branch are contacts of its parent company") {
    sandbox::generator_options data{4, 30, 2'000};
    const auto kept = sandbox::make_world({data, {}});
    data.people_at_parents = true;
    const auto moved = sandbox::make_world({data, {}});
    const auto& companies = moved->tenant().rows(entity::companies);
    const auto& contacts = moved->tenant().rows(entity::contacts);
    const auto& devices = moved->tenant().rows(entity::configuration_items);
    CHECK(contacts.rows().size() == kept->tenant().rows(entity::contacts).rows().size());
    const auto parent = companies.shape().at("parentCompanyID");
    int without_people = 0;
    int with_people = 0;
    for (const auto& company : companies.rows()) {
        if (company.get(parent).is_null())
            continue;
        const bool has_people = !contacts.of_company(company.id())->empty();
        (has_people ? with_people : without_people) += 1;
        for (const std::int64_t id : *devices.of_company(company.id())) {
            const auto& contact = devices.find(id)->get(devices.shape().at("contactID"));
            if (contact.is_null())
                continue;
            const auto owner = contacts.find(contact.as_integer())->get(*contacts.company_field());
            CHECK(owner == (has_people ? sandbox::value::integer(company.id()) : company.get(parent)));
        }
    }
    CHECK(without_people == 1);
    CHECK(with_people == 2);
}
