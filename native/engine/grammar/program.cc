#include "program.h"

#include <algorithm>
#include <map>

#include "recursion.h"

namespace redoubt {
namespace {

constexpr size_t most_instructions = 8'000'000;
constexpr uint32_t unrolled = 64;  // instructions up to which a bounded repetition is written out

class Assembler {
 public:
  explicit Assembler(const Syntax &syntax) : syntax_(syntax), empty_(syntax) {}

  Program assemble() {
    refuse_left_recursion(syntax_, empty_);
    emit(Op::ret);
    // A call needs a place to call before the rule is written: each rule starts with a split of its own.
    for (size_t i = 0; i < syntax_.rules.size(); i++) starts_.push_back(emit(Op::split));
    for (size_t i = 0; i < syntax_.rules.size(); i++) {
      sets_.clear();
      const std::vector<uint32_t> targets = entries(syntax_.rules[i].body, 0);
      set_targets(starts_[i], targets);
    }
    program_.start = starts_[syntax_.root];
    return std::move(program_);
  }

 private:
  uint32_t emit(Op op, uint32_t a = 0, uint32_t b = 0) {
    if (program_.code.size() + program_.edges.size() > most_instructions) throw GrammarError("grammar/too-large", "the grammar is too large");
    program_.code.push_back({op, a, b});
    return static_cast<uint32_t>(program_.code.size() - 1);
  }

  void set_targets(uint32_t at, const std::vector<uint32_t> &targets) {
    program_.code[at].a = static_cast<uint32_t>(program_.targets.size());
    program_.targets.insert(program_.targets.end(), targets.begin(), targets.end());
    program_.code[at].b = static_cast<uint32_t>(program_.targets.size());
  }

  uint32_t split(const std::vector<uint32_t> &targets) {
    if (targets.size() == 1) return targets[0];
    const uint32_t at = emit(Op::split);
    set_targets(at, targets);
    return at;
  }

  std::vector<uint32_t> entries(const Alternatives &alternatives, uint32_t next) {
    std::vector<uint32_t> targets;
    for (const Sequence &sequence : alternatives) {
      uint32_t entry = next;
      for (size_t i = sequence.size(); i-- > 0;) entry = repeated(sequence[i], entry);
      targets.push_back(entry);
    }
    return targets;
  }

  /** An item with its repetition, going on at `next`. */
  uint32_t repeated(const Item &item, uint32_t next) {
    if (item.max == 0) return next;
    if (item.min == 1 && item.max == 1) return once(item, next);
    const bool empty = empty_.once(item);
    const uint32_t min = empty ? 0 : item.min;
    if (min <= 1 && item.max == no_maximum) {
      const uint32_t loop = emit(Op::split);
      const uint32_t body = once(item, loop);
      set_targets(loop, {body, next});
      return min == 0 ? loop : body;
    }
    const uint32_t copies = item.max == no_maximum ? min : item.max;
    if (copies * uint64_t{size(item)} <= unrolled) return written_out(item, min, next);
    const auto index = static_cast<uint32_t>(program_.repeats.size());
    program_.repeats.push_back({min, item.max, 0, emit(Op::again, index), next});
    const uint32_t body = once(item, 0);
    program_.repeats[index].body = body;
    return emit(Op::repeat, index);
  }

  uint32_t written_out(const Item &item, uint32_t min, uint32_t next) {
    uint32_t entry = next;
    if (item.max == no_maximum) {
      const uint32_t loop = emit(Op::split);
      set_targets(loop, {once(item, loop), next});
      entry = loop;
    } else {
      for (uint32_t i = min; i < item.max; i++) entry = split({once(item, entry), next});
    }
    for (uint32_t i = 0; i < min; i++) entry = once(item, entry);
    return entry;
  }

