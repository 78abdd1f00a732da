#include <algorithm>

#include "tests/sandbox/model/generator/extras.hpp"
#include "tests/sandbox/model/generator/names.hpp"
#include "tests/sandbox/model/generator/plan.hpp"

namespace sandbox {
namespace {

enum company_type : std::int64_t {
    customer = 1,
    lead = 2,
    prospect = 3,
    dead = 4,
    cancellation = 6,
    vendor = 7,
    partner = 8
};

/// Many small companies, few large ones.
std::uint64_t random_weight(random_source& random) {
    const auto share = random.below(100);
    if (share < 60)
        return 2 + random.below(9);
    if (share < 85)
        return 10 + random.below(31);
    if (share < 97)
        return 40 + random.below(111);
    return 150 + random.below(451);
}

/// Shares `total` out by weight, to the last device.
void share_devices(std::vector<planned_company>& companies, const std::vector<std::uint64_t>& weights,
                   std::size_t total) {
    std::uint64_t sum = 0;
    for (const std::uint64_t weight : weights)
        sum += weight;
    std::uint64_t before = 0;
    std::size_t given = 0;
    for (std::size_t i = 0; i < companies.size() && sum > 0; ++i) {
        before += weights[i];
        const auto reached = static_cast<std::size_t>(total * before / sum);
        companies[i].devices = reached - given;
        given = reached;
    }
}

void insert_company(database& tenant, const planned_company& company, company_type type, bool is_active,
                    random_source& random, const extras& more) {
    table& rows = tenant.rows(entity::companies);
    const std::int64_t created = world_date - random.between(200, 3'000) * day_length;
    row_builder builder{rows, company.id};
    builder.text("companyName", company.name)
        .number("companyType", type)
        .flag("isActive", is_active)
        .text("phone", "+49 30 " + std::to_string(1'000'000 + random.below(9'000'000)))
        .text("companyNumber", "C" + std::to_string(10'000 + company.id))
        .text("city", "Berlin")
        .number("ownerResourceID", 29'682'885)
        .number("createDate", created)
        .number("lastActivityDate", world_date - random.between(0, 200) * day_length)
        .number("lastTrackedModifiedDateTime", random_modification(created, random))
        .flag("isTaxExempt", false)
        .flag("isClientPortalActive", false)
        .user_defined("Customer Number", std::to_string(10'000 + company.id));
    if (company.parent >= 0)
        builder.number("parentCompanyID", company.parent);
    more.add_to_company(builder, company);
    rows.insert(builder.take());
}

planned_company plan_company(std::int64_t id, std::string name, random_source& random) {
    planned_company company;
    company.id = id;
    company.name = std::move(name);
    const auto first_blank = company.name.find(' ');
    const auto second_blank = company.name.find(' ', first_blank + 1);
    const std::string stem = login_part(company.name.substr(0, first_blank));
    company.domain = stem + "-" + login_part(company.name.substr(first_blank, second_blank - first_blank)) + ".example";
    company.netbios = stem.substr(0, 15);
    std::ranges::transform(company.netbios, company.netbios.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    const auto share = random.below(100);
    company.convention = share < 55   ? address_convention::first_dot_last
                         : share < 85 ? address_convention::flast
                                      : address_convention::first;
    company.name = extras::company_name(id, company.name);
    return company;
}

} // namespace

std::vector<planned_company> make_companies(database& tenant, const generator_options& options, random_source& random,
                                            const extras& more) {
    std::vector<planned_company> planned;
    std::vector<std::uint64_t> weights;
    planned_company provider = plan_company(0, "Sandbox Systemhaus GmbH", random);
    insert_company(tenant, provider, partner, true, random, more);
    planned.push_back(std::move(provider));
    weights.push_back(options.companies == 0 ? 1 : 6);

    std::size_t names = 0;
    std::int64_t id = 175;
    for (std::size_t i = 0; i < options.companies; ++i, ++id) {
        // Every ninth customer is a branch of another one, and every third branch belongs to a branch itself.
        const planned_company* parent = nullptr;
        if (i % 9 == 8)
            parent = i % 27 == 26 ? &planned[planned.size() - 9] : &planned[planned.size() - 3];
        planned_company company;
        if (parent != nullptr && parent->id != 0) {
            company = plan_company(id, parent->name + " Filiale " + std::to_string(id), random);
            company.parent = parent->id;
            company.domain = parent->domain;
            company.netbios = parent->netbios;
            company.convention = parent->convention;
        } else {
            company = plan_company(id, random_company(random, names++), random);
        }
        insert_company(tenant, company, customer, true, random, more);
        planned.push_back(std::move(company));
        weights.push_back(random_weight(random));
    }
    share_devices(planned, weights, options.devices);

    static constexpr company_type others[] = {lead, prospect, vendor, dead, cancellation, customer};
    for (std::size_t i = 0; i < options.companies / 6; ++i, ++id) {
        const company_type type = others[i % std::size(others)];
        planned_company company = plan_company(id, random_company(random, names++), random);
        // A customer among these has left: it is inactive, but its devices are still there.
        const bool active = type != dead && type != cancellation && type != customer;
        insert_company(tenant, company, type, active, random, more);
        company.devices = type == customer ? 3 : 0;
        planned.push_back(std::move(company));
    }
    return planned;
}

} // namespace sandbox
