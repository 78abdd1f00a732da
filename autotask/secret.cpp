#include "autotask/secret.hpp"

#include <openssl/crypto.h>

#include <cstring>
#include <new>
#include <utility>

#include <sys/mman.h>
#include <unistd.h>

namespace autotask {

namespace {

std::size_t whole_pages(std::size_t bytes) {
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    return (bytes + page - 1) / page * page;
}

} // namespace

secret::secret(std::string_view text) {
    if (text.empty())
        return;
    const std::size_t bytes = whole_pages(text.size());
    void* pages = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED)
        throw std::bad_alloc();
    // Both are extra walls: an old kernel or a small limit on locked memory must not keep the daemon from starting.
    (void)::madvise(pages, bytes, MADV_DONTDUMP);
    (void)::mlock(pages, bytes);
    std::memcpy(pages, text.data(), text.size());
    pages_ = static_cast<char*>(pages);
    mapped_ = bytes;
    size_ = text.size();
}

secret::secret(secret&& other) noexcept
    : pages_(std::exchange(other.pages_, nullptr)), mapped_(std::exchange(other.mapped_, 0)),
      size_(std::exchange(other.size_, 0)) {}

secret& secret::operator=(secret&& other) noexcept {
    if (this != &other) {
        release();
        pages_ = std::exchange(other.pages_, nullptr);
        mapped_ = std::exchange(other.mapped_, 0);
        size_ = std::exchange(other.size_, 0);
    }
    return *this;
}

secret::~secret() {
    release();
}

std::string_view secret::reveal() const {
    return {pages_, size_};
}

void secret::release() noexcept {
    if (pages_ == nullptr)
        return;
    OPENSSL_cleanse(pages_, mapped_);
    (void)::munmap(pages_, mapped_);
    pages_ = nullptr;
    mapped_ = 0;
    size_ = 0;
}

void wipe(std::string& text) noexcept {
    // The spare capacity may hold the end of a longer, earlier text. Growing to it never reallocates.
    text.resize(text.capacity());
    OPENSSL_cleanse(text.data(), text.size());
    text.clear();
}

} // namespace autotask
