#include "downstage/documents/case.hpp"

#include "case_forms.hpp"
#include "text_file.hpp"

namespace downstage::documents {

std::vector<Case> read_cases(const std::filesystem::path& file)
{
    try {
        const std::string text = text_of_file(file, Errc::input);
        const char first = text[text.find_first_not_of(" \t\r\n")];
        return first == '{' || first == '[' ? cases_of_json(text) : cases_of_csv(text);
    } catch (const Error& error) {
        throw error.within("the case file " + file.string());
    }
}

}  // namespace downstage::documents
