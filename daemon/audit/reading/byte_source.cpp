#include "daemon/audit/reading/byte_source.hpp"

#include <cerrno>
#include <cstring>
#include <unistd.h>
#include <utility>

namespace contactd {

namespace {

class plain_source final : public byte_source {
public:
    plain_source(int descriptor, std::uint64_t from) : descriptor_(descriptor), at_(from) {}

    std::expected<std::size_t, std::string> read(std::span<char> into) override {
        ssize_t got = 0;
        do
            got = is_stream_ ? ::read(descriptor_, into.data(), into.size())
                             : ::pread(descriptor_, into.data(), into.size(), static_cast<off_t>(at_));
        while (got < 0 && (errno == EINTR || was_a_stream()));
        if (got < 0)
            return std::unexpected(std::string(std::strerror(errno)));
        at_ += static_cast<std::uint64_t>(got);
        return static_cast<std::size_t>(got);
    }

private:
    /// True once, when it turns out that this is a pipe or a terminal, which have no places.
    bool was_a_stream() {
        const bool found_out = !is_stream_ && errno == ESPIPE;
        is_stream_ = is_stream_ || found_out;
        return found_out;
    }

    int descriptor_;
    std::uint64_t at_;
    bool is_stream_ = false;
};

} // namespace

owned_descriptor::~owned_descriptor() {
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

owned_descriptor::owned_descriptor(owned_descriptor&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

owned_descriptor& owned_descriptor::operator=(owned_descriptor&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

std::unique_ptr<byte_source> plain_bytes(int descriptor, std::uint64_t from) {
    return std::make_unique<plain_source>(descriptor, from);
}

} // namespace contactd
