#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "tests/sandbox/model/http.hpp"

namespace sandbox {

[[nodiscard]] http_response json_reply(std::string body, unsigned status = 200);
/// `{"errors":["text",...]}`, the form of every refusal that the API itself speaks.
[[nodiscard]] http_response error_reply(unsigned status, std::span<const std::string> texts);
[[nodiscard]] http_response error_reply(unsigned status, std::string text);
/// A status without a body, such as 401.
[[nodiscard]] http_response empty_reply(unsigned status);
/// What the web server in front says to a path it does not know.
[[nodiscard]] http_response html_reply(unsigned status, std::string_view title, std::string_view text);
[[nodiscard]] http_response not_found_page();
/// `{"Message":"The requested resource does not support http method 'X'."}`, from the framework below the API.
[[nodiscard]] http_response method_refused(std::string_view method);

} // namespace sandbox
