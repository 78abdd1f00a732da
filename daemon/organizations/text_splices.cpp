#include "daemon/organizations/text_splices.hpp"

#include <algorithm>

namespace contactd {

std::string spliced(std::string_view text, std::vector<text_splice> splices) {
    std::ranges::sort(splices, {}, &text_splice::begin);
    std::string result;
    result.reserve(text.size());
    std::size_t at = 0;
    for (const text_splice& splice : splices) {
        result.append(text.substr(at, splice.begin - at)).append(splice.text);
        at = splice.end;
    }
    return result.append(text.substr(at));
}

} // namespace contactd
