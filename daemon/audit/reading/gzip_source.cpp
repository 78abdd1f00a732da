#include "daemon/audit/reading/byte_source.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

namespace contactd {

namespace {

/// What zlib asks the kernel for at a time.
constexpr unsigned int compressed_block = 128 << 10;

class gzip_source final : public byte_source {
public:
    explicit gzip_source(int descriptor) {
        const int mine = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
        if (mine < 0)
            return;
        ::lseek(mine, 0, SEEK_SET);
        file_ = ::gzdopen(mine, "rb");
        if (file_ == nullptr)
            ::close(mine);
        else
            ::gzbuffer(file_, compressed_block);
    }
    ~gzip_source() override {
        if (file_ != nullptr)
            ::gzclose(file_);
    }
    gzip_source(const gzip_source&) = delete;
    gzip_source& operator=(const gzip_source&) = delete;

    std::expected<std::size_t, std::string> read(std::span<char> into) override {
        if (file_ == nullptr)
            return std::unexpected(std::string(std::strerror(errno)));
        const auto got = ::gzread(file_, into.data(), static_cast<unsigned int>(into.size()));
        if (got > 0)
            return static_cast<std::size_t>(got);
        int failed = Z_OK;
        const char* const words = ::gzerror(file_, &failed);
        if (failed == Z_OK || failed == Z_STREAM_END)
            return std::size_t{0};
        if (failed == Z_BUF_ERROR)
            return std::unexpected(std::string("the compressed file ends too early"));
        return std::unexpected(std::string(failed == Z_ERRNO ? std::strerror(errno) : words));
    }

private:
    gzFile file_ = nullptr;
};

} // namespace

std::unique_ptr<byte_source> gzip_bytes(int descriptor) {
    return std::make_unique<gzip_source>(descriptor);
}

} // namespace contactd
