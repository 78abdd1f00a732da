#pragma once

#include <string>
#include <string_view>

namespace core {

/// The form in which two spellings of one name are equal: Unicode NFC, then full case folding (the Unicode Standard,
/// section 3.13), independent of the locale. Letters with and without a diacritic stay distinct. A text that is not
/// valid UTF-8, or longer than 4 KiB, is folded in its ASCII letters only. Idempotent.
std::string fold(std::string_view text);

} // namespace core
