#pragma once

#include <string_view>

namespace autotask {

/// True when `text` is one JSON document from its first to its last character. Keeps nothing of it: this only tells
/// half an answer, and a page in disguise, from an answer. Bytes that are no UTF-8 pass, because an answer that holds
/// them is complete, and asking once more would bring the same; documents nested deeper than any of the API do not.
bool is_one_json_document(std::string_view text);

} // namespace autotask
