#include "autotask/classify.hpp"

#include "autotask/json_check.hpp"
#include "autotask/retry_after.hpp"
#include "core/fold.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

namespace autotask {
namespace {

/// How much of a server's text goes into a message.
constexpr std::size_t longest_text = 300;

bool is_json(const http_response& answer) {
    return core::fold(answer.content_type).contains("json");
}

void append(std::string& texts, const boost::json::value& one) {
    std::string_view text;
    if (const auto* string = one.if_string())
        text = *string;
    else if (const auto* object = one.if_object())
        if (const auto* message = object->if_contains("message"))
            if (const auto* inner = message->if_string())
                text = *inner;
    if (text.empty())
        return;
    texts += (texts.empty() ? "" : " ");
    texts += text;
}

/// Everything that the server says in `{"errors": [...]}` or `{"Message": "..."}`.
std::string all_texts(std::string_view body) {
    boost::system::error_code failed;
    const auto parsed = boost::json::parse(body, failed);
    std::string texts;
    const auto* object = failed ? nullptr : parsed.if_object();
    if (!object)
        return texts;
    for (const auto name : {"errors", "Message", "message"}) {
        const auto* found = object->if_contains(name);
        if (!found)
            continue;
        if (const auto* list = found->if_array())
            for (const auto& one : *list)
                append(texts, one);
        else
            append(texts, *found);
    }
    return texts;
}

/// As much of it as a message can bear.
std::string shortened(std::string texts) {
    if (texts.size() > longest_text) {
        std::size_t cut = longest_text;
        while (cut > 0 && (static_cast<unsigned char>(texts[cut]) & 0xC0u) == 0x80u)
            --cut; // Never in the middle of a character.
        texts.resize(cut);
        texts += "...";
    }
    // One line, whatever the server sent: the text goes into logs.
    for (char& c : texts)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            c = ' ';
    return texts;
}

bool means_permission(std::string_view folded) {
    return folded.contains("adequate permissions");
}

bool means_credentials(std::string_view folded) {
    return folded.contains("integrationcode is invalid") || folded.contains("zone information could not be determined");
}

bool means_thread_limit(std::string_view folded) {
    return folded.contains("thread threshold");
}

bool means_hourly_limit(std::string_view folded) {
    return folded.contains("request threshold") || folded.contains("requests per hour") ||
           (folded.contains("external request") && folded.contains("exceed"));
}

/// The database behind the API was busy, in the words of SQL Server and its drivers. Such texts come in the tenant's
/// language, too: a text that nobody knows stays a refusal, which is met once and not again and again.
bool means_busy(std::string_view folded) {
    return folded.contains("deadlock") || folded.contains("timeout expired") || folded.contains("timed out");
}

/// A header as it may stand in a message: HTTP lets any byte above 0x7F into one, JSON and terminals do not.
std::string shown(std::string_view header) {
    std::string text(header.substr(0, longest_text));
    for (char& c : text)
        if (c < 0x20 || c >= 0x7F)
            c = '?';
    return header.size() > longest_text ? text + "..." : text;
}

std::string describe(const http_response& answer, const std::string& texts) {
    auto said = "HTTP " + std::to_string(answer.status);
    if (!texts.empty())
        return said + ", \"" + texts + '"';
    if (answer.body.empty())
        return said;
    return said + " with " + (answer.content_type.empty() ? "an untyped" : shown(answer.content_type)) + " body";
}

std::string describe_page(const http_response& answer) {
    return "the server answered with " +
           (answer.content_type.empty() ? "an untyped body" : shown(answer.content_type)) +
           " instead of JSON: a maintenance page, or another server in between";
}

std::string describe_torn(const http_response& answer) {
    if (answer.body.empty())
        return "the server answered with an empty body instead of JSON";
    return "the server's answer of " + std::to_string(answer.body.size()) + " bytes is no complete JSON document";
}

error_kind kind_of(unsigned status, std::string_view folded, bool json_errors) {
    if (status == 429 || means_thread_limit(folded) || means_hourly_limit(folded))
        return error_kind::throttled;
    if (status == 401 || means_credentials(folded))
        return error_kind::auth;
    if (status == 403 || means_permission(folded))
        return error_kind::permission;
    if (status == 500 && json_errors)
        return means_busy(folded) ? error_kind::network : error_kind::business;
    if (status >= 500 || status == 408)
        return error_kind::network;
    if (status == 400 || status == 404 || status == 409 || status == 422)
        return json_errors ? error_kind::business : error_kind::protocol;
    return error_kind::protocol;
}

} // namespace

std::string server_texts(std::string_view body) {
    return shortened(all_texts(body));
}

std::optional<error> classify(http_method method, const http_response& answer, std::chrono::sys_seconds now) {
    const bool json = is_json(answer);
    if (answer.status == 200 && json && is_one_json_document(answer.body))
        return std::nullopt;

    error failure;
    failure.status = answer.status;
    failure.retry_after = read_retry_after(answer.retry_after, answer.date, now);
    if (answer.status == 200) {
        failure.kind = error_kind::network;
        failure.said = json ? describe_torn(answer) : describe_page(answer);
    } else if (answer.status >= 300 && answer.status < 400) {
        failure.kind = error_kind::protocol;
        failure.said = "the server redirects to " + (answer.location.empty() ? "nowhere" : shown(answer.location)) +
                       ", and credentials are not sent after a redirect";
    } else {
        auto texts = json ? all_texts(answer.body) : std::string{};
        const auto folded = core::fold(texts); // Before it is shortened: the word that matters may come late.
        failure.kind = kind_of(answer.status, folded, !texts.empty());
        failure.thread_limit = means_thread_limit(folded);
        failure.hourly_limit = means_hourly_limit(folded);
        failure.said = describe(answer, shortened(std::move(texts)));
    }
    // Whoever answered instead of the API may stand before it, and a busy database may have stored what it does not
    // confirm: the write may have been carried out. A success of another kind than the promised one even says so.
    const bool success = answer.status > 200 && answer.status < 300;
    failure.maybe_done = method == http_method::patch && (failure.kind == error_kind::network || success);
    return failure;
}

} // namespace autotask
