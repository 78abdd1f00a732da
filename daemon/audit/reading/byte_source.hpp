#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <span>
#include <string>

namespace contactd {

/// A file descriptor that is closed with its owner.
class owned_descriptor {
public:
    explicit owned_descriptor(int descriptor = -1) : descriptor_(descriptor) {}
    ~owned_descriptor();
    owned_descriptor(owned_descriptor&& other) noexcept;
    owned_descriptor& operator=(owned_descriptor&& other) noexcept;

    int get() const { return descriptor_; }
    bool is_open() const { return descriptor_ >= 0; }

private:
    int descriptor_;
};

/// Bytes that are read from their beginning to their end.
class byte_source {
public:
    virtual ~byte_source() = default;

    /// Fills as much as there is; 0 at the end, which of a file that grows is only the end so far. The error is what
    /// went wrong, without the name of the file.
    virtual std::expected<std::size_t, std::string> read(std::span<char> into) = 0;
};

/// A file as it is, from a byte on; does not own the descriptor.
std::unique_ptr<byte_source> plain_bytes(int descriptor, std::uint64_t from = 0);

/// What a file holds that gzip compressed. Takes a copy of the descriptor and reads the file from its beginning.
std::unique_ptr<byte_source> gzip_bytes(int descriptor);

} // namespace contactd
