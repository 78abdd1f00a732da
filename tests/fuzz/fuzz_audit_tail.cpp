// An audit log that a power cut may have torn. The first line says how many times a line of ours stands before the rest
// of the input, so that the end of a large file is looked at, too.

#include "daemon/audit/audit_file.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/require.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

using fuzz::require;

constexpr std::string_view our_line = "{\"event\":\"sweep\",\"filler\":\"0123456789012345678901234567890\"}\n";
/// A little more than the longest line of ours.
constexpr std::size_t most_lines = 1200;

/// One file for all inputs, in memory only, so that nothing is left behind and no disk is worn out.
class memory_file {
public:
    memory_file() : descriptor_(::memfd_create("audit", MFD_CLOEXEC)) {}

    std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

    void put(std::string_view text) const {
        require(::ftruncate(descriptor_, 0) == 0 &&
                    ::pwrite(descriptor_, text.data(), text.size(), 0) == std::ssize(text),
                "a file can be written");
    }

    std::string content() const {
        struct stat info {};
        require(::fstat(descriptor_, &info) == 0, "a file has a size");
        std::string text(static_cast<std::size_t>(info.st_size), '\0');
        require(::pread(descriptor_, text.data(), text.size(), 0) == info.st_size, "a file can be read");
        return text;
    }

private:
    int descriptor_; ///< Closed by the end of the program.
};

const memory_file& scratch() {
    static const memory_file one;
    return one;
}

std::string mended() {
    require(contactd::audit_file::open(scratch().path()).has_value(), "a file that can be read can be mended");
    return scratch().content();
}

std::string file_in(std::string_view text) {
    std::size_t lines = 0;
    const auto number = fuzz::take_line(text);
    std::from_chars(number.data(), number.data() + number.size(), lines);
    std::string made;
    for (lines = std::min(lines, most_lines); lines > 0; --lines)
        made += our_line;
    made += text;
    return made;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto before = file_in(fuzz::text_of(data, size));
    scratch().put(before);
    const auto after = mended();
    require(after.empty() || after.ends_with('\n'), "a file is made of whole lines");
    const auto whole = before.substr(0, before.rfind('\n') + 1);
    require(after.starts_with(whole), "no whole line before the end is touched");
    require(after == whole || after == before + '\n', "the last line is completed or cut off, nothing else");
    require(mended() == after, "mending twice changes nothing");

    auto file = contactd::audit_file::open(scratch().path());
    require(file && (*file)->append("{}"), "a file that was mended can be appended to");
    require(scratch().content() == after + "{}\n", "our lines begin on a line of their own");

    // What a power cut leaves of a line of ours does not outlive it.
    scratch().put(whole + std::string(our_line.substr(0, size % our_line.size())));
    const auto torn = mended();
    require(torn == whole || torn == whole + std::string(our_line), "of a line of ours all is kept or nothing");
    return 0;
}
