#include "tests/sandbox/model/generator/names.hpp"

#include <array>
#include <cstdlib>
#include <memory>

#include <utf8proc.h>

#include "tests/sandbox/model/text.hpp"

namespace sandbox {
namespace {

using words = std::span<const std::string_view>;

constexpr std::string_view german_first[] = {"Anna",    "Jürgen", "Lukas",  "Käthe",  "Stefan", "Björn",     "Sabine",
                                             "Günther", "Marie",  "Jörg",   "Ute",    "Felix",  "Heike",     "Sören",
                                             "Claudia", "Max",    "Monika", "Tobias", "Bärbel", "Karl-Heinz"};
constexpr std::string_view german_last[] = {"Müller",
                                            "Schmidt",
                                            "Weiß",
                                            "Schäfer",
                                            "Fischer",
                                            "Köhler",
                                            "Böhm",
                                            "Becker",
                                            "Jäger",
                                            "Großmann",
                                            "Wagner",
                                            "Krüger",
                                            "Vogel",
                                            "von der Heide",
                                            "Schröder",
                                            "Hofmann",
                                            "Müller-Lüdenscheidt",
                                            "Lorenz",
                                            "Dörr",
                                            "Zimmermann"};
constexpr std::string_view english_first[] = {"James", "Olivia", "Siobhán", "Jack",   "Emily", "Oliver",
                                              "Grace", "Harry",  "Amelia",  "Thomas", "Chloe", "Liam",
                                              "Ruby",  "Ethan",  "Megan",   "Zoë"};
constexpr std::string_view english_last[] = {"Smith",
                                             "Jones",
                                             "O'Brien",
                                             "Taylor",
                                             "Brown",
                                             "D’Arcy",
                                             "Wilson",
                                             "O'Neill",
                                             "Johnson",
                                             "Wright",
                                             "Robinson",
                                             "Walker",
                                             "Featherstonehaugh-Brookes",
                                             "Hughes",
                                             "Green",
                                             "MacDonald"};
constexpr std::string_view french_first[] = {"François", "Hélène", "Léa",    "Jérôme",  "Chloé",   "Benoît",
                                             "Aurélie",  "Luc",    "Noémie", "Étienne", "Camille", "Jean-Luc"};
constexpr std::string_view french_last[] = {"Dupont",   "Lefèvre", "Gérard", "Moreau", "Côté", "L'Hermite",
                                            "Bélanger", "Garçon",  "Petit",  "Faure",  "Noël", "de La Tour"};
constexpr std::string_view nordic_first[] = {"Åsa", "Jørgen", "Søren", "Ingrid", "Øyvind", "Päivi", "Björk", "Astrid"};
constexpr std::string_view nordic_last[] = {"Åkesson", "Sørensen", "Lindström", "Nygård",
                                            "Hæstad",  "Öberg",    "Jensen",    "Ærø"};
constexpr std::string_view iberian_first[] = {"José", "María", "João", "Íñigo", "Inês", "Ángel", "Lucía", "António"};
constexpr std::string_view iberian_last[] = {"García",  "Muñoz",  "Gonçalves", "Peña",
                                             "Sánchez", "Araújo", "Núñez",     "da Silva"};
constexpr std::string_view slavic_first[] = {"Jiří",      "Łukasz", "Zofia",      "Željko",
                                             "Agnieszka", "Ondřej", "Małgorzata", "Katarína"};
constexpr std::string_view slavic_last[] = {"Novák",   "Wójcik", "Kovačević", "Dvořáková",
                                            "Łukasik", "Hruška", "Čapek",     "Şahin"};

struct language {
    words first;
    words last;
    unsigned share; // of a hundred
};

constexpr language languages[] = {{german_first, german_last, 45},  {english_first, english_last, 25},
                                  {french_first, french_last, 12},  {nordic_first, nordic_last, 6},
                                  {iberian_first, iberian_last, 6}, {slavic_first, slavic_last, 6}};

constexpr std::string_view company_stems[] = {
    "Weber",    "Nordlicht", "Alpenblick", "Brunner", "Castell", "Hansa",   "Lindner", "Rheingold",
    "Bergmann", "Kastanie",  "Falke",      "Seewind", "Ahorn",   "Kupfer",  "Marwitz", "Orion",
    "Pfeiffer", "Quell",     "Rosenthal",  "Steiger", "Thalia",  "Ulmen",   "Vektor",  "Winkler",
    "Zenit",    "Birken",    "Delta",      "Eichen",  "Frisch",  "Grünwald"};
constexpr std::string_view company_trades[] = {
    "Haustechnik", "Logistik",   "Steuerberatung", "Zahnärzte", "Maschinenbau", "Immobilien",  "Bau",    "Druckerei",
    "Apotheke",    "Consulting", "Autohaus",       "Energie",   "Catering",     "Architekten", "Kanzlei"};
constexpr std::string_view company_forms[] = {"GmbH", "AG", "KG", "e.K.", "Ltd", "GmbH & Co. KG", "SE", "eG"};

/// Letters whose plain form is not just the letter without its accent.
struct spelling {
    std::string_view letter;
    std::string_view plain;
};
constexpr spelling spellings[] = {{"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"ß", "ss"}, {"ø", "o"},
                                  {"æ", "ae"}, {"å", "aa"}, {"ł", "l"},  {"ş", "s"}};

std::string normalised(std::string_view text, utf8proc_option_t form) {
    utf8proc_uint8_t* raw = nullptr;
    const auto size =
        utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                     &raw, static_cast<utf8proc_option_t>(form | UTF8PROC_STABLE));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned{raw, &std::free};
    if (size < 0)
        return std::string{text};
    return {reinterpret_cast<const char*>(raw), static_cast<std::size_t>(size)};
}

} // namespace

person_name random_name(random_source& random) {
    auto share = static_cast<unsigned>(random.below(100));
    const language* chosen = languages;
    while (share >= chosen->share) {
        share -= chosen->share;
        ++chosen;
    }
    std::string first{random.pick(chosen->first)};
    std::string last{random.pick(chosen->last)};
    return {std::move(first), std::move(last)};
}

std::string random_company(random_source& random, std::size_t number) {
    const std::size_t stems = std::size(company_stems);
    const std::size_t trades = std::size(company_trades);
    std::string name{company_stems[number % stems]};
    name += ' ';
    name += company_trades[(number / stems + number * 7) % trades];
    if (number >= stems * trades)
        name += ' ' + std::to_string(number / (stems * trades) + 1);
    name += ' ';
    name += random.pick(words{company_forms});
    return name;
}

std::string login_part(std::string_view name) {
    std::string text = fold(name);
    for (const spelling& known : spellings)
        for (auto place = text.find(known.letter); place != std::string::npos; place = text.find(known.letter))
            text.replace(place, known.letter.size(), known.plain);
    std::string result;
    for (const char c : decomposed(text))
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            result += c;
    return result;
}

std::string decomposed(std::string_view text) {
    return normalised(text, UTF8PROC_DECOMPOSE);
}

} // namespace sandbox
