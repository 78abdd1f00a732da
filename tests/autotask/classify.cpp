#include "autotask/classify.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <string>
#include <vector>

namespace {

using autotask::error_kind;
using autotask::http_method;
using namespace std::chrono_literals;

/// Our clock, a day after the example of RFC 9110.
constexpr std::chrono::sys_seconds now = std::chrono::sys_days{std::chrono::year{1994} / 11 / 7} + 8h + 49min + 37s;

std::optional<autotask::error> classify(http_method method, const autotask::http_response& answer) {
    return autotask::classify(method, answer, now);
}

constexpr const char* json_type = "application/json; charset=utf-8";
constexpr const char* html_type = "text/html; charset=utf-8";

autotask::http_response answer(unsigned status, std::string type, std::string body) {
    autotask::http_response made;
    made.status = status;
    made.content_type = std::move(type);
    made.body = std::move(body);
    return made;
}

std::string errors(const std::string& text) {
    return "{\"errors\":[\"" + text + "\"]}";
}

struct row {
    const char* why;
    unsigned status;
    const char* type;
    std::string body;
    error_kind kind;
    bool write_is_in_doubt;
};

} // namespace

TEST_CASE("a 200 with a JSON body is a success, whatever the case of its content type") {
    for (const auto* type :
         {json_type, "application/json", "Application/JSON", "text/json", "application/problem+json"})
        for (const auto method : {http_method::get, http_method::post, http_method::patch})
            CHECK_FALSE(classify(method, answer(200, type, "{}")));
}

TEST_CASE("every answer that is no success has its kind, and only infrastructure leaves a write in doubt") {
    const std::vector<row> rows{
        {"maintenance page", 200, html_type, "<html>", error_kind::network, true},
        {"untyped success", 200, "", "", error_kind::network, true},
        {"half a JSON", 200, json_type, R"({"items":[{"id":1},{"id":)", error_kind::network, true},
        {"JSON and more", 200, json_type, R"({"itemId":1}<html>)", error_kind::network, true},
        {"a page that says it is JSON", 200, json_type, "<html></html>", error_kind::network, true},
        {"nothing that says it is JSON", 200, json_type, "", error_kind::network, true},
        {"malformed request", 400, json_type, errors("x"), error_kind::business, false},
        {"malformed request, no text", 400, "", "", error_kind::protocol, false},
        {"bad credentials of today", 401, "", "", error_kind::auth, false},
        {"bad credentials behind a page", 401, html_type, "<html>", error_kind::auth, false},
        {"bad integration code of 2020", 500, json_type, errors("IntegrationCode is invalid."), error_kind::auth,
         false},
        {"unknown user of 2020", 500, json_type, errors("Zone information could not be determined"), error_kind::auth,
         false},
        {"permission as documented", 403, "", "", error_kind::permission, false},
        {"permission as seen", 500, json_type,
         errors("The logged in Resource does not have the adequate permissions to query this entity type."),
         error_kind::permission, false},
        {"unknown route", 404, html_type, "<html>", error_kind::protocol, false},
        {"missing id", 404, json_type, errors("No matching records found"), error_kind::business, false},
        {"method and route do not fit", 405, json_type,
         R"({"Message":"The requested resource does not support http method 'GET'."})", error_kind::protocol, false},
        {"request time-out", 408, "", "", error_kind::network, true},
        {"conflict", 409, json_type, errors("x"), error_kind::business, false},
        {"thread limit", 429, json_type, errors("The Autotask API thread threshold of 3 threads has been exceeded."),
         error_kind::throttled, false},
        {"limit in another language", 429, json_type, errors("Zu viele Anfragen"), error_kind::throttled, false},
        {"limit without a body", 429, "", "", error_kind::throttled, false},
        {"thread limit with another status", 500, json_type,
         errors("The Autotask API thread threshold of 3 threads has been exceeded."), error_kind::throttled, false},
        {"hourly limit with another status", 500, json_type, errors("The external request threshold is exceeded"),
         error_kind::throttled, false},
        {"hourly limit in the words of the manual", 503, json_type,
         errors("You have exceeded the allowed number of external requests."), error_kind::throttled, false},
        {"thread limit as a refusal", 403, json_type,
         errors("The Autotask API thread threshold of 3 threads has been exceeded."), error_kind::throttled, false},
        {"deadlock", 500, json_type,
         errors("Transaction (Process ID 57) was deadlocked on lock resources with another process and has been chosen "
                "as the deadlock victim. Rerun the transaction."),
         error_kind::network, true},
        {"deadlock in German", 500, json_type,
         errors("Die Transaktion befand sich auf Sperre Ressourcen in einer DEADLOCK-Situation."), error_kind::network,
         true},
        {"database time-out", 500, json_type,
         errors("Execution Timeout Expired. The timeout period elapsed prior to completion of the operation."),
         error_kind::network, true},
        {"wait for a lock", 500, json_type, errors("The wait operation timed out"), error_kind::network, true},
        {"deadlock and the second entry", 500, json_type,
         R"({"errors":["deadlock","Error updating entity for record number [1]."]})", error_kind::network, true},
        {"deadlock at the end of a long text", 500, json_type, errors(std::string(5000, 'x') + " was deadlocked"),
         error_kind::network, true},
        {"time-out in words that nobody knows", 500, json_type, errors("Zeitlimit abgelaufen"), error_kind::business,
         false},
        {"a field named like a time-out", 500, json_type, errors("Unable to find timeout in the Ticket Entity"),
         error_kind::business, false},
        {"deadlock that is no answer of the API", 404, json_type, errors("deadlock"), error_kind::business, false},
        {"unknown field", 500, json_type, errors("Unable to find projectID in the TimeEntry Entity"),
         error_kind::business, false},
        {"page size", 500, json_type, errors("maxCountOfRecordsToReturn must be between 1 and 500"),
         error_kind::business, false},
        {"too many alternatives", 500, json_type,
         errors("Invalid query syntax. Queries are limited to 500 or fewer 'OR' conditions."), error_kind::business,
         false},
        {"no body was sent", 500, json_type, errors("Value cannot be null. Parameter name: queryModel"),
         error_kind::business, false},
        {"unknown contact", 500, json_type,
         errors("Reference value on field: contactID of type: Contact does not exist or is invalid."),
         error_kind::business, false},
        {"contact 0", 500, json_type, errors("Value does not reference an existing entity for contactID."),
         error_kind::business, false},
        {"contact of another company", 500, json_type,
         errors("Data violation: contactID is not associated to the companyID or its Parent Company.."),
         error_kind::business, false},
        {"refusal in another language", 500, json_type, errors("Der Wert des Feldes ist ung\xC3\xBCltig."),
         error_kind::business, false},
        {"500 behind a page", 500, html_type, "<html>", error_kind::network, true},
        {"500 without a body", 500, "", "", error_kind::network, true},
        {"500 with JSON that says nothing", 500, json_type, "{}", error_kind::network, true},
        {"500 with half a JSON", 500, json_type, "{\"errors\":[\"x", error_kind::network, true},
        {"501", 501, "", "", error_kind::network, true},
        {"502", 502, html_type, "<html>", error_kind::network, true},
        {"503", 503, html_type, "<html>", error_kind::network, true},
        {"503 with JSON", 503, json_type, errors("busy"), error_kind::network, true},
        {"504", 504, "", "", error_kind::network, true},
        {"moved", 301, html_type, "", error_kind::protocol, false},
        {"found", 302, json_type, "{}", error_kind::protocol, false},
        {"temporary redirect", 307, "", "", error_kind::protocol, false},
        {"teapot", 418, "", "", error_kind::protocol, false},
    };
    for (const auto& one : rows) {
        INFO(one.why);
        for (const auto method : {http_method::get, http_method::post}) {
            const auto read = classify(method, answer(one.status, one.type, one.body));
            REQUIRE(read);
            CHECK(read->kind == one.kind);
            CHECK(read->status == one.status);
            CHECK_FALSE(read->maybe_done);
            CHECK(read->doing.empty());
            CHECK_FALSE(read->said.empty());
            CHECK(read->said.size() < 400);
        }
        const auto write = classify(http_method::patch, answer(one.status, one.type, one.body));
        REQUIRE(write);
        CHECK(write->kind == one.kind);
        CHECK(write->maybe_done == one.write_is_in_doubt);
    }
}

