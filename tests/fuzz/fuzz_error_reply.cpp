// A whole answer: lines with status, content type, Retry-After, Date and Location, and the rest is the body.

#include "autotask/classify.hpp"
#include "autotask/json_check.hpp"
#include "autotask/retry_after.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/require.hpp"
#include "tests/fuzz/texts.hpp"

#include <charconv>

namespace {

using autotask::error_kind;
using fuzz::require;

constexpr std::chrono::sys_seconds now = std::chrono::sys_days{std::chrono::year{1994} / 11 / 7};

/// What goes into a message is at most as long as three texts that were each cut.
constexpr std::size_t longest_message = 1000;

autotask::http_response answer_in(std::string_view text) {
    autotask::http_response answer;
    const auto status = fuzz::take_line(text);
    std::from_chars(status.data(), status.data() + status.size(), answer.status);
    answer.content_type = fuzz::take_line(text);
    answer.retry_after = fuzz::take_line(text);
    answer.date = fuzz::take_line(text);
    answer.location = fuzz::take_line(text);
    answer.body = text;
    return answer;
}

void check_error(const autotask::error& read, const autotask::http_response& answer) {
    require(read.kind != error_kind::cancelled, "no answer says that we stopped");
    require(read.status == answer.status, "an error keeps the status");
    require(read.doing.empty(), "an answer does not know what we were doing");
    require(!read.said.empty() && fuzz::is_one_line(read.said) && fuzz::is_utf8(read.said),
            "what was said is one line of UTF-8");
    require(read.said.size() < longest_message, "what was said is short enough for a message");
    require((!read.thread_limit && !read.hourly_limit) || read.kind == error_kind::throttled,
            "only a limit of the API is a limit of threads or requests");
    require(!read.maybe_done, "what only reads is never in doubt");
    if (read.retry_after)
        require(read.retry_after->count() >= 0 && *read.retry_after <= autotask::longest_retry_after,
                "no server stops us for ever");
    if (answer.status == 200)
        require(read.kind == error_kind::network, "a 200 that is no answer of the API may pass");
    if (answer.status == 429)
        require(read.kind == error_kind::throttled, "429 is a limit");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto answer = answer_in(fuzz::text_of(data, size));
    const auto read = autotask::classify(autotask::http_method::post, answer, now);
    const auto write = autotask::classify(autotask::http_method::patch, answer, now);
    require(read.has_value() == write.has_value(), "an answer is a success or not, whatever it answers");
    const auto texts = autotask::server_texts(answer.body);
    require(fuzz::is_one_line(texts) && fuzz::is_utf8(texts), "the server's texts are one line of UTF-8");
    if (!read) {
        require(answer.status == 200 && autotask::is_one_json_document(answer.body), "half an answer is no success");
        return 0;
    }
    check_error(*read, answer);
    require(read->kind == write->kind && read->said == write->said && read->retry_after == write->retry_after,
            "only whether it is in doubt depends on the method");
    const bool refused = write->kind == error_kind::business || write->kind == error_kind::permission ||
                         write->kind == error_kind::auth || write->kind == error_kind::throttled;
    const bool success = answer.status >= 200 && answer.status < 300;
    require(!write->maybe_done || success || !refused, "a write that was refused is not in doubt");
    require(write->maybe_done || write->kind != error_kind::network, "a write that nobody confirmed is in doubt");
    return 0;
}
