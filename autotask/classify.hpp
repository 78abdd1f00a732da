#pragma once

#include "autotask/error.hpp"
#include "autotask/http.hpp"

#include <optional>
#include <string_view>

namespace autotask {

/// Reads the outcome of a request from its answer: nothing when it is a success with a JSON body, else the kind of
/// failure and what the server said, without `doing`. The content type is looked at before the body, because a
/// maintenance page comes with status 200. Texts are consulted only where the status alone does not tell, since a
/// server may answer in its tenant's language.
/// Source: developer help, "REST API calls" and "Thread limiting"; RFC 9110.
std::optional<error> classify(http_method method, const http_response& answer);

/// The texts of `{"errors": [...]}` or `{"Message": "..."}`, joined with blanks; empty where there are none.
std::string server_texts(std::string_view body);

/// Retry-After in seconds (RFC 9110, section 10.2.3, the first form); nothing when it is absent or in another form.
std::optional<std::chrono::seconds> retry_after_seconds(std::string_view header);

} // namespace autotask
