#pragma once

#include <expected>
#include <memory>
#include <span>
#include <string>
#include <sys/types.h>

namespace contactd {

/// A file of trace events, as chrome://tracing and https://ui.perfetto.dev open it. It is the array form of the format,
/// one event a line, which may lack its closing bracket: a file whose program was killed shows everything until then.
/// Source: "Trace Event Format", section "JSON Array Format". What fails while writing disturbs nobody; finish() says
/// it.
class trace_file {
public:
    /// Creates the file, for its owner alone, or begins an older trace anew. Anything else that is there already stays
    /// as it is. The error is a sentence that names the file.
    static std::expected<std::unique_ptr<trace_file>, std::string> open(const std::string& path);

    ~trace_file();
    trace_file(const trace_file&) = delete;
    trace_file& operator=(const trace_file&) = delete;

    /// Hands events, JSON objects without a line feed, to the system at once; all of them or none. Nothing after a
    /// failure.
    void append(std::span<const std::string> events);

    /// Ends the array and closes the file. The error is a sentence about the first failure. To be called once; without
    /// it the file only lacks its end.
    std::expected<void, std::string> finish();

private:
    trace_file(std::string path, int descriptor);
    void write(const std::string& text);

    std::string path_;
    int descriptor_;
    off_t size_ = 0;
    std::string failure_; ///< The first; empty while all is well.
};

} // namespace contactd
