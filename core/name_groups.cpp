#include "core/name_groups.hpp"

#include <numeric>
#include <string_view>
#include <unordered_map>

namespace core {
namespace {

class forest {
public:
    explicit forest(std::size_t size) : parents_(size) { std::iota(parents_.begin(), parents_.end(), std::size_t{0}); }

    std::size_t root(std::size_t node) {
        while (parents_[node] != node) {
            parents_[node] = parents_[parents_[node]]; // Halves the way of the next one.
            node = parents_[node];
        }
        return node;
    }

    void join(std::size_t one, std::size_t other) { parents_[root(one)] = root(other); }

private:
    std::vector<std::size_t> parents_;
};

} // namespace

std::vector<std::size_t> group_by_name(std::span<const company_name* const> names) {
    forest trees(names.size());
    std::unordered_map<std::string_view, std::size_t> first_with;
    for (std::size_t i = 0; i < names.size(); ++i)
        for (const std::string_view key :
             {std::string_view(names[i]->plain_key), std::string_view(names[i]->spelled_key)})
            if (!key.empty())
                trees.join(first_with.try_emplace(key, i).first->second, i);

    std::vector<std::size_t> groups(names.size());
    std::unordered_map<std::size_t, std::size_t> numbers;
    for (std::size_t i = 0; i < names.size(); ++i)
        groups[i] = numbers.try_emplace(trees.root(i), numbers.size()).first->second;
    return groups;
}

} // namespace core
