#include "core/fold.hpp"
#include "daemon/audit/reading/line_sifter.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <random>

namespace {

using namespace contactd;

class collector final : public line_receiver {
public:
    std::vector<std::string> taken;
    std::vector<std::pair<line_damage, std::uint64_t>> missed;

    void take(std::string_view line, const boost::json::object&) override { taken.emplace_back(line); }
    void miss(line_damage why, std::uint64_t at, std::string_view) override { missed.emplace_back(why, at); }
};

collector sifted(const audit_filter& wanted, const std::string& lines, std::uint64_t offset = 0) {
    const audit_query query(wanted);
    collector found;
    line_sifter(query).sift(lines, offset, found);
    return found;
}

audit_filter everything() {
    audit_filter wanted;
    wanted.events.all = true;
    return wanted;
}

std::string device_line(const std::string& company, const std::string& device, const std::string& id) {
    return R"({"ts":"2026-11-21T18:45:12.007Z","event":"skipped","sweep":"S","instance":"main","company_id":17,"company":")" +
           company + R"(","device_id":)" + id + R"(,"device":")" + device + R"("})";
}

std::string utf8(char32_t c) {
    std::string text;
    if (c < 0x80)
        return {static_cast<char>(c)};
    if (c < 0x800)
        text += static_cast<char>(0xC0 | (c >> 6));
    else if (c < 0x10000)
        text += {static_cast<char>(0xE0 | (c >> 12)), static_cast<char>(0x80 | ((c >> 6) & 0x3F))};
    else
        text += {static_cast<char>(0xF0 | (c >> 18)), static_cast<char>(0x80 | ((c >> 12) & 0x3F)),
                 static_cast<char>(0x80 | ((c >> 6) & 0x3F))};
    return text + static_cast<char>(0x80 | (c & 0x3F));
}

} // namespace

TEST_CASE("bytes are found where they stand, at every distance and in every case") {
    std::mt19937 random(7);
    const std::string letters = "abAB0-{}\n\\";
    for (int round = 0; round < 20000; ++round) {
        std::string text(random() % 90, ' ');
        for (char& c : text)
            c = letters[random() % letters.size()];
        std::string needle(1 + random() % 4, ' ');
        for (char& c : needle)
            c = letters[random() % letters.size()];
        const auto from = random() % 20;
        CAPTURE(text, needle, from);
        REQUIRE(byte_search(needle).find(text, from) == text.find(needle, from));
        auto low = text;
        auto low_needle = needle;
        for (auto* one : {&low, &low_needle})
            for (char& c : *one)
                c = c == 'A' ? 'a' : c == 'B' ? 'b' : c;
        REQUIRE(byte_search(needle, true).find(text, from) == low.find(low_needle, from));
        auto odd = byte_search::nowhere;
        for (auto i = from; i < text.size() && odd == byte_search::nowhere; ++i)
            if (text[i] == '\n' && (i == 0 || text[i - 1] != '}' || (i + 1 < text.size() && text[i + 1] != '{')))
                odd = i;
        REQUIRE(find_odd_line_end(text, from) == odd);
    }
}

TEST_CASE("a JSON escape is told from an escaped backslash") {
    CHECK(find_unicode_escape(R"(ACME\\u00e9)") == byte_search::nowhere);
    CHECK(find_unicode_escape(R"(ACME\u00e9)") == 4);
    CHECK(find_unicode_escape(R"(ACME\\\u00e9)") == 6);
    CHECK(find_unicode_escape(R"(\\\\uwe \\uwe \u0041)") == 14);
    CHECK(find_unicode_escape(R"(\u00E9)", 1) == byte_search::nowhere);
    CHECK(find_unicode_escape(std::string(100, ' ') + R"(\u00e9)" + std::string(100, ' ')) == 100);
    CHECK(find_unicode_escape(R"(\uABcd)") == 0);
    CHECK(find_unicode_escape(R"(\u)") == byte_search::nowhere);
}

TEST_CASE("nothing else folds to the bytes that lines are searched for") {
    for (char32_t c = 0x80; c < 0x110000; ++c) {
        if (c >= 0xD800 && c < 0xE000)
            continue;
        for (const char made : core::fold(utf8(c)))
            if (is_sure_byte(made)) {
                CAPTURE(static_cast<std::uint32_t>(c), made);
                FAIL();
            }
    }
    CHECK(is_sure_byte('Z'));
    CHECK_FALSE(is_sure_byte('k'));
    for (const char escaped : {'"', '\\', '/', '\n', '\x7f', '\0'})
        CHECK_FALSE(is_sure_byte(escaped));
}

