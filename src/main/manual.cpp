#include "main/manual.h"

#include "base/format.h"
#include "main/settings.h"

namespace cli {

const char* const exit_codes_text =
    "Exit codes: 0: done. 1: it could not be done; the text says why and what to do. 2: the call was wrong. 3: it names "
    "something that is not there.";

namespace {

// In roff a backslash begins a request, a plain hyphen may become another character, and a line that begins with . or ' is one.
std::string roff(std::string_view plain) {
  std::string out;
  for (const char c : plain) {
    if (out.empty() && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else if (c == '`' || c == '\'')
      out += c == '`' ? "\\(ga" : "\\(aq";
    else
      out += c;
  }
  return out;
}

std::string sentence(std::string_view text) {
  const bool ends = text.empty() || text.back() == '.' || text.back() == ':';
  return roff(text) + (ends ? "" : ".");
}

bool is_shown(const CLI::Option& option) { return !option.get_group().empty() && option.get_single_name() != "help"; }

std::string in_call(const CLI::Option& option) {
  const std::string several = option.get_expected_max() > 1 ? " ..." : "";
  const std::string name = base::format("\\fI{}\\fR", roff(option.get_name(true)));
  return (option.get_required() ? name : "[" + name + "]") + several;
}

std::string option_name(const CLI::Option& option) {
  const std::string value =
      option.get_type_size() == 0 || option.get_positional() ? "" : base::format(" \\fI{}\\fR", roff(option.get_type_name()));
  return base::format("\\fB{}\\fR{}", roff(option.get_name(option.get_positional())), value);
}

void write_options(std::string& out, const CLI::App& command) {
  for (const CLI::Option* option : command.get_options([](const CLI::Option* each) { return is_shown(*each); })) {
    const std::string standard =
        option->get_default_str().empty() ? "" : base::format(" Default: {}.", roff(option->get_default_str()));
    out += base::format(".TP\n{}\n{}{}\n", option_name(*option), sentence(option->get_description()), standard);
  }
}

// `path`: the words that lead to the command, "import wordpress".
void write_command(std::string& out, const CLI::App& command, const std::string& path) {
  const auto below = command.get_subcommands([](const CLI::App* each) { return !each->get_group().empty(); });
  for (const CLI::App* each : below) write_command(out, *each, path + " " + each->get_name());
  if (!below.empty()) return;
  std::string call = base::format("\\fBbroadsheet{}\\fR", roff(path));
  for (const CLI::Option* option :
       command.get_options([](const CLI::Option* each) { return each->get_positional() && is_shown(*each); }))
    call += " " + in_call(*option);
  out += base::format(".SS \"{}\"\n{}\n", call, sentence(command.get_description()));
  write_options(out, command);
}

void write_settings(std::string& out) {
  out +=
      ".SH SETTINGS\nThe file \\fIbroadsheet.toml\\fR in the site folder. A setting is named by its table and its key; each is "
      "followed by its default.\n";
  for (const SettingText& setting : describe_settings())
    out += base::format(".TP\n\\fB{}\\fR = {}\n{}\n", roff(setting.key), roff(setting.example), sentence(setting.meaning));
}

std::string exit_status() {
  std::string codes = exit_codes_text;
  codes.erase(0, codes.find(':') + 2);
  return sentence(codes);
}

}  // namespace

std::string write_manual(const CLI::App& app) {
  std::string description = app.get_description();
  description.erase(0, description.find(':') + 2);
  std::string out = base::format(".TH BROADSHEET 1 \"\" \"Broadsheet {}\" \"User Commands\"\n", roff(BROADSHEET_VERSION));
  out += base::format(".SH NAME\nbroadsheet \\- {}\n", roff(description));
  out +=
      ".SH SYNOPSIS\n\\fBbroadsheet\\fR \\fICOMMAND\\fR [\\fIOPTIONS\\fR]\n.br\n\\fBbroadsheet\\fR [\\fICOMMAND\\fR] "
      "\\fB\\-\\-help\\fR\n.SH COMMANDS\n";
  write_command(out, app, "");
  out += ".SH OPTIONS\n";
  write_options(out, app);
  out += ".TP\n\\fB\\-h\\fR, \\fB\\-\\-help\\fR\nHelp on the program or on a command.\n";
  write_settings(out);
  out += ".SH EXIT STATUS\n" + exit_status() + "\n";
  return out;
}

}  // namespace cli
