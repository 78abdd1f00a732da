#include "tests/bench/suggest/made_up_clients.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <random>
#include <set>
#include <span>
#include <utility>

namespace bench {
namespace {

constexpr std::string_view surnames[]{
    "Müller",   "Schmidt",  "Schneider", "Fischer",  "Weber",     "Meyer",    "Meier",     "Maier",    "Mayer",
    "Wagner",   "Becker",   "Schulz",    "Hoffmann", "Schäfer",   "Koch",     "Bauer",     "Baur",     "Richter",
    "Klein",    "Wolf",     "Schröder",  "Neumann",  "Schwarz",   "Krüger",   "Braun",     "Hofmann",  "Hartmann",
    "Lange",    "Krause",   "Lehmann",   "Köhler",   "Koehler",   "Kohler",   "Maurer",    "Jäger",    "Vogel",
    "Groß",     "Sommer",   "Haas",      "Graf",     "Schreiber", "Dietrich", "Ziegler",   "Kühn",     "Pohl",
    "Engel",    "Horn",     "Busch",     "Bergmann", "Voigt",     "Sauer",    "Arnold",    "Pfeiffer", "Pfeifer",
    "Schütz",   "Schutz",   "Böhm",      "Bohm",     "Götz",      "Strauß",   "Strauss",   "Smith",    "Smyth",
    "Jones",    "Brown",    "Taylor",    "Wilson",   "Davies",    "Evans",    "Johnson",   "Johnston", "Robinson",
    "Thompson", "Thomson",  "Clarke",    "Clark",    "Harris",    "Martin",   "Dubois",    "Lefèvre",  "Lefebvre",
    "Gauthier", "Beaulieu", "Béranger",  "Müllner",  "Rossi",     "Bianchi",  "García",    "Núñez",    "Peña",
    "Jansen",   "Janssen",  "de Vries",  "van Dijk", "Bakker",    "Visser",   "Lindqvist", "Åström",   "Sørensen",
    "Nygård",   "Kowalski", "Nowak",     "Łukasz",   "Dvořák",    "Novák",    "O'Brien",   "O'Neill",  "McDonald",
    "MacLeod",  "Adler",
};
constexpr std::string_view trades[]{
    "Elektrotechnik", "Bau",
    "Immobilien",     "Logistik",
    "Transporte",     "Maschinenbau",
    "Metallbau",      "Druckerei",
    "Steuerberatung", "Rechtsanwälte",
    "Architekten",    "Catering",
    "Gebäudetechnik", "Haustechnik",
    "Versicherungen", "Consulting",
    "Engineering",    "Software",
    "Systems",        "Solutions",
    "Services",       "Logistics",
    "Foods",          "Dental",
    "Optik",          "Sanitär",
    "Möbel",          "Textil",
    "Pflegedienst",   "Medizintechnik",
    "Tiefbau",        "Hochbau",
    "Holzbau",        "Gartenbau",
    "Spedition",      "Verlag",
    "Medien",         "Marketing",
    "Real Estate",    "Construction",
    "Accounting",     "Légumes",
    "Plomberie",      "Santé",
    "Menuiserie",     "Installatie",
    "Techniek",       "Bouw",
    "Arredamenti",    "Servicios",
    "Automation",     "Kunststofftechnik",
    "Werkzeugbau",
};
constexpr std::string_view leading[]{"Autohaus",     "Praxis Dr.", "Kanzlei", "Bäckerei", "Hotel",   "Apotheke",
                                     "Zahnarzt Dr.", "Tischlerei", "Garage",  "Studio",   "Agentur", "Weingut"};
constexpr std::string_view siblings[]{"Bau",          "Immobilien", "Holding",  "Verwaltung", "Logistik", "Technik",
                                      "Beteiligungs", "Service",    "Services", "Invest",     "Handel",   "Hausbau"};
constexpr std::string_view towns[]{
    "Hamburg", "Homburg",  "Freiburg", "Freiberg", "Marburg",  "Harburg", "Köln",     "Bonn",    "Berlin",    "Bernau",
    "München", "Nürnberg", "Ulm",      "Neu-Ulm",  "Neustadt", "Essen",   "Dortmund", "Leipzig", "Halle",     "Wien",
    "Linz",    "Graz",     "Zürich",   "Bern",     "Luzern",   "London",  "Leeds",    "York",    "Newcastle", "Bristol",
    "Paris",   "Lyon",     "Nantes",   "Utrecht",  "Breda",    "Gent",    "Süd",      "Nord",    "Ost",       "West",
};
constexpr std::string_view syllables[]{"ve",  "lo",  "ma",  "tik", "nor", "da",  "xi", "on",  "pro",
                                       "tec", "ala", "ri",  "sol", "ven", "tu",  "ra", "qua", "lis",
                                       "bio", "net", "zen", "ka",  "mo",  "fin", "gra"};
constexpr std::string_view renamed[]{"Alpina",    "Baltica", "Corvus",  "Delphin",
                                     "Evergreen", "Fortuna", "Galaxis", "Helios"};

/// A legal form and the ways in which it is written.
struct legal_form {
    std::vector<std::string_view> spellings;
};
const std::vector<legal_form> forms{
    {{"GmbH", "G.m.b.H.", "gmbh", "Ges.m.b.H.", "Gesellschaft mbH"}},
    {{"GmbH & Co. KG", "GmbH & Co KG", "GmbH + Co. KG", "GmbH und Co. KG", "GmbH&Co.KG"}},
    {{"AG", "A.G.", "Aktiengesellschaft"}},
    {{"KG", "K.G."}},
    {{"OHG", "oHG"}},
    {{"UG (haftungsbeschränkt)", "UG", "UG haftungsbeschränkt", "UG (haftungsbeschraenkt)"}},
    {{"e.K.", "e. K.", "eK", "e.Kfm."}},
    {{"SE"}},
    {{"Ltd", "Ltd.", "Limited", "LTD"}},
    {{"LLC", "L.L.C.", "llc"}},
    {{"Inc.", "Inc", "Incorporated", ", Inc."}},
    {{"Corp.", "Corp", "Corporation"}},
    {{"PLC", "plc"}},
    {{"B.V.", "BV", "b.v."}},
    {{"N.V.", "NV"}},
    {{"S.A.", "SA"}},
    {{"SARL", "S.à r.l.", "S.A.R.L.", "Sàrl"}},
    {{"SAS", "S.A.S."}},
    {{"S.r.l.", "Srl", "SRL"}},
    {{"S.L.", "SL"}},
    {{"AB"}},
    {{"ApS"}},
    {{"Pty Ltd", "Pty. Ltd.", "Pty Limited"}},
};
/// Words that are also legal forms; with them a name is another firm's.
constexpr std::string_view words_like_forms[]{"Spa", "SPA", "SE", "S.E.", "EU", "SA", "AB", "AS",
                                              "NV",  "SL",  "CO", "LP",   "EV", "EG", "OG"};
constexpr std::size_t no_form = ~std::size_t{0};

struct letter {
    std::string_view small;
    std::string_view capital;
    std::string_view plain;
    std::string_view spelled;
};
constexpr letter letters[]{
    {"ä", "Ä", "a", "ae"}, {"ö", "Ö", "o", "oe"}, {"ü", "Ü", "u", "ue"}, {"ß", "SS", "ss", "ss"}, {"å", "Å", "a", "aa"},
    {"ø", "Ø", "o", "oe"}, {"é", "É", "e", "e"},  {"è", "È", "e", "e"},  {"ñ", "Ñ", "n", "n"},    {"ú", "Ú", "u", "u"},
    {"í", "Í", "i", "i"},  {"ř", "Ř", "r", "r"},  {"á", "Á", "a", "a"},  {"ł", "Ł", "l", "l"},    {"à", "À", "a", "a"},
};

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

std::string with_ascii_case(std::string text, char from, char to) {
    for (auto& c : text)
        if (c >= from && c <= to)
            c = static_cast<char>(c ^ 0x20);
    return text;
}

std::string capital(std::string text) {
    for (const auto& one : letters)
        replace_all(text, one.small, one.capital);
    return with_ascii_case(std::move(text), 'a', 'z');
}

std::string small(std::string text) {
    for (const auto& one : letters)
        if (one.small != "ß")
            replace_all(text, one.capital, one.small);
    return with_ascii_case(std::move(text), 'A', 'Z');
}

std::string transliterated(std::string text, std::string_view letter::*into) {
    for (const auto& one : letters) {
        replace_all(text, one.small, one.*into);
        if (one.small == "ß")
            continue;
        auto big = std::string(one.*into);
        big.front() = static_cast<char>(big.front() ^ 0x20);
        replace_all(text, one.capital, big);
    }
    return text;
}

/// What is left when nobody looks closely: letters and digits without diacritics, and one sign for "and".
std::string bare(std::string_view text, std::string_view letter::*into) {
    auto all = transliterated(small(std::string(text)), into);
    for (const std::string_view sign : {" und ", " and ", "-und-", "-and-", "+"})
        replace_all(all, sign, "&");
    std::string kept;
    for (const char c : all)
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '&' || static_cast<unsigned char>(c) >= 0x80)
            kept += c;
    return kept;
}

struct firm {
    std::string name; ///< Without the legal form.
    std::size_t form = no_form;
    std::string domain;
    std::string_view kind = "plain";
    bool in_organizations = true;
    bool in_companies = true;
};

/// An entry of a list before it gets there.
struct draft {
    std::size_t firm = 0;
    std::string name;
    std::string written; ///< The name without the legal form.
    std::size_t form = no_form;
    std::string host; ///< Empty where the address says nothing.
    std::string address;
};

class world {
public:
    world(std::uint64_t seed, std::size_t size, bool blind) : engine_(seed), size_(size), blind_(blind) {}

