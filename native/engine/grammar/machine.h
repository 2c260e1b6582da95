// The pushdown machine of a grammar: sets of stacks as interned states, and the bytes that lead from one to the next.
// It only grows; Grammar throws it away and starts again when it has become too large.
#pragma once

#include <array>
#include <memory>
#include <mutex>

#include "stacks.h"
#include "trie.h"

namespace redoubt {

/** What the machine works on; immutable. */
struct Compiled {
  std::shared_ptr<const Trie> trie;
  Program program;
  std::vector<CopyText> texts;
  GrammarLimits limits;
};

/** What one way through the grammar has copied, last first; entry 0 is nothing. */
struct CopyHistory {
  struct Entry {
    uint32_t before, copy;
    CopyText::Cursor cursor;
  };
  std::vector<Entry> entries{{0, 0, {}}};
};

/** One of the stacks a state holds, with its history. */
struct Thread {
  uint32_t leaf, history;
};

/** From a state, the characters that all lead on to one and the same next state. */
struct Run {
  uint64_t ascii[2] = {0, 0};
  bool multi = false;   // all code points of more than one byte too
  uint32_t target = 0;
  uint8_t length = 0;   // so many of them may follow one another; `endless`
  bool known = false, length_known = false;
  static constexpr uint8_t endless = 255;
};

class Machine {
 public:
  explicit Machine(std::shared_ptr<const Compiled> compiled);

  using Table = std::array<uint32_t, 256>;
  static constexpr uint32_t dead = 0;

  /** Threads at the beginning of the grammar. */
  void start(std::vector<Thread> &out, CopyHistory *history);
  /** Threads after a byte, in order of preference; none when it is not allowed. */
  void step(const std::vector<Thread> &threads, uint8_t byte, std::vector<Thread> &out, CopyHistory *history);
  /** Threads after the copy in which `leaf` stands. */
  uint32_t after_copy(uint32_t leaf);

  uint32_t state(const std::vector<Thread> &threads);
  /** The state with which the same tokens may follow; masks are made and kept for these. */
  uint32_t canonical(uint32_t state);
  /** Next canonical states by byte, without those within copies. Of a canonical state. */
  const Table &table(uint32_t state);
  const Run &run(uint32_t state);
  /** The one byte that may follow, or -1 where there are none or several. */
  int32_t only_byte(uint32_t state);

  const std::vector<uint32_t> &leaves(uint32_t state) const { return states_[state].leaves; }
  const std::vector<uint32_t> &copies(uint32_t state) const { return states_[state].copies; }
  bool may_end(uint32_t state) const { return states_[state].may_end; }
  bool has_counts() const { return !compiled_->program.repeats.empty(); }
  bool has_copies() const { return !compiled_->program.copies.empty(); }

  /** The same stacks in another machine of the same grammar. */
  std::vector<Thread> moved(const std::vector<Thread> &threads, Machine &to) const;

  /** Counts work against the limit of one mask or byte; throws `grammar/too-complex`. */
  void work(uint64_t steps) {
    if ((steps_ += steps) > compiled_->limits.steps_per_mask) too_complex("its next tokens take too many steps to find");
  }
  void begin_work() { steps_ = 0; }
  size_t bytes() const { return stacks.bytes() + state_bytes_ + state_table_.bytes(); }

  Stacks stacks;
  std::mutex mutex;

 private:
  struct State {
    std::vector<uint32_t> leaves;  // sorted; those of `copies` among them
    std::vector<uint32_t> copies;
    bool may_end = false;
    uint32_t canonical = 0;
    std::unique_ptr<Table> table;
    Run run;
  };
  struct Task {
    uint32_t at, stack, fresh, history;
  };
  [[noreturn]] static void too_complex(const char *why);
  void follow(uint32_t at, uint32_t stack, uint32_t history, std::vector<Thread> &out, CopyHistory *record);
  void end_rule(const Task &task);
  void add(uint32_t leaf, uint32_t history, std::vector<Thread> &out);
  void step_leaf(const Thread &thread, uint8_t byte, std::vector<Thread> &out, CopyHistory *record);
  uint32_t push(uint32_t instruction, uint32_t value, uint32_t parent);
  uint32_t recorded(uint32_t history, uint32_t copy, const CopyText::Cursor &cursor, CopyHistory *record);
  bool all_lead_to(uint32_t state, uint32_t low, uint32_t high, uint32_t more, uint32_t target);
  void find_run(uint32_t state);

  /** Whether a place was reached before in this step, and with how few frames made since the last byte. */
  class Seen {
   public:
    void clear() { epoch_++, used_ = 0; }
    bool first(uint32_t at, uint32_t stack, uint32_t fresh);

   private:
    struct Slot {
      uint64_t key = 0;
      uint32_t epoch = 0, fresh = 0;
    };
    std::vector<Slot> slots_ = std::vector<Slot>(64);
    uint32_t epoch_ = 1;
    size_t used_ = 0;
  };

  std::shared_ptr<const Compiled> compiled_;
  std::vector<State> states_;
  IndexTable state_table_;
  size_t state_bytes_ = 0;
  uint64_t steps_ = 0;
  Seen seen_;
  std::vector<Task> tasks_;
};

}  // namespace redoubt
