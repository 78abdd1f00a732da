#include "tests/sandbox/model/generator/extras.hpp"
#include "tests/sandbox/model/generator/names.hpp"
#include "tests/sandbox/model/generator/plan.hpp"

namespace sandbox {
namespace {

std::string login_of(const planned_company& company, const person_name& name) {
    const std::string first = login_part(name.first);
    const std::string last = login_part(name.last);
    switch (company.convention) {
    case address_convention::first_dot_last:
        return first + "." + last;
    case address_convention::flast:
        return first.substr(0, 1) + last;
    case address_convention::first:
        return first;
    }
    return first;
}

/// The login made unique within its company.
std::string claim(planned_company& company, const std::string& wanted) {
    std::string login = wanted;
    for (int number = 2; !company.logins.insert(login).second; ++number)
        login = wanted + std::to_string(number);
    return login;
}

/// What is written into the three address fields.
struct addresses {
    std::string main;
    std::string second;
    std::string third;
};

/// Adds one contact, or two where the case needs a pair.
class contact_maker {
public:
    contact_maker(database& tenant, planned_company& company, std::int64_t& next_id, random_source& random,
                  const extras& more)
        : tenant_{tenant}, company_{company}, next_id_{next_id}, random_{random}, more_{more} {}

    void make(std::size_t serial) {
        const person_name name = random_name(random_);
        const std::string login = claim(company_, login_of(company_, name));
        login_ = login;
        const std::string address = login + "@" + company_.domain;
        planned_contact contact{0, name.first, name.last, login, true, false};
        switch (serial % 40) {
        case 7: // no address
            contact.login.clear();
            return add(contact, {});
        case 11: // left the company
        case 31:
            contact.is_active = false;
            return add(contact, {address, {}, {}});
        case 14: // an inactive twin of an active contact
            contact.is_active = false;
            add(contact, {address, {}, {}});
            contact.is_active = true;
            return add(contact, {address, {}, {}});
        case 17: // entered twice
            add(contact, {address, {}, {}});
            return add(contact, {address, {}, {}});
        case 20: // the same local part in two domains
            add(contact, {address, {}, {}});
            return add(contact, {login + "@group-" + company_.domain, {}, {}});
        case 23: // further addresses
            contact.is_plain = true;
            return add(contact, {address, name_alias(name), "it+" + login + "@" + company_.domain});
        case 26:
            return add(contact, {login + "+it@" + company_.domain, {}, {}});
        case 29: // written by people, or imported
            return add(contact, malformed(serial, name, address));
        case 33: // an address with the name's own letters, in one composition or the other
            contact.login = random_.below(2) == 0 ? name.last : decomposed(name.last);
            return add(contact, {contact.login + "@" + company_.domain, {}, {}});
        case 36:
            return add(contact, {"none@none.com", {}, {}});
        default:
            contact.is_plain = true;
            return add(contact, {address, {}, {}});
        }
    }

private:
    std::string name_alias(const person_name& name) const {
        return login_part(name.last) + "." + login_part(name.first) + "@" + company_.domain;
    }

    static addresses malformed(std::size_t serial, const person_name& name, const std::string& address) {
        switch (serial / 40 % 5) {
        case 0:
            return {"\"" + name.last + ", " + name.first + "\" <" + address + ">", {}, {}};
        case 1:
            return {"mailto:" + address, {}, {}};
        case 2:
            return {address + "; office@" + address.substr(address.find('@') + 1), {}, {}};
        case 3:
            return {"  " + address + " ", {}, {}};
        default:
            return {address.substr(0, address.find('@')), {}, {}};
        }
    }

    void add(planned_contact contact, const addresses& mail) {
        contact.id = next_id_++;
        table& rows = tenant_.rows(entity::contacts);
        const std::int64_t created = world_date - random_.between(100, 2'500) * day_length;
        row_builder builder{rows, contact.id};
        builder.number("companyID", company_.id)
            .text("firstName", contact.first)
            .text("lastName", contact.last)
            .number("isActive", contact.is_active ? 1 : 0)
            .text("phone", "+49 30 " + std::to_string(1'000'000 + random_.below(9'000'000)))
            .number("createDate", created)
            .number("lastModifiedDate", random_modification(created, random_))
            .number("lastActivityDate", world_date - random_.between(0, 100) * day_length)
            .flag("primaryContact", company_.contacts.empty())
            .flag("isOptedOutFromBulkEmail", false)
            .flag("receivesEmailNotifications", true);
        if (!mail.main.empty())
            builder.text("emailAddress", mail.main);
        if (!mail.second.empty())
            builder.text("emailAddress2", mail.second);
        if (!mail.third.empty())
            builder.text("emailAddress3", mail.third);
        more_.add_to_contact(builder, company_, contact, login_, !mail.main.empty());
        rows.insert(builder.take());
        company_.contacts.push_back(std::move(contact));
    }

    database& tenant_;
    planned_company& company_;
    std::int64_t& next_id_;
    random_source& random_;
    const extras& more_;
    std::string login_; ///< of the person in hand, with or without an address
};

} // namespace

void make_contacts(database& tenant, planned_company& company, std::int64_t& next_id, random_source& random,
                   const extras& more) {
    contact_maker maker{tenant, company, next_id, random, more};
    const std::size_t people = company.devices + company.devices / 8 + 1 + static_cast<std::size_t>(random.below(3));
    const auto start = static_cast<std::size_t>(random.below(40)); // so that small companies differ in their oddities
    for (std::size_t i = 0; i < people; ++i)
        maker.make(start + i);
}

} // namespace sandbox