    clients make() {
        make_firms();
        for (std::size_t i = 0; i < firms_.size(); ++i) {
            if (firms_[i].in_organizations)
                organizations_.push_back(write(i, 2));
            if (firms_[i].in_companies)
                companies_.push_back(write(i, 1));
        }
        clients made;
        if (!blind_)
            made.rewritten = rewrite_what_nobody_can_know();
        shuffle(organizations_);
        shuffle(companies_);
        made.company_of_firm.resize(firms_.size());
        for (auto& one : organizations_)
            made.organizations.push_back(
                {{std::move(one.name), std::move(one.address)}, one.firm, firms_[one.firm].kind});
        for (auto& one : companies_) {
            made.company_of_firm[one.firm] = made.companies.size();
            const auto id = core::company_id{static_cast<std::int64_t>(1000 + made.companies.size())};
            made.companies.push_back({{id, std::move(one.name), std::move(one.address)}, one.firm});
        }
        return made;
    }

private:
    std::size_t roll(std::size_t sides) { return static_cast<std::size_t>(engine_() % sides); }
    bool percent(std::size_t chance) { return roll(100) < chance; }
    bool permille(std::size_t chance) { return roll(1000) < chance; }

    template <class List>
    const auto& pick(const List& list) {
        return list[roll(std::size(list))];
    }

