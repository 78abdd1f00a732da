#include "tests/sandbox/model/replies.hpp"

#include <fmt/format.h>

#include "tests/sandbox/model/json_writer.hpp"

namespace sandbox {

http_response json_reply(std::string body, unsigned status) {
    http_response reply;
    reply.status = status;
    reply.body = std::move(body);
    return reply;
}

http_response error_reply(unsigned status, std::span<const std::string> texts) {
    std::string body = "{\"errors\":[";
    for (const std::string& text : texts) {
        if (body.back() == '"')
            body += ',';
        append_json_string(body, text);
    }
    body += "]}";
    return json_reply(std::move(body), status);
}

http_response error_reply(unsigned status, std::string text) {
    return error_reply(status, std::span{&text, 1});
}

http_response empty_reply(unsigned status) {
    http_response reply;
    reply.status = status;
    reply.content_type.clear();
    return reply;
}

http_response html_reply(unsigned status, std::string_view title, std::string_view text) {
    http_response reply;
    reply.status = status;
    reply.content_type = "text/html; charset=utf-8";
    reply.body = fmt::format("<!DOCTYPE html>\r\n<html><head><title>{0}</title></head>"
                             "<body><h2>{0}</h2><p>{1}</p></body></html>\r\n",
                             title, text);
    return reply;
}

http_response not_found_page() {
    return html_reply(404, "404 - File or directory not found.",
                      "The resource you are looking for might have been removed, had its name changed, or is "
                      "temporarily unavailable.");
}

http_response method_refused(std::string_view method) {
    std::string body = "{\"Message\":";
    append_json_string(body, fmt::format("The requested resource does not support http method '{}'.", method));
    return json_reply(body + "}", 405);
}

} // namespace sandbox
