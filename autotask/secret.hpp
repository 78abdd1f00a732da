#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>

namespace autotask {

/// A secret in memory, such as the password of an API user. It can be moved but not copied, printed, compared or turned
/// into a string by accident; `reveal()` is the only way to its text and is easy to search for.
///
/// The text lives in a page of its own which core dumps leave out, which is locked against swapping where the system
/// allows it, and which is wiped before it is given back. Copies made for a request are out of reach from here, so
/// main() makes the whole process undumpable as well.
class secret {
public:
    /// No secret at all.
    secret() = default;

    /// Copies the text; the caller wipes the original (see wipe()).
    explicit secret(std::string_view text);

    secret(secret&& other) noexcept;
    secret& operator=(secret&& other) noexcept;
    secret(const secret&) = delete;
    secret& operator=(const secret&) = delete;
    ~secret();

    /// The text itself, valid as long as this object is neither moved nor destroyed. For the header of a request only.
    std::string_view reveal() const;

    bool empty() const { return size_ == 0; }

    /// Comparing with == would take a time that depends on the texts, and nobody needs it.
    bool operator==(const secret&) const = delete;

    friend std::ostream& operator<<(std::ostream&, const secret&) = delete;

private:
    void release() noexcept;

    char* pages_ = nullptr;
    std::size_t mapped_ = 0;
    std::size_t size_ = 0;
};

/// Overwrites a text that held a secret, its spare capacity included, and leaves it empty.
void wipe(std::string& text) noexcept;

} // namespace autotask