    template <class T>
    void shuffle(std::vector<T>& list) {
        for (std::size_t i = list.size(); i > 1; --i)
            std::swap(list[i - 1], list[roll(i)]);
    }

    // The firms.

    std::size_t any_form() {
        if (percent(5))
            return no_form;
        return percent(55) ? roll(8) : roll(forms.size());
    }

    std::string brand() {
        std::string word;
        for (auto count = 2 + roll(3); count > 0; --count)
            word += pick(syllables);
        word.front() = static_cast<char>(word.front() ^ 0x20);
        return word;
    }

    std::string plain_name() {
        const auto surname = std::string(pick(surnames));
        const auto trade = std::string(pick(trades));
        switch (roll(9)) {
        case 0:
        case 1:
            return surname + " " + trade;
        case 2:
            return std::string(pick(leading)) + " " + surname;
        case 3:
            return surname + (percent(50) ? " & " : " und ") + std::string(pick(surnames));
        case 4:
            return surname + " & " + (percent(50) ? "Söhne" : "Partner") + (percent(30) ? " " + trade : "");
        case 5:
            return brand();
        case 6:
            return surname + " " + trade + " " + std::string(pick(towns));
        case 7:
            return brand() + " " + trade;
        default:
            return brand() + (percent(50) ? "-" : " ") + trade + (percent(20) ? " International" : "");
        }
    }

    std::string domain_of(const std::string& name) {
        auto text = transliterated(small(name), &letter::spelled);
        replace_all(text, " & ", "-und-");
        std::string label;
        const char joint = percent(60) ? '-' : '\0';
        for (const char c : text) {
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
                label += c;
            else if (joint != '\0' && !label.empty() && label.back() != '-' && (c == ' ' || c == '-'))
                label += joint;
        }
        while (label.ends_with('-'))
            label.pop_back();
        constexpr std::string_view endings[]{".de", ".de", ".com", ".at", ".ch", ".co.uk", ".eu", ".net"};
        const auto ending = std::string(pick(endings));
        if (percent(25)) // Only the first word. Many firms may share it, as the members of a franchise do.
            return label.substr(0, label.find('-')) + ending;
        // A whole name belongs to one.
        auto own = label + ending;
        for (int number = 2; !domains_.insert(own).second; ++number)
            own = label + std::to_string(number) + ending;
        return own;
    }

