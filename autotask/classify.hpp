#pragma once

#include "autotask/error.hpp"
#include "autotask/http.hpp"

#include <chrono>
#include <optional>
#include <string_view>

namespace autotask {

/// Reads the outcome of a request from its answer: nothing when it is a success with one whole JSON document, else the
/// kind of failure and what the server said, without `doing`. The content type is looked at before the body, because a
/// maintenance page comes with status 200, and the body before it is believed, because half an answer does, too. Texts
/// are consulted only where the status alone does not tell, since a server may answer in its tenant's language. `now`
/// is our wall clock; see read_retry_after().
/// Source: developer help, "REST API calls" and "Thread limiting"; RFC 9110.
std::optional<error> classify(http_method method, const http_response& answer, std::chrono::sys_seconds now);

/// The texts of `{"errors": [...]}` or `{"Message": "..."}`, joined with blanks; empty where there are none.
std::string server_texts(std::string_view body);

} // namespace autotask
