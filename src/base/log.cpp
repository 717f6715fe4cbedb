#include "base/log.h"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <string>

#include "base/format.h"
#include "base/json_text.h"

namespace base::log {
namespace {

constexpr const char* text_pattern = "%Y-%m-%dT%H:%M:%S.%e%z %^%l%$ %v";
constexpr const char* json_pattern = "{\"time\":\"%Y-%m-%dT%H:%M:%S.%e%z\",\"level\":\"%l\",%v}";

std::atomic<Format>& present_format() {
  static std::atomic<Format> format = Format::text;
  return format;
}

spdlog::logger& logger() {
  static const auto instance = [] {
    auto made = spdlog::stderr_color_mt("broadsheet");
    made->set_pattern(text_pattern);
    return made;
  }();
  return *instance;
}

spdlog::level::level_enum to_spdlog(Level level) {
  switch (level) {
    case Level::debug: return spdlog::level::debug;
    case Level::info: return spdlog::level::info;
    case Level::warning: return spdlog::level::warn;
    case Level::error: return spdlog::level::err;
  }
  return spdlog::level::info;
}

// Line breaks would let what a stranger sent look like a second log line.
std::string without_controls(std::string_view line) {
  std::string clean(line);
  for (char& c : clean) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return clean;
}

void write(Level level, std::string_view line) {
  const std::string told =
      present_format() == Format::json ? format("\"event\":\"message\",\"message\":{}", json_text(line)) : without_controls(line);
  logger().log(to_spdlog(level), "{}", told);
}

std::string to_json(const Field& field) {
  if (const auto* text = std::get_if<std::string_view>(&field.value)) return json_text(*text);
  if (const auto* number = std::get_if<std::int64_t>(&field.value)) return format("{}", *number);
  return format("{:.3f}", std::get<double>(field.value));
}

// A text with a space or a quote in it would look like two fields.
std::string to_text(const Field& field) {
  const auto* text = std::get_if<std::string_view>(&field.value);
  const bool is_plain = text && !text->empty() && text->find_first_of(" \"=") == std::string_view::npos;
  return is_plain ? without_controls(*text) : to_json(field);
}

}  // namespace

void set_level(Level level) { logger().set_level(to_spdlog(level)); }

void set_format(Format format) {
  present_format() = format;
  logger().set_pattern(format == Format::json ? json_pattern : text_pattern);
}

void debug(std::string_view line) { write(Level::debug, line); }
void info(std::string_view line) { write(Level::info, line); }
void warning(std::string_view line) { write(Level::warning, line); }
void error(std::string_view line) { write(Level::error, line); }

void event(Level level, std::string_view name, std::initializer_list<Field> fields) {
  if (!logger().should_log(to_spdlog(level))) return;
  const bool is_json = present_format() == Format::json;
  std::string told = is_json ? format("\"event\":{}", json_text(name)) : std::string(name);
  for (const Field& field : fields) {
    told += is_json ? format(",{}:{}", json_text(field.name), to_json(field)) : format(" {}={}", field.name, to_text(field));
  }
  logger().log(to_spdlog(level), "{}", told);
}

}  // namespace base::log
