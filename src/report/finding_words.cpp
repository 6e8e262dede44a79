#include "finding_words.hpp"

#include <fleetcast/base/printable.hpp>

#include <fmt/format.h>

namespace fleetcast {

std::string said_of(const Finding& finding) {
    const bool names_file = finding.message.find(printable(finding.file)) != std::string::npos;
    std::string text;
    if (finding.line > 0)
        text = fmt::format("{}:{}:{}: ", finding.file, finding.line, finding.column);
    else if (!names_file) // as "cannot read plan.json: ..." does
        text = finding.file + ": ";
    if (!finding.path.empty())
        text += finding.path + ": ";
    return text + finding.message;
}

bool is_of_a_file(const Finding& finding) {
    return finding.file != "--set" && finding.file != "--vary" && finding.file != "-";
}

Annotation annotation_of(const Finding& finding) {
    std::string message = printable(finding.message); // its own line breaks are no lines
    if (!finding.hint.empty())
        message += "\nhint: " + printable(finding.hint);
    if (!is_of_a_file(finding))
        return {finding.severity, "", 0, 0, finding.path, finding.file + ": " + message};
    return {finding.severity, finding.file, finding.line,
            finding.column,   finding.path, std::move(message)};
}

} // namespace fleetcast
