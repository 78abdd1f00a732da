#include "tests/sandbox/model/generator/organizations.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/sandbox/behaviours/api.hpp"
#include "tests/sandbox/model/text.hpp"

using namespace behaviours;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> result;
    for (std::size_t start = 0; start < text.size();) {
        const auto end = text.find('\n', start);
        result.push_back(text.substr(start, end - start));
        start = end + 1;
    }
    return result;
}

bool has_line(const std::vector<std::string>& lines, std::string_view beginning) {
    return std::ranges::any_of(lines, [beginning](const std::string& line) { return line.starts_with(beginning); });
}

} // namespace

TEST_CASE("the list of organizations is a CSV with four columns, sorted, the same for the same seed") {
    const auto world = sandbox::make_world({{7, 12, 260}, {}});
    const std::string text = sandbox::organizations_csv(world->tenant(), 7);
    CHECK(text == sandbox::organizations_csv(sandbox::make_world({{7, 12, 260}, {}})->tenant(), 7));
    CHECK(text != sandbox::organizations_csv(world->tenant(), 8));
    const auto lines = lines_of(text);
    CHECK(lines.front() == "name,domain,tags,datto_company_id");
    CHECK(std::is_sorted(lines.begin() + 1, lines.end(), [](const auto& left, const auto& right) {
        const auto name = [](const std::string& line) {
            return line.starts_with('"') ? line.substr(1) : line.substr(0, line.find(','));
        };
        return name(left) < name(right);
    }));
    for (const std::string& line : lines)
        CHECK(std::ranges::count(line, ',') == (line.find('"') == std::string::npos ? 3 : 4));
}

TEST_CASE("the list of organizations differs from the companies in every way that people make it differ") {
    const auto world = sandbox::make_world({{7, 12, 260}, {}});
    const auto lines = lines_of(sandbox::organizations_csv(world->tenant(), 7));
    CHECK(lines.size() == 1 + 11 + 2); // one company is missing, and two organizations have no company
    CHECK(has_line(lines, "Weber Haustechnik AG,weber-haustechnik.example,"));
    CHECK(has_line(lines, "Nordlicht Druckerei,"));                // no legal form
    CHECK(has_line(lines, "ALPENBLICK-"));                         // another case
    CHECK(has_line(lines, "lindner catering,"));                   // both
    CHECK(has_line(lines, "Brunner & Töchter Bau GmbH & Co. KG")); // und
    CHECK(has_line(lines, "Castell Arcihtekten"));                 // a typing error
    CHECK(has_line(lines, "Societe Bergmann"));                    // plain letters
    CHECK(has_line(lines, "  Hansa Immobilien SE Filiale 183 ,")); // pasted
    CHECK_FALSE(has_line(lines, "Rheingold"));                     // not entered yet
    CHECK(has_line(lines, "Test Organization,,"));
    CHECK(has_line(lines, "\"Altmann, Beck & Partner Notare\","));
    const auto filled = std::ranges::count_if(lines, [](const std::string& line) { return !line.ends_with(','); });
    CHECK(filled == 1 + 3); // the head, two right ids and a stale one
}

TEST_CASE("only active customers are organizations, and their domain is that of their addresses") {
    api client;
    client.put(entity::companies, R"({"id":12,"isActive":false})");
    client.put(entity::companies, R"({"id":30,"companyName":"No \"People\", Inc","companyType":1,"isActive":true})");
    const auto lines = lines_of(sandbox::organizations_csv(client.world->tenant(), 1));
    REQUIRE(lines.size() == 1 + 3 + 2);
    CHECK_FALSE(has_line(lines, "Acme Pole"));
    CHECK_FALSE(has_line(lines, "Provider"));
    CHECK(std::ranges::any_of(lines, [](const std::string& line) {
        return line.starts_with("Acme,") && sandbox::ascii_lower(line).find("acme.example") != std::string::npos;
    }));
    CHECK(std::ranges::any_of(
        lines, [](const std::string& line) { return line.starts_with("\"") && line.ends_with(",,") == false; }));
}