TEST_CASE("a line is found however its JSON is written") {
    struct {
        const char* why;
        std::string line;
    } const rows[] = {
        {"as contactd writes it", device_line("Größe \\\"Süd\\\" & Co", "PC-7", "40002")},
        {"with an escaped letter", device_line("Gr\\u00f6\\u00dfe \\\"S\\u00fcd\\\" & \\u0043o", "PC-7", "40002")},
        {"in capitals", device_line("GRÖSSE \\\"SÜD\\\" & CO", "pc\\u002d7", "40002")},
        {"with blanks and in another order",
         R"({ "device" : "PC-7", "device_id" : 40002, "company": "größe \"süd\" & co", "event": "assigned", "ts": "2026-11-21T18:45:12Z" })"},
    };
    for (const auto& one : rows) {
        INFO(one.why);
        for (const auto* device : {"", "40002", "PC-7"}) {
            auto wanted = everything();
            wanted.companies = {"Größe \"Süd\" & Co"};
            if (*device != '\0')
                wanted.devices = {device};
            const auto all =
                device_line("Acme", "PC-8", "1") + '\n' + one.line + '\n' + device_line("Acme", "PC-8", "1") + '\n';
            CHECK(sifted(wanted, all).taken == std::vector<std::string>{one.line});
        }
    }
}

TEST_CASE("searching before parsing finds the same as parsing every line") {
    std::mt19937 random(11);
    const std::vector<std::string> companies = {"Acme",
                                                "ACME",
                                                "Kas\\u0073e",
                                                "Ku\\\\u0041",
                                                "Bank \\\"B\\\"",
                                                "Gr\xC3\xB6\xC3\x9F"
                                                "e",
                                                "7"};
    const std::vector<std::string> devices = {"PC-1",
                                              "pc-1",
                                              "PC-11",
                                              "B\\tC",
                                              "7",
                                              "\xE2\x84\xAA"
                                              "asse"};
    const std::vector<std::string> asked = {"acme", "kasse", "bank \"b\"", "GR\xC3\x96SSE", "7",    "pc-1",
                                            "11",   "b\tc",  "17",         "Ku\\u0041",     "KASSE"};
    for (int round = 0; round < 300; ++round) {
        std::string lines;
        for (int i = 0; i < 30; ++i) {
            auto one = device_line(companies[random() % companies.size()], devices[random() % devices.size()],
                                   std::to_string(random() % 20));
            if (random() % 12 == 0)
                one = one.substr(0, random() % one.size()) + (random() % 2 == 0 ? "\n" : "") + one;
            lines += one + '\n';
        }
        auto wanted = everything();
        if (random() % 3 != 0)
            wanted.companies = {asked[random() % asked.size()], asked[random() % asked.size()]};
        if (random() % 3 != 0)
            wanted.devices = {asked[random() % asked.size()]};
        const audit_query query(wanted);
        std::vector<std::string> naive;
        std::size_t begin = 0;
        for (auto end = lines.find('\n'); end != std::string::npos; begin = end + 1, end = lines.find('\n', begin)) {
            const auto line = lines.substr(begin, end - begin);
            boost::system::error_code failed;
            const auto parsed = boost::json::parse(line, failed);
            if (!failed && parsed.is_object() && query.judge(parsed.get_object()) == line_verdict::yes)
                naive.push_back(line);
        }
        CAPTURE(lines, wanted.companies, wanted.devices);
        REQUIRE(sifted(wanted, lines).taken == naive);
    }
}

TEST_CASE("lines that cannot be shown are told, also those that were not asked for") {
    const auto good = device_line("Acme", "PC-8", "1") + '\n';
    const std::string torn = "{\"ts\":\"2026-11-21T18:45\n";
    auto wanted = everything();
    wanted.devices = {"4711"};
    const auto found = sifted(wanted, torn + good + torn + torn + good + "end}\n" + good + "\n" + good + "17\n", 1000);
    CHECK(found.taken.empty());
    const auto size = static_cast<std::uint64_t>(good.size());
    const auto half = static_cast<std::uint64_t>(torn.size());
    using enum line_damage;
    CHECK(found.missed ==
          std::vector<std::pair<line_damage, std::uint64_t>>{{no_json, 1000},
                                                             {no_json, 1000 + half + size},
                                                             {no_json, 1000 + 2 * half + size},
                                                             {no_json, 1000 + 3 * half + 2 * size},
                                                             {no_json, 1000 + 3 * half + 3 * size + 5},
                                                             {no_json, 1000 + 3 * half + 4 * size + 6}});
    CHECK(sifted(everything(), "{}\n").missed.front().first == no_audit_line);
    wanted = {};
    wanted.events = usual_events(wanted);
    CHECK(sifted(wanted, R"({"ts":"2026-11-21T18:45:12Z","event":"undone"})"
                         "\n")
              .missed.front()
              .first == unknown_event);
    CHECK(sifted(everything(), '{' + std::string(2 << 20, ' ') + "}\n").missed.front().first == too_long);
}
