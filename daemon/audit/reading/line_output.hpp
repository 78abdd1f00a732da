#pragma once

#include <string>
#include <string_view>

namespace contactd {

/// Lines for a file descriptor, such as standard output, in large pieces.
class line_output {
public:
    /// While it waits for a slow reader, it gives up when `unless` becomes readable; -1 is never. Owns neither.
    explicit line_output(int descriptor, int unless = -1) : descriptor_(descriptor), unless_(unless) {}

    /// Adds the line and a line feed.
    void put(std::string_view line);

    /// Hands on what was put.
    void flush();

    /// True when nobody reads on, something failed, or the waiting was given up: whatever is put is lost.
    bool is_over() const { return over_; }

    /// What failed, as an error number; 0 when nothing did or only the reader has gone.
    int failure() const { return failure_; }

private:
    bool wait_for_room() const;

    int descriptor_;
    int unless_;
    std::string pending_;
    bool over_ = false;
    int failure_ = 0;
};

} // namespace contactd