  uint32_t once(const Item &item, uint32_t next) {
    switch (item.kind) {
      case Item::Kind::text: {
        for (size_t i = item.text.size(); i-- > 0;) {
          const auto byte = static_cast<uint8_t>(item.text[i]);
          next = bytes({{byte, byte, next}});
        }
        return next;
      }
      case Item::Kind::set: return set(item.set, next);
      case Item::Kind::rule: return emit(Op::call, starts_[item.rule], next);
      case Item::Kind::group: return split(entries(item.group, next));
      case Item::Kind::copy: return emit(Op::copy, copy(item.copy), next);
    }
    return next;
  }

  uint32_t bytes(const std::vector<Edge> &edges) {
    const auto first = static_cast<uint32_t>(program_.edges.size());
    program_.edges.insert(program_.edges.end(), edges.begin(), edges.end());
    return emit(Op::bytes, first, static_cast<uint32_t>(program_.edges.size()));
  }

  /** One position per tail of bytes: the tails of a class share theirs. */
  uint32_t set(const std::vector<CodePoints> &ranges, uint32_t next) {
    std::vector<ByteSequence> sequences;
    for (const CodePoints &range : ranges) encode_range(range.low, range.high, sequences);
    return tails(sequences, 0, next);
  }

  uint32_t tails(const std::vector<ByteSequence> &sequences, uint32_t at, uint32_t next) {
    std::vector<Edge> edges;
    for (size_t i = 0; i < sequences.size();) {
      const Bytes byte = sequences[i].bytes[at];
      std::vector<ByteSequence> same;
      // Sorted code points give sorted first bytes: equal ones stand together.
      for (; i < sequences.size() && sequences[i].bytes[at].low == byte.low && sequences[i].bytes[at].high == byte.high; i++) {
        if (sequences[i].length > at + 1) same.push_back(sequences[i]);
      }
      const uint32_t target = same.empty() ? next : tails(same, at + 1, next);
      if (!edges.empty() && edges.back().next == target && edges.back().high + 1 == byte.low) edges.back().high = byte.high;
      else edges.push_back({byte.low, byte.high, target});
    }
    std::vector<uint32_t> key;
    for (const Edge &edge : edges) key.insert(key.end(), {edge.low, edge.high, edge.next});
    const auto [entry, added] = sets_.try_emplace(std::move(key), 0);
    if (added) entry->second = bytes(edges);
    return entry->second;
  }

  uint32_t copy(const CopyTerminal &terminal) {
    uint32_t text = 0;
    const auto same = [&](const CopyTerminal &t) { return t.source == terminal.source && t.words == terminal.words && t.line == terminal.line; };
    while (text < program_.texts.size() && !same(program_.texts[text])) text++;
    if (text == program_.texts.size()) program_.texts.push_back(terminal);
    program_.copies.push_back({terminal.source, text, terminal.some});
    return static_cast<uint32_t>(program_.copies.size() - 1);
  }

  /** Instructions an item takes without its own repetition, up to what matters. */
  uint32_t size(const Item &item) const {
    if (item.kind == Item::Kind::text) return static_cast<uint32_t>(std::min<size_t>(item.text.size(), unrolled + 1));
    if (item.kind != Item::Kind::group) return 1;
    uint64_t sum = 0;
    for (const Sequence &sequence : item.group) {
      for (const Item &inner : sequence) {
        const uint64_t times = inner.max == no_maximum ? std::max(inner.min, 1u) : std::max(inner.max, 1u);
        sum = std::min<uint64_t>(unrolled + 1, sum + size(inner) * times);
      }
    }
    return static_cast<uint32_t>(std::max<uint64_t>(sum, 1));
  }

  const Syntax &syntax_;
  Emptiness empty_;
  Program program_;
  std::vector<uint32_t> starts_;
  std::map<std::vector<uint32_t>, uint32_t> sets_;
};

}  // namespace

Program assemble(const Syntax &syntax) { return Assembler(syntax).assemble(); }

size_t Program::bytes() const {
  return code.size() * sizeof(Instruction) + edges.size() * sizeof(Edge) + targets.size() * sizeof(uint32_t) + repeats.size() * sizeof(Repeat);
}

}  // namespace redoubt
