#pragma once

#include <span>
#include <string>
#include <string_view>

#include "tests/sandbox/model/random.hpp"

namespace sandbox {

struct person_name {
    std::string first;
    std::string last;
};

/// A first and a last name of one language; some hold umlauts, accents, apostrophes or blanks.
[[nodiscard]] person_name random_name(random_source& random);
/// `Weber Haustechnik GmbH`; `number` keeps names apart once the words are used up.
[[nodiscard]] std::string random_company(random_source& random, std::size_t number);

/// Lower case, letters and digits of ASCII only: `Müller-Lüdenscheidt` is `muellerluedenscheidt`.
[[nodiscard]] std::string login_part(std::string_view name);
/// The same text with every letter and its accent as two code points, as macOS stores names.
[[nodiscard]] std::string decomposed(std::string_view text);

} // namespace sandbox
