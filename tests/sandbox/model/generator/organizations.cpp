#include "tests/sandbox/model/generator/organizations.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

#include "tests/sandbox/model/random.hpp"
#include "tests/sandbox/model/text.hpp"

namespace sandbox {
namespace {

struct organization {
    std::string name;
    std::string domain;
    std::string tags;
    std::string company_id;
};

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (auto place = text.find(from); place != std::string::npos; place = text.find(from, place + to.size()))
        text.replace(place, from.size(), to);
}

/// `Weber Bau GmbH & Co. KG Filiale 183` without the form.
std::string without_legal_form(std::string name) {
    // The longer ones first: one is a part of another.
    static constexpr std::string_view forms[] = {
        " GmbH & Co. KG", " GmbH", " e.K.", " Ltd", " AG", " KG", " SE", " eG"};
    for (const std::string_view form : forms) {
        const auto place = name.find(form);
        const auto end = place + form.size();
        if (place != std::string::npos && (end == name.size() || name[end] == ' '))
            return name.erase(place, form.size());
    }
    return name;
}

std::string in_plain_letters(std::string name) {
    struct spelling {
        std::string_view letter;
        std::string_view plain;
    };
    static constexpr spelling spellings[] = {{"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"Ä", "Ae"}, {"Ö", "Oe"},
                                             {"Ü", "Ue"}, {"ß", "ss"}, {"é", "e"},  {"è", "e"}};
    for (const spelling& known : spellings)
        replace_all(name, known.letter, known.plain);
    return name;
}

/// Two neighbouring letters of ASCII in the middle change places.
std::string with_a_typo(std::string name) {
    const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
    for (std::size_t i = name.size() / 3; i + 1 < name.size(); ++i) {
        if (is_letter(name[i]) && is_letter(name[i + 1]) && name[i] != name[i + 1]) {
            std::swap(name[i], name[i + 1]);
            return name;
        }
    }
    return name;
}

std::string in_capitals(std::string name) {
    std::ranges::transform(name, name.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return name;
}

/// The name as somebody typed it. The forms take turns, so that even a short list has most of them.
std::string retyped(std::string name, std::size_t turn, random_source& random) {
    if (random.below(2) == 0)
        name = in_plain_letters(std::move(name));
    if (const auto place = name.find(" & Söhne"); place != std::string::npos && random.below(2) == 0)
        name.replace(place, 3, " und ");
    else if (const auto other = name.find(" und "); other != std::string::npos && random.below(2) == 0)
        name.replace(other, 5, " & ");
    switch (turn % 10) {
    case 1:
    case 5:
        return without_legal_form(std::move(name));
    case 2:
        return in_capitals(std::move(name));
    case 4:
        return with_a_typo(std::move(name));
    case 6:
        return ascii_lower(without_legal_form(std::move(name)));
    case 8:
        return "  " + name + " "; // pasted
    default:
        return name;
    }
}

/// What stands behind the `@` of most of the company's contacts.
std::string mail_domain(const database& tenant, std::int64_t company) {
    const table& contacts = tenant.rows(entity::contacts);
    const field_index address = contacts.shape().at("emailAddress");
    std::map<std::string, int> counts;
    for (const std::int64_t id : *contacts.of_company(company)) {
        const std::string_view text = contacts.find(id)->get(address).as_text();
        if (const auto at = text.rfind('@'); at != std::string_view::npos)
            ++counts[ascii_lower(text.substr(at + 1))];
    }
    const auto most = std::ranges::max_element(counts, {}, [](const auto& entry) { return entry.second; });
    return most == counts.end() ? std::string{} : most->first;
}

std::string random_tags(random_source& random) {
    static constexpr std::string_view levels[] = {"managed", "managed;backup", "managed;m365", "break-fix", ""};
    return std::string{random.pick(std::span<const std::string_view>{levels})};
}

std::string quoted(const std::string& cell) {
    if (cell.find_first_of(",\"\n\r") == std::string::npos)
        return cell;
    std::string doubled = cell;
    replace_all(doubled, "\"", "\"\"");
    return "\"" + doubled + "\"";
}

std::vector<organization> organizations_of(const database& tenant, random_source& random) {
    const table& companies = tenant.rows(entity::companies);
    const field_index name = companies.shape().at("companyName");
    const field_index type = companies.shape().at("companyType");
    const field_index active = companies.shape().at("isActive");
    std::vector<organization> list;
    std::size_t turn = 0;
    for (const row& company : companies.rows()) {
        constexpr std::int64_t customer = 1;
        if (company.get(type).as_integer() != customer || !company.get(active).as_boolean())
            continue;
        organization fresh;
        fresh.name = retyped(std::string{company.get(name).as_text()}, turn, random);
        fresh.domain = random.below(8) == 0 ? std::string{} : mail_domain(tenant, company.id());
        if (random.below(10) == 0 && !fresh.domain.empty())
            fresh.domain = "www." + in_capitals(fresh.domain);
        fresh.tags = random_tags(random);
        if (turn % 6 == 3)
            fresh.company_id = std::to_string(company.id());
        // Nobody has entered this client yet.
        if (turn++ % 10 == 7)
            continue;
        list.push_back(std::move(fresh));
    }
    // Those that no company belongs to.
    list.push_back({"Test Organization", "", "internal", ""});
    list.push_back({"Altmann, Beck & Partner Notare", "altmann-beck.example", "managed", "99999"});
    return list;
}

} // namespace

std::string organizations_csv(const database& tenant, std::uint64_t seed) {
    random_source random{seed ^ 0x0c5f'0c5f'0c5fULL};
    std::vector<organization> list = organizations_of(tenant, random);
    std::ranges::sort(list, {}, [](const organization& each) { return std::tie(each.name, each.domain, each.tags); });
    std::string out = "name,domain,tags,datto_company_id\n";
    for (const organization& each : list)
        out += quoted(each.name) + "," + quoted(each.domain) + "," + quoted(each.tags) + "," + each.company_id + "\n";
    return out;
}

} // namespace sandbox
