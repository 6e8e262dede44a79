// CSV by RFC 4180: CRLF and a final one, UTF-8 without BOM, dot and comma whatever the locale.
#pragma once

#include <fleetcast/report/table.hpp>

namespace fleetcast {

/// The table as bytes. A text that begins with = + - @ TAB or CR gets a leading ', so that no
/// spreadsheet takes it for a formula; numbers and days are never touched. Failure (internal) when
/// a number is not finite.
std::string to_csv(const Table& table);

} // namespace fleetcast