    void add(std::string name, std::size_t form, std::string domain, std::string_view kind) {
        firm one{std::move(name), form, std::move(domain), kind, true, true};
        const auto chance = roll(100);
        const std::size_t alone = kind == "plain" ? 10 : 20;
        one.in_organizations = chance >= alone;
        one.in_companies = chance < alone || chance >= 2 * alone;
        expected_ += one.in_organizations;
        firms_.push_back(std::move(one));
    }

    void make_firms() {
        std::set<std::string> names; // Two that just happen to be called alike are a trap of their own.
        while (expected_ < size_) {
            if (percent(6)) {
                add_trap();
                continue;
            }
            auto name = plain_name();
            if (!names.insert(small(name)).second)
                continue;
            auto domain = domain_of(name);
            add(std::move(name), any_form(), std::move(domain), "plain");
        }
    }

    void add_trap() {
        const auto head = percent(50) ? std::string(pick(surnames)) : brand();
        const auto trade = std::string(pick(trades));
        const auto domain = domain_of(head);
        const auto form = any_form();
        switch (roll(9)) {
        case 0:
            for (auto count = 2 + roll(3); count > 0; --count)
                add(head + " " + std::string(pick(siblings)), any_form(), domain, "siblings, one domain");
            break;
        case 1: {
            const auto name = percent(50) ? head : head + " " + trade;
            const auto first = roll(8);
            const auto shared = percent(50);
            add(name, first, domain, "other legal form");
            add(name, (first + 1 + roll(7)) % 8, shared ? domain : domain_of(head + " Gruppe"), "other legal form");
            break;
        }
        case 2: {
            const auto first = roll(std::size(towns));
            const auto shared = percent(50);
            const auto name = head + " " + trade + " ";
            add(name + std::string(towns[first]), form, domain, "two towns");
            add(name + std::string(towns[first ^ 1]), form, shared ? domain : domain_of(name + "2"), "two towns");
            break;
        }
        case 3:
            for (std::size_t number = 1; number <= 2 + roll(2); ++number) {
                constexpr std::string_view roman[]{"I", "II", "III", "IV"};
                const auto sign = form % 2 == 0 ? std::to_string(number) : std::string(roman[number - 1]);
                add(head + " " + trade + " " + sign, form, domain, "numbered branches");
            }
            break;
        case 4: {
            constexpr std::pair<std::string_view, std::string_view> pairs[]{
                {"Schütz", "Schutz"}, {"Köhler", "Kohler"},  {"Böhm", "Bohm"},        {"Bauer", "Baur"},
                {"Meier", "Maier"},   {"Mayer", "Meyer"},    {"Janssen", "Jansen"},   {"Clark", "Clarke"},
                {"Smith", "Smyth"},   {"Köhler", "Koehler"}, {"Thomson", "Thompson"}, {"Pfeifer", "Pfeiffer"}};
            const auto& [one, other] = pick(pairs);
            const auto tail = " " + trade + (percent(30) ? "" : " " + head);
            add(std::string(one) + tail, form, domain_of(std::string(one) + tail), "similar surnames");
            // A domain of its own: those of "Köhler" and "Koehler" would be one.
            add(std::string(other) + tail, form, domain_of(std::string(other) + tail + " Gruppe"), "similar surnames");
            break;
        }
        case 5:
            add(head, form, domain, "one is the other's beginning");
            add(head + " " + trade, any_form(), percent(50) ? domain : domain_of(head + " " + trade),
                "one is the other's beginning");
            break;
        case 6: // In two towns, which neither name says.
            add(head + " " + trade, form, domain_of(head + " " + trade), "same name");
            add(head + " " + trade, form, domain_of(head + " " + std::string(pick(towns))), "same name");
            break;
        case 7: { // A spa or a branch, whose last word may be read as a legal form.
            const auto name = head + " " + trade;
            // One that is no such word itself, or none.
            const auto own = percent(60) ? no_form : roll(7);
            add(name, own, domain, "last word like a form");
            add(name + " " + std::string(pick(words_like_forms)), percent(70) ? no_form : own,
                percent(50) ? domain : domain_of(name + " Gruppe"), "last word like a form");
            break;
        }
        default: {
            const auto whose = std::string(pick(surnames));
            add(head + " " + trade + " " + whose, form, domain, "other word order");
            add(whose + " " + trade + " " + head, form, domain_of(whose + " " + trade), "other word order");
            break;
        }
        }
    }

