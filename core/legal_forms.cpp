#include "core/legal_forms.hpp"

#include <algorithm>

namespace core {
namespace {

struct spelling {
    std::string_view text;
    std::string_view form;
};

/// Sorted by text. The forms are those of ISO 20275 (GLEIF's "Entity Legal Forms Code List") in countries where
/// Autotask is sold, with the spellings in use. Left out are abbreviations of two letters that more often mean a town,
/// a trade or a person's title than a form: AD, BT, CV, DA, DD, HB, HF, KB, KY, PA, PC.
constexpr spelling spellings[]{
    {"ab", "AB"},
    {"ag", "AG"},
    {"ag&cokg", "AG & Co. KG"},
    {"ag&cokgaa", "AG & Co. KGaA"},
    {"aktiengesellschaft", "AG"},
    {"aps", "ApS"},
    {"as", "AS"},
    {"asa", "ASA"},
    {"asbl", "ASBL"},
    {"bhd", "Bhd"},
    {"bv", "BV"},
    {"bvba", "BVBA"},
    {"cic", "CIC"},
    {"co", "Co"},
    {"colimited", "Co Ltd"},
    {"coltd", "Co Ltd"},
    {"company", "Co"},
    {"companylimited", "Co Ltd"},
    {"companyltd", "Co Ltd"},
    {"corp", "Corp"},
    {"corporation", "Corp"},
    {"dac", "DAC"},
    {"doo", "d.o.o."},
    {"eg", "eG"},
    {"ehf", "ehf"},
    {"eingetragenegenossenschaft", "eG"},
    {"eingetragenerverein", "e.V."},
    {"ek", "e.K."},
    {"ekfm", "e.K."},
    {"ekfr", "e.K."},
    {"eood", "EOOD"},
    {"eu", "e.U."},
    {"eurl", "EURL"},
    {"ev", "e.V."},
    {"gbr", "GbR"},
    {"gesellschaftbuergerlichenrechts", "GbR"},
    {"gesellschaftmbh", "GmbH"},
    {"gesellschaftmbh&cokg", "GmbH & Co. KG"},
    {"gesellschaftmitbeschraenkterhaftung", "GmbH"},
    {"gesellschaftmitbeschrankterhaftung", "GmbH"},
    {"gesmbh", "GmbH"},
    {"gesmbh&cokg", "GmbH & Co. KG"},
    {"ggmbh", "gGmbH"},
    {"gmbh", "GmbH"},
    {"gmbh&cokg", "GmbH & Co. KG"},
    {"gmbh&cokgaa", "GmbH & Co. KGaA"},
    {"gmbh&coohg", "GmbH & Co. OHG"},
    {"gmbh&kg", "GmbH & Co. KG"},
    {"gmbhcokg", "GmbH & Co. KG"},
    {"gmbhucokg", "GmbH & Co. KG"},
    {"inc", "Inc"},
    {"incorporated", "Inc"},
    {"kft", "Kft"},
    {"kg", "KG"},
    {"kgaa", "KGaA"},
    {"kommanditgesellschaft", "KG"},
    {"lda", "Lda"},
    {"limited", "Ltd"},
    {"limitedliabilitycompany", "LLC"},
    {"limitedliabilitypartnership", "LLP"},
    {"limitedpartnership", "LP"},
    {"llc", "LLC"},
    {"lllp", "LLLP"},
    {"llp", "LLP"},
    {"lp", "LP"},
    {"ltd", "Ltd"},
    {"ltd&cokg", "Ltd & Co. KG"},
    {"ltda", "Ltda"},
    {"ltdco", "Ltd Co"},
    {"ltee", "Ltée"},
    {"mbh", "GmbH"},
    {"mbh&cokg", "GmbH & Co. KG"},
    {"nv", "NV"},
    {"nyrt", "Nyrt"},
    {"offenehandelsgesellschaft", "OHG"},
    {"og", "OG"},
    {"ohg", "OHG"},
    {"oy", "Oy"},
    {"oyab", "Oy"},
    {"oyj", "Oyj"},
    {"partg", "PartG"},
    {"partgmbb", "PartG mbB"},
    {"plc", "PLC"},
    {"pllc", "PLLC"},
    {"privatelimited", "Pvt Ltd"},
    {"pteltd", "Pte Ltd"},
    {"ptylimited", "Pty Ltd"},
    {"ptyltd", "Pty Ltd"},
    {"publiclimitedcompany", "PLC"},
    {"pvtltd", "Pvt Ltd"},
    {"sa", "SA"},
    {"sarl", "SARL"},
    {"sas", "SAS"},
    {"sasu", "SASU"},
    {"scop", "SCOP"},
    {"sdnbhd", "Sdn Bhd"},
    {"se", "SE"},
    {"se&cokg", "SE & Co. KG"},
    {"se&cokgaa", "SE & Co. KGaA"},
    {"sl", "SL"},
    {"slu", "SLU"},
    {"snc", "SNC"},
    {"spa", "SpA"},
    {"spolsro", "s.r.o."},
    {"sprl", "SPRL"},
    {"spzoo", "Sp. z o.o."},
    {"srl", "SRL"},
    {"srls", "SRLS"},
    {"sro", "s.r.o."},
    {"stiftung&cokg", "Stiftung & Co. KG"},
    {"uab", "UAB"},
    {"ug", "UG"},
    {"ug&cokg", "UG & Co. KG"},
    {"ughaftungsbeschraenkt", "UG"},
    {"ughaftungsbeschraenkt&cokg", "UG & Co. KG"},
    {"ughaftungsbeschrankt", "UG"},
    {"ughaftungsbeschrankt&cokg", "UG & Co. KG"},
    {"ulc", "ULC"},
    {"unternehmergesellschaft", "UG"},
    {"unternehmergesellschafthaftungsbeschraenkt", "UG"},
    {"unternehmergesellschafthaftungsbeschrankt", "UG"},
    {"vof", "VOF"},
    {"vzw", "VZW"},
    {"zrt", "Zrt"},
};
static_assert(std::ranges::is_sorted(spellings, {}, &spelling::text));

/// Those of the spellings that are also words, or short for a place or a trade that people put behind a name: Alberta,
/// American Samoa, Colorado, electric vehicles, Nevada, Saint Louis, South Africa, the South East, Sierra Leone ...
constexpr std::string_view words[]{"ab", "as", "asa", "co", "doo", "eg",  "eu",  "ev", "lp",
                                   "nv", "og", "sa",  "se", "sl",  "slu", "spa", "uab"};
static_assert(std::ranges::is_sorted(words));

/// Those that mean the same with dots.
constexpr std::string_view dotted_words[]{"co", "eu", "se"};
static_assert(std::ranges::is_sorted(dotted_words));

} // namespace

std::string_view legal_form(std::string_view text) {
    const auto* const found = std::ranges::lower_bound(spellings, text, {}, &spelling::text);
    return found != std::end(spellings) && found->text == text ? found->form : std::string_view();
}

bool may_be_another_word(std::string_view text, bool in_single_letters) {
    return in_single_letters ? std::ranges::binary_search(dotted_words, text) : std::ranges::binary_search(words, text);
}

} // namespace core
