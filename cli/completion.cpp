// Completion scripts, generated from what the parser itself says it takes.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <ostream>

#include "cli/session.h"
#include "ir/mesh/kubectl.h"

namespace s2a {
namespace {

using Shapes = std::vector<CommandShape>;

std::string spelled(const FlagShape& flag) { return flag.letter.empty() ? fmt::format("--{}", flag.name) : fmt::format("--{} -{}", flag.name, flag.letter); }

std::span<const std::string_view> choices_of(const FlagShape& flag) {
  const auto* setting = flag.takes_value ? find_setting(flag.name) : nullptr;
  return setting == nullptr ? std::span<const std::string_view>() : setting->choices;
}

/// The words that a command takes where others take files; empty: it takes files.
std::string words_of(const CommandShape& shape) {
  std::vector<std::string> out;
  if (shape.name == "completion") out = {"bash", "zsh", "fish"};
  if (shape.name == "explain") std::ranges::transform(codes(), std::back_inserter(out), [](const CodeInfo& about) { return to_string(about.code); });
  return fmt::format("{}", fmt::join(out, " "));
}

std::string names(const Shapes& shapes, std::string_view between) {
  std::vector<std::string_view> out;
  for (const auto& shape : shapes) out.push_back(shape.name);
  return fmt::format("{}", fmt::join(out, between));
}

/// What `_arguments` of zsh would take for syntax.
std::string zsh_text(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '[' || c == ']' || c == ':' ? fmt::format("\\{}", c) : std::string(1, c);
  return out;
}

std::string bash(const Shapes& shapes) {
  auto out = fmt::format(
      "# bash completion for s2a: source <(s2a completion bash)\n"
      "_s2a() {{\n"
      "  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} command= flags= values= i\n"
      "  for ((i = 1; i < COMP_CWORD; i++)); do case ${{COMP_WORDS[i]}} in {}) command=${{COMP_WORDS[i]}}; break ;; esac; done\n"
      "  case $command in\n",
      names(shapes, "|"));
  for (const auto& shape : shapes) {
    std::vector<std::string> flags;
    for (const auto& flag : shape.flags) flags.push_back(spelled(flag));
    out += fmt::format("    {}) flags={} values={} ;;\n", shape.name, shell_word(fmt::format("{}", fmt::join(flags, " "))), shell_word(words_of(shape)));
  }
  out += fmt::format("    *) flags='--help --version' values={} ;;\n  esac\n  case $before in\n", shell_word(names(shapes, " ")));
  for (const auto& setting : settings()) {
    if (setting.choices.empty() || setting.is_switch()) continue;
    const auto letter = setting.letter.empty() ? std::string() : fmt::format("|-{}", setting.letter);
    out += fmt::format("    --{}{}) flags= values={} ;;\n", setting.name, letter, shell_word(fmt::format("{}", fmt::join(setting.choices, " "))));
  }
  return out +
         "  esac\n"
         "  if [[ $word == -* ]]; then COMPREPLY=($(compgen -W \"$flags\" -- \"$word\")); else COMPREPLY=($(compgen -W \"$values\" -- \"$word\")); fi\n"
         "}\n"
         "complete -o default -F _s2a s2a\n";
}

std::string zsh(const Shapes& shapes) {
  std::string out =
      "#compdef s2a\n"
      "# zsh completion for s2a: s2a completion zsh > \"${fpath[1]}/_s2a\"\n"
      "_s2a() {\n"
      "  local -a commands=(\n";
  for (const auto& shape : shapes) out += fmt::format("    {}\n", shell_word(fmt::format("{}:{}", shape.name, zsh_text(shape.help))));
  out += "  )\n  if (( CURRENT == 2 )); then _describe command commands; _files; return; fi\n  case $words[2] in\n";
  for (const auto& shape : shapes) {
    out += fmt::format("    {}) _arguments -s", shape.name);
    for (const auto& flag : shape.flags) {
      const auto choices = choices_of(flag);
      const auto value = !flag.takes_value ? "" : choices.empty() ? ":value:_files" : fmt::format(":value:({})", fmt::join(choices, " "));
      for (const auto& name : {flag.letter.empty() ? "" : "-" + flag.letter, "--" + flag.name})
        if (!name.empty()) out += fmt::format(" \\\n      {}", shell_word(fmt::format("*{}[{}]{}", name, zsh_text(flag.help), value)));
    }
    const auto words = words_of(shape);
    out += fmt::format(" \\\n      {} ;;\n", shell_word(words.empty() ? "*:file:_files" : fmt::format("*:word:({})", words)));
  }
  return out + "  esac\n}\n_s2a \"$@\"\n";
}

std::string fish(const Shapes& shapes) {
  std::string out = "# fish completion for s2a: s2a completion fish | source\n";
  for (const auto& shape : shapes) {
    out += fmt::format("complete -c s2a -n __fish_use_subcommand -a {} -d {}\n", shape.name, shell_word(shape.help));
    if (const auto words = words_of(shape); !words.empty()) out += fmt::format("complete -c s2a -n '__fish_seen_subcommand_from {}' -f -a {}\n", shape.name, shell_word(words));
    for (const auto& flag : shape.flags) {
      const auto choices = choices_of(flag);
      out += fmt::format("complete -c s2a -n '__fish_seen_subcommand_from {}' -l {}", shape.name, flag.name);
      if (!flag.letter.empty()) out += fmt::format(" -s {}", flag.letter);
      if (flag.takes_value) out += choices.empty() ? " -r" : fmt::format(" -x -a {}", shell_word(fmt::format("{}", fmt::join(choices, " "))));
      out += fmt::format(" -d {}\n", shell_word(flag.help));
    }
  }
  return out;
}

struct Shell {
  std::string_view name;
  std::string (*script)(const Shapes&);
};
constexpr std::array kShells{Shell{"bash", bash}, Shell{"zsh", zsh}, Shell{"fish", fish}};

}  // namespace

Exit run_completion(const Session& session) {
  constexpr const char* kHelp = "bash, zsh or fish";
  if (session.arguments.size() != 1) return refuse(session, {.message = "which shell?", .help = kHelp});
  const auto shell = std::ranges::find(kShells, session.arguments.front(), &Shell::name);
  if (shell == kShells.end()) return refuse(session, {.message = fmt::format("there is no completion for `{}`", session.arguments.front()), .help = kHelp});
  session.out << shell->script(command_shapes());
  return Exit::Done;
}

}  // namespace s2a