TEST_CASE("a write that is answered with another success than 200 may have been carried out") {
    for (const unsigned status : {201u, 202u, 204u}) {
        INFO(status);
        const auto write = classify(http_method::patch, answer(status, "", ""));
        REQUIRE(write);
        CHECK(write->kind == error_kind::protocol);
        CHECK(write->maybe_done);
        CHECK_FALSE(classify(http_method::post, answer(status, "", ""))->maybe_done);
    }
}

TEST_CASE(
    "the two limits are told apart by their texts, whatever the status, and a text that nobody knows is neither") {
    struct {
        const char* text;
        bool threads;
        bool hourly;
    } const rows[] = {
        {"The Autotask API THREAD THRESHOLD of 3 threads has been exceeded.", true, false},
        {"The Autotask API external request threshold of 10000 requests per 60 minutes has been exceeded.", false,
         true},
        {"More than 10000 requests per hour.", false, true},
        {"The number of external requests exceeds what is allowed.", false, true},
        {"Zu viele Anfragen", false, false},
        {"", false, false},
    };
    for (const auto& one : rows)
        for (const unsigned status : {429u, 500u, 503u, 403u, 400u}) {
            const bool known = one.threads || one.hourly;
            if (!known && status != 429)
                continue;
            INFO(one.text << ' ' << status);
            const auto limited = classify(http_method::patch, answer(status, json_type, errors(one.text)));
            CHECK(limited->kind == error_kind::throttled);
            CHECK(limited->thread_limit == one.threads);
            CHECK(limited->hourly_limit == one.hourly);
            CHECK_FALSE(limited->maybe_done);
        }
    for (const auto& bare : {answer(429, "", ""), answer(429, html_type, "thread threshold")}) {
        CHECK(classify(http_method::post, bare)->kind == error_kind::throttled);
        CHECK_FALSE(classify(http_method::post, bare)->thread_limit);
        CHECK_FALSE(classify(http_method::post, bare)->hourly_limit);
    }
}

