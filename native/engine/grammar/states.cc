// The machine's states: interning, tables of next states, and the runs that let whole subtrees of the vocabulary pass.
#include <algorithm>

#include "machine.h"

namespace redoubt {

uint32_t Machine::state(const std::vector<Thread> &threads) {
  if (threads.empty()) return dead;
  std::vector<uint32_t> leaves;
  leaves.reserve(threads.size());
  for (const Thread &thread : threads) leaves.push_back(thread.leaf);
  std::sort(leaves.begin(), leaves.end());
  leaves.erase(std::unique(leaves.begin(), leaves.end()), leaves.end());
  uint64_t hash = leaves.size();
  for (const uint32_t leaf : leaves) hash = mix(hash, leaf);
  return state_table_.find_or_add(
      hash, [&](uint32_t i) { return states_[i].leaves == leaves; },
      [&] {
        State state;
        for (const uint32_t leaf : leaves) {
          const Op op = compiled_->program.code[stacks[leaf].instruction].op;
          if (op == Op::copy) state.copies.push_back(leaf);
          state.may_end = state.may_end || op == Op::ret;
        }
        state_bytes_ += sizeof(State) + (leaves.size() + state.copies.size()) * sizeof(uint32_t);
        state.leaves = std::move(leaves);
        states_.push_back(std::move(state));
        return static_cast<uint32_t>(states_.size() - 1);
      });
}

uint32_t Machine::canonical(uint32_t state) {
  if (!has_counts()) return state;
  if (states_[state].canonical == dead && state != dead) {
    std::vector<Thread> threads;
    for (const uint32_t leaf : states_[state].leaves) threads.push_back({stacks.canonical(leaf, compiled_->program, compiled_->trie->depth), 0});
    const uint32_t result = this->state(threads);
    states_[state].canonical = result;
    states_[result].canonical = result;
  }
  return states_[state].canonical;
}

const Machine::Table &Machine::table(uint32_t state) {
  if (states_[state].table) return *states_[state].table;
  if (bytes() > 4 * compiled_->limits.machine_bytes) too_complex("it has too many states");
  const Program &program = compiled_->program;
  auto table = std::make_unique<Table>();
  table->fill(dead);
  // Between two borders of byte ranges all bytes lead to the same place.
  struct Way {
    Edge edge;
    uint32_t stack;
  };
  std::vector<Way> ways;
  std::array<bool, 257> border{};
  for (const uint32_t leaf : states_[state].leaves) {
    const Frame frame = stacks[leaf];
    const Instruction &instruction = program.code[frame.instruction];
    if (instruction.op != Op::bytes) continue;
    for (uint32_t i = instruction.a; i < instruction.b; i++) {
      ways.push_back({program.edges[i], frame.parent});
      border[ways.back().edge.low] = border[ways.back().edge.high + 1u] = true;
    }
  }
  std::array<std::vector<uint32_t>, 256> starting;  // ways by the borders within their range
  for (uint32_t way = 0; way < ways.size(); way++) {
    for (uint32_t byte = ways[way].edge.low; byte <= ways[way].edge.high; byte++) {
      if (border[byte]) starting[byte].push_back(way);
    }
  }
  std::vector<Thread> next;
  uint32_t target = dead;
  for (uint32_t byte = 0; byte < 256; byte++) {
    if (border[byte]) {
      seen_.clear();
      next.clear();
      for (const uint32_t way : starting[byte]) follow(ways[way].edge.next, ways[way].stack, 0, next, nullptr);
      target = canonical(this->state(next));
    }
    (*table)[byte] = target;
  }
  state_bytes_ += sizeof(Table);
  states_[state].table = std::move(table);
  return *states_[state].table;
}

int32_t Machine::only_byte(uint32_t state) {
  const uint32_t same = canonical(state);
  const Table &table = this->table(same);
  int32_t only = -1;
  for (int32_t byte = 0; byte < 256; byte++) {
    bool possible = table[byte] != dead;
    for (size_t i = 0; !possible && i < states_[same].copies.size(); i++) {
      const Frame leaf = stacks[states_[same].copies[i]];
      CopyText::Cursor cursor = stacks.cursor(leaf.value);
      const Copy &copy = compiled_->program.copies[compiled_->program.code[leaf.instruction].a];
      possible = compiled_->texts[copy.text].step(cursor, static_cast<uint8_t>(byte));
    }
    if (possible && only >= 0) return -1;
    if (possible) only = byte;
  }
  return only;
}

/** Whether each byte from low to high, with `more` continuation bytes behind it, leads to the target. */
bool Machine::all_lead_to(uint32_t state, uint32_t low, uint32_t high, uint32_t more, uint32_t target) {
  const Table &table = this->table(state);
  uint32_t checked = target;
  for (uint32_t byte = low; byte <= high; byte++) {
    const uint32_t next = table[byte];
    if (more == 0 ? next != target : next == dead) return false;
    if (more > 0 && next != checked && !all_lead_to(next, 0x80, 0xBF, more - 1, target)) return false;
    checked = next;
  }
  return true;
}

static constexpr uint32_t fewest_for_run = 32;
static constexpr uint8_t longest_counted = 16;

void Machine::find_run(uint32_t state) {
  const Table table = this->table(state);
  // The state that most ASCII characters lead to (Boyer and Moore's vote, then counted).
  uint32_t target = dead, votes = 0;
  for (uint32_t byte = 0; byte < 128; byte++) {
    if (votes == 0) target = table[byte];
    votes += table[byte] == target ? 1 : -1;
  }
  Run run;
  run.known = true;
  uint32_t count = 0;
  for (uint32_t byte = 0; target != dead && byte < 128; byte++) {
    if (table[byte] != target) continue;
    run.ascii[byte >> 6] |= uint64_t{1} << (byte & 63);
    count++;
  }
  // Copies in the state would be passed over.
  if (count >= fewest_for_run && states_[state].copies.empty() && states_[target].copies.empty()) {
    run.target = target;
    const auto lead = [&](uint32_t first, uint32_t last, uint32_t low, uint32_t high, uint32_t more) {
      for (uint32_t byte = first; byte <= last; byte++) {
        const uint32_t next = table[byte];
        if (next == dead) return false;
        if (byte > first && next == table[byte - 1]) continue;
        if (!all_lead_to(next, low, high, more, target)) return false;
      }
      return true;
    };
    run.multi = lead(0xC2, 0xDF, 0x80, 0xBF, 0) && lead(0xE0, 0xE0, 0xA0, 0xBF, 1) && lead(0xE1, 0xEC, 0x80, 0xBF, 1) &&
                lead(0xED, 0xED, 0x80, 0x9F, 1) && lead(0xEE, 0xEF, 0x80, 0xBF, 1) && lead(0xF0, 0xF0, 0x90, 0xBF, 2) &&
                lead(0xF1, 0xF3, 0x80, 0xBF, 2) && lead(0xF4, 0xF4, 0x80, 0x8F, 2);
  }
  states_[state].run = run;
}

const Run &Machine::run(uint32_t state) {
  if (states_[state].run.length_known) return states_[state].run;
  if (!states_[state].run.known) find_run(state);
  const Run first = states_[state].run;
  uint8_t length = 0;
  for (uint32_t at = state; first.target != dead && length < longest_counted;) {
    const uint32_t next = states_[at].run.target;
    length++;
    if (next == at) {
      length = Run::endless;
      break;
    }
    if (!states_[next].run.known) find_run(next);
    const Run &run = states_[next].run;
    if (run.target == dead || (first.ascii[0] & ~run.ascii[0]) != 0 || (first.ascii[1] & ~run.ascii[1]) != 0 || (first.multi && !run.multi)) break;
    at = next;
  }
  states_[state].run.length = length;
  states_[state].run.length_known = true;
  return states_[state].run;
}

}  // namespace redoubt
