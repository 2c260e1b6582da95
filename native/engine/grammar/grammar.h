// Constrained output: which tokens may follow, for a grammar in GBNF (llama.cpp's notation) and for the vocabulary of one
// model. Own engine, byte-level; depends on nothing but the vocabulary's pieces.
//
// Beyond GBNF there is one terminal: `<copy:K>`, any substring of source text K in the form JSON.stringify gives it inside
// a string (without the quotes). Options after a further colon, joined by commas: `some` (not empty), `words` (begins and
// ends with whole words, see words.h), `line` (stays within a line or column). Copies begin and end at code point borders. Example:  root ::= "{\"name\":\"" <copy:0:some,words> "\"}"
//
// Differences from llama.cpp, all deliberate: invalid UTF-8 is never allowed; {m,n} is not limited to 2000; empty classes,
// reversed ranges and left recursion are refused with line and column; token terminals (`<[42]>`) are not understood.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace redoubt {

/** Piece bytes by token id. Control tokens, unused ones and those that end the text have empty pieces. */
struct Vocabulary {
  std::vector<std::string> pieces;
  std::vector<int32_t> end_tokens;
};

class Trie;
/** Built once per model; it keeps its own copy of the pieces. */
std::shared_ptr<const Trie> make_trie(const Vocabulary &vocabulary);

/** A text that `<copy:K>` takes from: valid UTF-8, at most 16 MiB for all sources of a grammar. */
struct CopySource {
  std::string text;
};

/** What one `<copy:K>` took: UTF-8 byte offsets into source K; its first occurrence. An empty copy is {K, 0, 0}. */
struct CopySpan {
  uint32_t source, begin, end;
};

/** Thrown by compile() (line and column from 1, not in the message) and by mask() and accept() (line 0). Codes:
 * `grammar/syntax`, `grammar/left-recursion`, `grammar/bad-source`, `grammar/too-large` (compile);
 * `grammar/too-complex` (a state or a mask beyond the limits), `grammar/dead-end` (no token of the vocabulary may follow). */
class GrammarError : public std::runtime_error {
 public:
  GrammarError(const char *error_code, const std::string &message, uint32_t at_line = 0, uint32_t at_column = 0)
      : std::runtime_error(message), code(error_code), line(at_line), column(at_column) {}
  const char *code;
  uint32_t line, column;
};

/** Grammars come from users: these bound what one of them may cost. */
struct GrammarLimits {
  size_t mask_bytes = 32u << 20;     // cached masks, least recently used go first
  size_t machine_bytes = 64u << 20;  // states and stacks; beyond it they are forgotten and made again
  uint32_t stacks_per_state = 50'000;  // alternatives open at once
  uint32_t stack_depth = 20000;      // nesting
  uint64_t steps_per_mask = 5'000'000;  // about a quarter of a second
};

/** Compiled, immutable, shared between the requests of one model; its cache of masks is thread-safe. */
class Grammar {
 public:
  static std::shared_ptr<Grammar> compile(std::shared_ptr<const Trie> trie, const std::string &gbnf,
                                          const std::vector<CopySource> &sources, const GrammarLimits &limits = {});
  ~Grammar();
  Grammar(const Grammar &) = delete;
  Grammar &operator=(const Grammar &) = delete;

 private:
  friend class GrammarState;
  struct Shared;
  explicit Grammar(std::unique_ptr<Shared> shared);
  std::unique_ptr<Shared> shared_;
};

/** Where one request stands in its grammar. Not thread-safe in itself; copyable (cheap), for speculative decoding. */
class GrammarState {
 public:
  explicit GrammarState(std::shared_ptr<Grammar> grammar);
  GrammarState(const GrammarState &);
  GrammarState &operator=(const GrammarState &);
  GrammarState(GrammarState &&) noexcept;
  GrammarState &operator=(GrammarState &&) noexcept;
  ~GrammarState();

  /** Bitset over token ids, ceil(tokens / 64) words, valid until the next call of a method that is not const.
   * End tokens are allowed where the grammar may end. Throws GrammarError. */
  const uint64_t *mask();
  /** Whether one token may follow, without a mask. */
  bool allows(int32_t token);
  /** Takes a token; false when it is not allowed, and then nothing has changed. Throws GrammarError. */
  bool accept(int32_t token);
  /** The same for bytes that came from elsewhere (a forced prefix, a test). */
  bool accept_bytes(std::string_view bytes);
  /** The grammar may end here. */
  bool may_end() const;
  /** Nothing but the end may follow, or an end token was taken. */
  bool finished() const;
  /** Of each finished copy so far, in order; under ambiguity those of the grammar's first alternative. */
  std::vector<CopySpan> spans() const;
  /** Bytes that must come next whatever the model says, at most 256; false when there are none. */
  bool forced(std::string &bytes);

 private:
  struct Place;
  std::unique_ptr<Place> place_;
};

}  // namespace redoubt
