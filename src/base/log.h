// The operator's log: one line an event on standard error, with time and level, for people or as JSON. It never holds a reader's email, network
// address, a capability or a secret (invariants 3 and 5): callers pass ids, paths without queries, and causes.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <variant>

namespace base::log {

enum class Level { debug, info, warning, error };
// text: "TIME level sentence", or "TIME level event name=value …"; json: one object a line with time, level, event and the event's fields;
// a sentence is the event "message" with the field message.
enum class Format { text, json };

// Lines below the level are dropped. Default: info, text. Thread-safe, like all of these.
void set_level(Level level);
void set_format(Format format);

void debug(std::string_view line);
void info(std::string_view line);
void warning(std::string_view line);
void error(std::string_view line);

// Something that happens again and again, for programs that read the log. Names are words of this program; a text may hold anything.
struct Field {
  std::string_view name;
  std::variant<std::string_view, std::int64_t, double> value;
};
void event(Level level, std::string_view name, std::initializer_list<Field> fields);

}  // namespace base::log
