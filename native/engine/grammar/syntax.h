// GBNF as a tree. The notation is that of llama.cpp's grammars/README.md, plus `<copy:K>`.
#pragma once

#include "grammar.h"
#include "utf8.h"

namespace redoubt {

constexpr uint32_t no_maximum = UINT32_MAX;

struct CopyTerminal {
  uint32_t source = 0;
  bool some = false, words = false, line = false;
};

struct Item;
using Sequence = std::vector<Item>;
using Alternatives = std::vector<Sequence>;

struct Item {
  enum class Kind : uint8_t { text, set, rule, group, copy } kind;
  uint32_t line, column;
  std::string text;             // text: its bytes
  std::vector<CodePoints> set;  // set: sorted, without overlaps
  uint32_t rule = 0;            // rule: index
  Alternatives group;
  CopyTerminal copy;
  uint32_t min = 1, max = 1;  // repetition
};

struct Rule {
  std::string name;
  uint32_t line = 0, column = 0;  // of the definition; line 0: used but not defined
  Alternatives body;
};

struct Syntax {
  std::vector<Rule> rules;
  uint32_t root = 0;
};

/** Throws GrammarError `grammar/syntax` with the place; every rule that is used is defined. */
Syntax parse_gbnf(std::string_view gbnf, size_t sources);

}  // namespace redoubt
