#include "autotask/classify.hpp"

#include "core/fold.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <charconv>

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
    return folded.contains("request threshold") || folded.contains("requests per hour");
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

error_kind kind_of(unsigned status, std::string_view folded, bool json_errors) {
    if (status == 429 || means_thread_limit(folded) || means_hourly_limit(folded))
        return error_kind::throttled;
    if (status == 401 || means_credentials(folded))
        return error_kind::auth;
    if (status == 403 || means_permission(folded))
        return error_kind::permission;
    if (status == 500 && json_errors)
        return error_kind::business;
    if (status >= 500 || status == 408)
        return error_kind::network;
    if (status == 400 || status == 404 || status == 409 || status == 422)
        return json_errors ? error_kind::business : error_kind::protocol;
    return error_kind::protocol;
}

} // namespace

std::string server_texts(std::string_view body) {
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

std::optional<std::chrono::seconds> retry_after_seconds(std::string_view header) {
    long seconds = 0;
    const auto [end, failed] = std::from_chars(header.data(), header.data() + header.size(), seconds);
    if (failed != std::errc{} || end != header.data() + header.size() || seconds < 0)
        return std::nullopt;
    return std::chrono::seconds(seconds);
}

std::optional<error> classify(http_method method, const http_response& answer) {
    const bool json = is_json(answer);
    if (answer.status == 200 && json)
        return std::nullopt;

    error failure;
    failure.status = answer.status;
    if (answer.status == 200) {
        failure.kind = error_kind::network;
        failure.said = "the server answered with " +
                       (answer.content_type.empty() ? "an untyped body" : shown(answer.content_type)) +
                       " instead of JSON: a maintenance page, or another server in between";
    } else if (answer.status >= 300 && answer.status < 400) {
        failure.kind = error_kind::protocol;
        failure.said = "the server redirects to " + (answer.location.empty() ? "nowhere" : shown(answer.location)) +
                       ", and credentials are not sent after a redirect";
    } else {
        const auto texts = json ? server_texts(answer.body) : std::string{};
        const auto folded = core::fold(texts);
        failure.kind = kind_of(answer.status, folded, !texts.empty());
        failure.thread_limit = means_thread_limit(folded);
        failure.hourly_limit = means_hourly_limit(folded);
        failure.said = describe(answer, texts);
        failure.retry_after = retry_after_seconds(answer.retry_after);
    }
    // Whoever answered instead of the API may stand behind it: the write may have been carried out. A success of
    // another kind than the promised one even says so.
    const bool success = answer.status > 200 && answer.status < 300;
    failure.maybe_done = method == http_method::patch && (failure.kind == error_kind::network || success);
    return failure;
}

} // namespace autotask
