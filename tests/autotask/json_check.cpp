#include "autotask/json_check.hpp"

#include <catch2/catch.hpp>
#include <string>

using autotask::is_one_json_document;

TEST_CASE("a whole JSON document is told from everything else") {
    struct {
        const char* text;
        bool whole;
    } const rows[] = {
        {"{}", true},
        {"[]", true},
        {"null", true},
        {"42", true},
        {" \r\n\t{\"a\":[1,-2.5e10,true,false,null,\"\\u00e4\\n\"]} \n", true},
        {"{\"a\":123456789012345678901234567890}", true},
        {"{\"a\":\"\xFF\"}", true}, // No UTF-8, but complete.
        {"", false},
        {" ", false},
        {"{", false},
        {"{\"a\"", false},
        {"{\"a\":", false},
        {"{\"a\":1", false},
        {"{\"a\":1,", false},
        {"{\"a\":1,}", false},
        {"[1,2", false},
        {"\"a", false},
        {"tru", false},
        {"-", false},
        {"1.", false},
        {"{}{}", false},
        {"{} x", false},
        {"{}\xEF\xBB\xBF", false},
        {"<html></html>", false},
        {"{'a':1}", false},
        {"{a:1}", false},
        {"// c\n{}", false},
        {"{\"a\":\"tab\there\"}", false},
        {"NaN", false},
    };
    for (const auto& one : rows) {
        INFO(one.text);
        CHECK(is_one_json_document(one.text) == one.whole);
    }
}

TEST_CASE("a document nested without end is refused instead of walked") {
    for (const auto& [opening, closing] : {std::pair{"[", "]"}, std::pair{"{\"a\":", "}"}}) {
        const auto nested = [&](int depth) {
            std::string text;
            for (int i = 0; i < depth; ++i)
                text += opening;
            text += '1';
            for (int i = 0; i < depth; ++i)
                text += closing;
            return text;
        };
        CHECK(is_one_json_document(nested(32)));
        CHECK_FALSE(is_one_json_document(nested(33)));
        CHECK_FALSE(is_one_json_document(nested(100000)));
    }
}
