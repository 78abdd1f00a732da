#include "tests/lint/reachable_headers.hpp"

#include "tests/lint/source_text.hpp"

#include <vector>

namespace lint {

namespace {

/// A name of its own, or the beginning of another: "sweep" of "sweep.cpp" and "sweep_failures.cpp".
bool belongs_to(std::string_view source, std::string_view stem) {
    if (!source.starts_with(stem) || !source.ends_with(".cpp"))
        return false;
    source.remove_prefix(stem.size());
    return source == ".cpp" || source.starts_with('_');
}

std::vector<std::string> sources_of(std::string_view header, const std::map<std::string, std::string>& texts) {
    const auto stem = header.substr(0, header.rfind('.'));
    std::vector<std::string> sources;
    for (auto one = texts.lower_bound(std::string(stem)); one != texts.end() && one->first.starts_with(stem); ++one) {
        const bool has_own_header =
            one->first.size() > stem.size() + 4 && texts.contains(one->first.substr(0, one->first.size() - 4) + ".hpp");
        if (belongs_to(one->first, stem) && !has_own_header)
            sources.push_back(one->first);
    }
    return sources;
}

} // namespace

std::map<std::string, std::string> reachable_from(const std::string& path,
                                                  const std::map<std::string, std::string>& texts) {
    std::map<std::string, std::string> reached{{path, ""}};
    std::vector<std::string> left{path};
    const auto reach = [&](const std::string& one, const std::string& from) {
        if (texts.contains(one) && reached.try_emplace(one, from).second)
            left.push_back(one);
    };
    while (!left.empty()) {
        const auto from = left.back();
        left.pop_back();
        for (const auto& one : lexemes_of(texts.at(from)))
            if (one.kind == lexeme_kind::header)
                reach(std::string(one.text), from);
        if (from.ends_with(".hpp"))
            for (const auto& source : sources_of(from, texts))
                reach(source, from);
    }
    return reached;
}

std::string way_to(const std::string& path, const std::map<std::string, std::string>& reached) {
    const auto found = reached.find(path);
    if (found == reached.end())
        return {};
    return found->second.empty() ? path : way_to(found->second, reached) + " > " + path;
}

} // namespace lint
