// Runs every file of a corpus through a fuzzer, where libFuzzer is not there to do it.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main(int count, char** arguments) {
    if (count != 2) {
        std::fprintf(stderr, "Usage: %s CORPUS_DIRECTORY\n", arguments[0]);
        return 2;
    }
    std::error_code failed;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(arguments[1], failed))
        if (entry.is_regular_file())
            files.push_back(entry.path());
    if (files.empty()) {
        std::fprintf(stderr, "There are no inputs in %s.\n", arguments[1]);
        return 1;
    }
    std::ranges::sort(files);
    for (const auto& file : files) {
        // Before it runs: of an input that ends the program, this is the last line.
        std::printf("%s\n", file.filename().c_str());
        std::fflush(stdout);
        std::ifstream in(file, std::ios::binary);
        if (!in) {
            std::fprintf(stderr, "It cannot be read.\n");
            return 1;
        }
        const std::vector<char> content{std::istreambuf_iterator<char>(in), {}};
        LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(content.data()), content.size());
    }
    std::printf("%zu inputs\n", files.size());
    return 0;
}