    // What people write. The noise is in percent; organizations have twice as much.

    std::string misspelled(std::string text) {
        // Only inside of ASCII, so that what comes out is valid UTF-8.
        for (int attempt = 0; attempt < 20; ++attempt) {
            const auto at = 1 + roll(text.size());
            const auto is_letter = [&text](std::size_t i) {
                return i < text.size() && ((text[i] >= 'a' && text[i] <= 'z') || (text[i] >= 'A' && text[i] <= 'Z'));
            };
            if (!is_letter(at) || !is_letter(at - 1))
                continue;
            switch (roll(4)) {
            case 0:
                std::swap(text[at], text[at - 1]);
                return text;
            case 1:
                return text.erase(at, 1);
            case 2:
                return text.insert(at, 1, text[at]);
            default:
                text[at] = static_cast<char>('a' + roll(26));
                return text;
            }
        }
        return text;
    }

    static std::vector<std::string> words_of(const std::string& text) {
        std::vector<std::string> words(1);
        for (const char c : text) {
            if (c == ' ')
                words.emplace_back();
            else
                words.back() += c;
        }
        return words;
    }

    static std::string joined(const std::vector<std::string>& words) {
        std::string text;
        for (const auto& one : words)
            text += (text.empty() ? "" : " ") + one;
        return text;
    }

    std::string abbreviated(const std::string& name) {
        auto words = words_of(name);
        if (words.size() == 1)
            return name;
        switch (roll(4)) {
        case 0: // As everybody calls it.
            return words.front();
        case 1: {
            std::string initials;
            for (const auto& one : words)
                initials += one.front();
            return static_cast<unsigned char>(*std::ranges::max_element(
                       initials, {}, [](char c) { return static_cast<unsigned char>(c); })) < 0x80
                       ? initials
                       : name;
        }
        case 2:
            words.pop_back();
            return joined(words);
        default:
            if (words.back().size() > 6 && static_cast<unsigned char>(words.back()[4]) < 0x80)
                words.back() = words.back().substr(0, 4) + ".";
            return joined(words);
        }
    }

    std::string written_name(const firm& one, std::size_t noise) {
        auto name = one.name;
        if (permille(5 * noise))
            return std::string(pick(renamed)) + " " + std::string(pick(trades));
        if (permille(15 * noise))
            name = abbreviated(name);
        if (permille(20 * noise))
            name += (percent(50) ? " " : ", ") + std::string(pick(towns));
        if (permille(15 * noise)) {
            auto words = words_of(name);
            std::swap(words.front(), words.back());
            name = joined(words);
        }
        if (permille(15 * noise))
            name = misspelled(name);
        if (percent(6 * noise)) {
            constexpr std::string_view signs[]{" & ", " und ", " + ", " and ", "&"};
            const auto sign = pick(signs);
            replace_all(name, name.contains(" und ") ? " und " : " & ", sign);
        }
        if (percent(8 * noise))
            name = transliterated(name, &letter::spelled);
        else if (percent(3 * noise))
            name = transliterated(name, &letter::plain);
        if (percent(3 * noise))
            replace_all(name, " ", "-");
        if (percent(2 * noise))
            replace_all(name, "Dr. ", "Dr ");
        return name;
    }

    draft write(std::size_t index, std::size_t noise) {
        const auto& one = firms_[index];
        draft made;
        made.firm = index;
        made.written = written_name(one, noise);
        made.name = made.written;
        if (one.form != no_form && !percent(15 * noise)) {
            made.form = one.form;
            const auto& spellings = forms[one.form].spellings;
            const auto spelling = percent(6 * noise) ? pick(spellings) : spellings.front();
            made.name += (percent(3 * noise) && !spelling.starts_with(',') ? ", " : " ") + std::string(spelling);
        }
        if (percent(5 * noise))
            made.name = capital(made.name);
        else if (percent(3 * noise))
            made.name = small(made.name);
        if (percent(2 * noise))
            made.name = " " + made.name + "  ";
        if (percent(noise))
            replace_all(made.name, " ", "  ");
        if (percent(60))
            write_domain(one, made);
        return made;
    }