TEST_CASE("an answer that is torn off anywhere is no success") {
    const std::string whole = R"({"items":[{"id":1,"name":"a\"b","x":-1.5e3,"y":null}],"pageDetails":{"count":1}})";
    CHECK_FALSE(classify(http_method::post, answer(200, json_type, whole)));
    for (std::size_t length = 0; length < whole.size(); ++length) {
        INFO(whole.substr(0, length));
        const auto torn = classify(http_method::post, answer(200, json_type, whole.substr(0, length)));
        REQUIRE(torn);
        CHECK(torn->kind == error_kind::network);
    }
}

TEST_CASE("every failure keeps what the server asks for, by the server's own clock") {
    auto limited = answer(429, "", "");
    CHECK_FALSE(classify(http_method::post, limited)->retry_after);
    limited.retry_after = "17";
    CHECK(classify(http_method::post, limited)->retry_after == 17s);
    limited.retry_after = "Sun, 06 Nov 1994 08:49:37 GMT";
    CHECK(classify(http_method::post, limited)->retry_after == 0s);
    limited.date = "Sun, 06 Nov 1994 08:49:07 GMT";
    CHECK(classify(http_method::post, limited)->retry_after == 30s);
    auto page = answer(200, html_type, "<html>");
    page.retry_after = "120";
    CHECK(classify(http_method::post, page)->retry_after == 120s);
}

TEST_CASE("a failure says the status and the server's words") {
    CHECK(classify(http_method::post, answer(500, json_type, errors("Some text.")))->said ==
          "HTTP 500, \"Some text.\"");
    CHECK(classify(http_method::post, answer(401, "", ""))->said == "HTTP 401");
    CHECK(classify(http_method::post, answer(503, html_type, "<html>"))->said ==
          "HTTP 503 with text/html; charset=utf-8 body");
    CHECK(classify(http_method::post, answer(503, "", "x"))->said == "HTTP 503 with an untyped body");
    CHECK(classify(http_method::get, answer(200, html_type, "<html>"))->said ==
          "the server answered with text/html; charset=utf-8 instead of JSON: a maintenance page, or another server in "
          "between");
    CHECK(classify(http_method::get, answer(200, json_type, ""))->said ==
          "the server answered with an empty body instead of JSON");
    CHECK(classify(http_method::get, answer(200, json_type, "{\"items\":["))->said ==
          "the server's answer of 10 bytes is no complete JSON document");
    auto redirect = answer(302, "", "");
    redirect.location = "https://evil.example/";
    CHECK(classify(http_method::get, redirect)->said ==
          "the server redirects to https://evil.example/, and credentials are not sent after a redirect");
}

TEST_CASE("headers come into messages as one short line of ASCII") {
    auto redirect = answer(302, "", "");
    redirect.location = "https://x/\xFF\x9B\t" + std::string(9000, 'y');
    const auto said = classify(http_method::get, redirect)->said;
    CHECK(said == "the server redirects to https://x/???" + std::string(287, 'y') +
                      "..., and credentials are not sent after a redirect");
    CHECK(classify(http_method::get, answer(200, "text/\xC3html", ""))->said ==
          "the server answered with text/?html instead of JSON: a maintenance page, or another server in between");
    CHECK(classify(http_method::get, answer(503, "text/\xC3html", "x"))->said == "HTTP 503 with text/?html body");
}

TEST_CASE("the server's texts are found in every form in which they come") {
    struct {
        const char* body;
        const char* texts;
    } const rows[] = {
        {R"({"errors":["one"]})", "one"},
        {R"({"errors":["one","Error updating entity for record number [1]."]})",
         "one Error updating entity for record number [1]."},
        {R"({"errors":[{"message":"inner"}]})", "inner"},
        {R"({"errors":[{"Message":"inner"}, 5, null, "two"]})", "two"},
        {R"({"errors":"plain"})", "plain"},
        {R"({"Message":"framework"})", "framework"},
        {R"({"message":"lower"})", "lower"},
        {R"({"errors":[]})", ""},
        {R"({"errors":null})", ""},
        {R"([])", ""},
        {"", ""},
        {"<html>", ""},
        {R"({"errors":["two\r\nlines\u001b[31m"]})", "two  lines [31m"},
    };
    for (const auto& one : rows) {
        INFO(one.body);
        CHECK(autotask::server_texts(one.body) == one.texts);
    }
}

TEST_CASE("a long text of the server is cut between two characters") {
    const auto ascii = autotask::server_texts(errors(std::string(1000, 'x')));
    CHECK(ascii == std::string(300, 'x') + "...");
    CHECK(autotask::server_texts(errors(std::string(300, 'x'))) == std::string(300, 'x'));
    std::string umlauts = "x";
    for (int i = 0; i < 400; ++i)
        umlauts += "\xC3\xBC";
    const auto cut = autotask::server_texts(errors(umlauts));
    CHECK(cut == umlauts.substr(0, 299) + "...");
}
