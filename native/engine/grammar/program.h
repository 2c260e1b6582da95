// A grammar as instructions for a pushdown machine over bytes, written in continuation style: every instruction knows
// where to go on, so a call in last place needs no return and right recursion no stack.
#pragma once

#include "syntax.h"

namespace redoubt {

enum class Op : uint8_t {
  ret,     // end of a rule or of a repeated body; instruction 0 is the only one
  bytes,   // edges a to b
  split,   // targets a to b, in order of preference
  call,    // a: where the rule starts, b: where to go on
  repeat,  // enters repeat a
  again,   // a body of repeat a has ended; stands on the stack only, with the number of bodies before
  copy,    // copy terminal a, then b
};

struct Instruction {
  Op op;
  uint32_t a, b;
};
struct Edge {
  uint8_t low, high;
  uint32_t next;
};
/** A bounded repetition with its count on the stack, so that {0,10000} is as small as {0,10}. A body never is empty. */
struct Repeat {
  uint32_t min, max, body, again, next;
};
struct Copy {
  uint32_t source, text;  // `text` indexes the copy texts
  bool some;
};

struct Program {
  std::vector<Instruction> code;
  std::vector<Edge> edges;
  std::vector<uint32_t> targets;
  std::vector<Repeat> repeats;
  std::vector<Copy> copies;
  std::vector<CopyTerminal> texts;  // the different (source, words, line)
  uint32_t start = 0;

  size_t bytes() const;
};

/** Throws `grammar/left-recursion` and `grammar/too-large`. */
Program assemble(const Syntax &syntax);

}  // namespace redoubt