    void write_domain(const firm& one, draft& made) {
        constexpr std::string_view nothing[]{
            "gmail.com", "https://www.facebook.com/", "t-online.de", "GMX.de", "web.de", "n/a",
            "-",         "www.linkedin.com/company/", "outlook.com"};
        if (percent(10)) {
            made.address = pick(nothing);
            return;
        }
        made.host = one.domain;
        if (percent(4))
            made.host = made.host.substr(0, made.host.find('.')) + ".eu";
        else if (percent(3))
            made.host = domain_of(one.name + " Gruppe");
        constexpr std::string_view before[]{"", "", "", "www.", "https://www.", "http://", "https://", "info@", "WWW."};
        constexpr std::string_view after[]{"", "", "/", "/index.html", "/de?x=1"};
        const auto start = pick(before);
        made.address = std::string(start) + made.host + (start.ends_with('@') ? "" : std::string(pick(after)));
    }

    // What nobody can know.

    static bool look_the_same(const draft& one, const draft& other) {
        const bool forms_differ = one.form != no_form && other.form != no_form && one.form != other.form;
        const auto label = [](const draft& of) { return bare(of.host.substr(0, of.host.find('.')), &letter::plain); };
        const bool hosts_differ = !one.host.empty() && !other.host.empty() && label(one) != label(other);
        return !forms_differ && !hosts_differ;
    }

    void write_in_full(draft& one) const {
        const auto& whose = firms_[one.firm];
        one.name = one.written = whose.name;
        one.form = whose.form;
        if (one.form != no_form)
            one.name += " " + std::string(forms[one.form].spellings.front());
    }

    struct namesakes {
        std::vector<std::size_t> organizations;
        std::vector<std::size_t> companies;
    };

    /// Whether something else is called so that this organization, or this company, might be as well.
    bool is_hinted_at(const namesakes& all, std::size_t organization, std::size_t company) const {
        const auto& one = organizations_[organization];
        const auto& other = companies_[company];
        const auto competes = [&](const draft& third) {
            const bool both_written = one.form != no_form && other.form != no_form;
            return !both_written || third.form == no_form || third.form == one.form;
        };
        return std::ranges::any_of(all.organizations,
                                   [&](std::size_t i) { return i != organization && competes(organizations_[i]); }) ||
               std::ranges::any_of(all.companies,
                                   [&](std::size_t i) { return i != company && competes(companies_[i]); });
    }

    /// The organizations that look like a company of another firm, where nothing else is called so.
    std::vector<std::size_t> unknowable() const {
        // Under both spellings of an umlaut: "Müller" may be meant by "Mueller" as well as by "Muller".
        std::map<std::string, namesakes> by_name;
        for (const auto into : {&letter::plain, &letter::spelled}) {
            const auto prefix = std::string(into == &letter::plain ? "plain " : "spelled ");
            for (std::size_t i = 0; i < organizations_.size(); ++i)
                by_name[prefix + bare(organizations_[i].written, into)].organizations.push_back(i);
            for (std::size_t i = 0; i < companies_.size(); ++i)
                by_name[prefix + bare(companies_[i].written, into)].companies.push_back(i);
        }
        std::set<std::size_t> found;
        for (const auto& [name, all] : by_name)
            for (const auto one : all.organizations)
                for (const auto other : all.companies)
                    if (organizations_[one].firm != companies_[other].firm &&
                        look_the_same(organizations_[one], companies_[other]) && !is_hinted_at(all, one, other))
                        found.insert(one);
        return {found.begin(), found.end()};
    }

    std::size_t rewrite_what_nobody_can_know() {
        const auto found = unknowable();
        for (const auto index : found)
            write_in_full(organizations_[index]);
        for (auto again = unknowable(); !again.empty(); again = unknowable()) {
            std::ranges::sort(again, std::ranges::greater());
            for (const auto index : again)
                organizations_.erase(organizations_.begin() + static_cast<std::ptrdiff_t>(index));
        }
        return found.size();
    }

    std::mt19937_64 engine_;
    std::size_t size_;
    bool blind_;
    std::size_t expected_ = 0;
    std::set<std::string> domains_;
    std::vector<firm> firms_;
    std::vector<draft> organizations_;
    std::vector<draft> companies_;
};

} // namespace

clients make_clients(std::uint64_t seed, std::size_t size, bool blind) {
    return world(seed, size, blind).make();
}

} // namespace bench
